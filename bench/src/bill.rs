//! A seeded bill of one month, row by row, and as FOCUS CSV.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use rand::{RngExt, SeedableRng, rngs::StdRng};

/// Share of the rows that ten hot customers have, in percent.
const HOT: u32 = 20;
/// Share of refunds, in percent.
const REFUNDS: u32 = 2;
/// Products of the provider.
pub(crate) const PRODUCTS: usize = 16;
/// Products that a customer uses, counted on from a product of its own: nobody uses all.
const USED: [usize; 4] = [0, 3, 7, 12];

/// One row of the bill, before it is text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// Number in the bill, from 0.
    pub(crate) line: usize,
    /// Number of the account: `a{account}`.
    pub(crate) account: usize,
    /// Number of the product.
    pub(crate) service: usize,
    /// Day of September 2026.
    pub(crate) day: u32,
    /// Hour of the day.
    pub(crate) hour: u32,
    /// Cost in billionths of a dollar; negative for a refund.
    pub(crate) cost: i64,
}

/// The rows of a bill in the order of time, the same for the same seed.
#[derive(Debug)]
pub(crate) struct Rows {
    next: usize,
    rows: usize,
    customers: usize,
    random: StdRng,
}

impl Rows {
    /// `rows` rows of September 2026 for accounts `a0` to `a{customers}`.
    pub(crate) fn new(rows: usize, customers: usize, seed: u64) -> Self {
        Self { next: 0, rows, customers, random: StdRng::seed_from_u64(seed) }
    }
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.next == self.rows {
            return None;
        }
        let line = self.next;
        self.next += 1;
        let random = &mut self.random;
        let hours = line as u64 * 30 * 24 / self.rows as u64;
        let hot = random.random_range(0..100) < HOT;
        let account = random.random_range(0..if hot { 10.min(self.customers) } else { self.customers });
        let service = (account + USED[random.random_range(0..USED.len())]) % PRODUCTS;
        let cost = random.random_range(0..20_000_000_000_i64);
        let refund = random.random_range(0..100) < REFUNDS;
        Some(Row {
            line,
            account,
            service,
            day: u32::try_from(hours / 24 + 1).unwrap_or(1),
            hour: u32::try_from(hours % 24).unwrap_or(0),
            cost: if refund { -cost } else { cost },
        })
    }
}

/// The columns of a FOCUS bill that providers fill.
pub(crate) const COLUMNS: [&str; 27] = [
    "BilledCost",
    "BillingAccountId",
    "BillingCurrency",
    "BillingPeriodEnd",
    "BillingPeriodStart",
    "ChargeCategory",
    "ChargeClass",
    "ChargeDescription",
    "ChargeFrequency",
    "ChargePeriodEnd",
    "ChargePeriodStart",
    "ConsumedQuantity",
    "ConsumedUnit",
    "ContractedCost",
    "EffectiveCost",
    "InvoiceIssuerName",
    "ListCost",
    "PricingCategory",
    "ProviderName",
    "PublisherName",
    "RegionId",
    "ResourceId",
    "ServiceCategory",
    "ServiceName",
    "SkuId",
    "SubAccountId",
    "Tags",
];

/// Writes the bill as FOCUS CSV.
pub(crate) fn write_csv(path: &Path, rows: Rows) -> Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    writeln!(out, "{}", COLUMNS.join(","))?;
    for row in rows {
        let Row { line, account, service, day, hour, .. } = row;
        let sign = if row.cost < 0 { "-" } else { "" };
        let size = row.cost.unsigned_abs();
        let (units, fraction) = (size / 1_000_000_000, size % 1_000_000_000);
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
