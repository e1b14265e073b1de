//! Lines of a bill as a FOCUS 1.0 file.

use std::io::Write;
use std::path::Path;

use entity::Timestamp;
use entity::timestamp::HOUR;

use super::bills::{Line, PROVIDER};

/// The columns, in the order of [`record`].
const HEADER: [&str; 30] = [
    "AvailabilityZone",
    "BilledCost",
    "BillingAccountId",
    "BillingAccountName",
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
    "SubAccountName",
    "Tags",
];
/// Columns that a bad row is made in: the amount, the currency, the beginning of the charge.
const BILLED: usize = 1;
const CURRENCY: usize = 4;
const START: usize = 12;

/// Writes `lines` to `path`; `bad` adds a few rows that cannot be taken in. Returns how many rows there are.
pub(crate) fn write(path: &Path, lines: &[Line], bad: bool) -> anyhow::Result<usize> {
    let mut table = csv::WriterBuilder::new().flexible(true).from_path(path)?;
    table.write_record(HEADER)?;
    for line in lines {
        table.write_record(record(line))?;
    }
    let mut rows = lines.len();
    if let Some(line) = lines.first().filter(|_| bad) {
        for (column, value) in
            [(BILLED, "1,234.56"), (BILLED, "NaN"), (START, "2026-02-30 00:00:00"), (CURRENCY, "XXX")]
        {
            let mut cells = record(line);
            value.clone_into(&mut cells[column]);
            table.write_record(&cells)?;
        }
        table.write_record(&record(line)[..5])?;
        rows += 5;
    }
    table.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?.flush()?;
    Ok(rows)
}

fn record(line: &Line) -> Vec<String> {
    let null = || "NULL".to_owned();
    let amount = decimal(line.billed);
    vec![
        null(),
        amount.clone(),
        "900000000001".into(),
        "Demo Cloud customers".into(),
        line.currency.into(),
        time(line.period.ends_at),
        time(line.period.starts_at),
        line.category.into(),
        if line.correction { "Correction".into() } else { null() },
        line.description.clone(),
        if line.category == "Usage" { "Usage-Based" } else { "One-Time" }.into(),
        time(line.at.plus(HOUR)),
        time(line.at),
        if line.category == "Usage" { "1".into() } else { null() },
        if line.category == "Usage" { "Hours".into() } else { null() },
        amount.clone(),
        amount,
        PROVIDER.into(),
        decimal(line.list),
        "Standard".into(),
        PROVIDER.into(),
        line.publisher.into(),
        line.region.into(),
        line.resource.clone(),
        line.class.into(),
        line.service.into(),
        format!("sku-{}", line.service.to_lowercase().replace(' ', "-")),
        line.account.clone(),
        line.account_name.clone(),
        null(),
    ]
}

/// 10⁻⁹ as a plain decimal.
fn decimal(nano: i64) -> String {
    let sign = if nano < 0 { "-" } else { "" };
    let (whole, part) = (nano.unsigned_abs() / 1_000_000_000, nano.unsigned_abs() % 1_000_000_000);
    let text = format!("{sign}{whole}.{part:09}");
    let trimmed = text.trim_end_matches('0');
    trimmed.strip_suffix('.').unwrap_or(trimmed).to_owned()
}

/// As FOCUS 1.0 files write UTC.
fn time(at: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(at.0)
        .map_or_else(|_| String::new(), |t| t.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_plain_decimals() {
        for (nano, text) in [(1_500_000_000, "1.5"), (-1, "-0.000000001"), (0, "0"), (20_000_000_000, "20")] {
            assert_eq!(decimal(nano), text);
        }
    }
}
