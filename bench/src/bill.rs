//! A seeded FOCUS bill of one month.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use rand::{RngExt, SeedableRng, rngs::StdRng};

/// Share of the rows that ten hot customers have, in percent.
const HOT: u32 = 20;
/// Share of refunds, in percent.
const REFUNDS: u32 = 2;

/// Writes `rows` rows of September 2026 for accounts `a0` to `a{customers}`.
pub(crate) fn write(path: &Path, rows: usize, customers: usize, seed: u64) -> Result<()> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    writeln!(
        out,
        "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass,\
         ChargeDescription,ChargeFrequency,ChargePeriodEnd,ChargePeriodStart,ConsumedQuantity,ConsumedUnit,ContractedCost,\
         EffectiveCost,InvoiceIssuerName,ListCost,PricingCategory,ProviderName,PublisherName,RegionId,ResourceId,\
         ServiceCategory,ServiceName,SkuId,SubAccountId,Tags"
    )?;
    for line in 0..rows {
        // Bills come in the order of time.
        let second = (line as u64 * 30 * 86_400 / rows as u64) as u32;
        let (day, hour) = (second / 86_400 + 1, second / 3_600 % 24);
        let account = if random.random_range(0..100) < HOT {
            random.random_range(0..10.min(customers))
        } else {
            random.random_range(0..customers)
        };
        let service = random.random_range(0..16);
        let sign = if random.random_range(0..100) < REFUNDS { "-" } else { "" };
        let (units, fraction) = (random.random_range(0..20), random.random_range(0..1_000_000_000_u64));
        writeln!(
            out,
            "{sign}{units}.{fraction:09},master,USD,2026-10-01T00:00:00Z,2026-09-01T00:00:00Z,Usage,,\"usage, per hour\",Usage-Based,\
             2026-09-{day:02}T{hour:02}:59:59Z,2026-09-{day:02}T{hour:02}:00:00Z,{fraction},Hours,{units}.5,{units}.5,Cloud,{sign}{units}.{fraction:09},\
             Standard,Cloud,Cloud,cn-east-{},r-{line},Compute,Service {service},sku{service},a{account},\"{{\"\"env\"\": \"\"prod\"\"}}\"",
            service % 4
        )?;
    }
    out.flush()?;
    Ok(())
}
