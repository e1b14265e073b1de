//! The bill as Parquet, typed as providers type it: decimals, instants, and texts that repeat kept once.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use arrow_array::builder::{Decimal128Builder, StringBuilder, TimestampMicrosecondBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use crate::bill::{COLUMNS, Row, Rows};

/// Rows written at once.
const BATCH: usize = 65_536;
/// 2026-09-01T00:00:00Z in microseconds.
const SEPTEMBER: i64 = 1_788_220_800_000_000;
/// 2026-10-01T00:00:00Z in microseconds.
const OCTOBER: i64 = SEPTEMBER + 30 * 24 * HOUR;
const HOUR: i64 = 3_600_000_000;

enum Column {
    Cost(fn(&Row) -> i128),
    Instant(fn(&Row) -> i64),
    Text(fn(&Row) -> String),
    /// A column that is never filled.
    Empty,
}

fn column(name: &str) -> Column {
    let begins = |row: &Row| SEPTEMBER + (i64::from(row.day - 1) * 24 + i64::from(row.hour)) * HOUR;
    match name {
        "BilledCost" | "ListCost" => Column::Cost(|row| row.cost.into()),
        "ContractedCost" | "EffectiveCost" => {
            Column::Cost(|row| i128::from(row.cost.abs() / 1_000_000_000) * 1_000_000_000 + 500_000_000)
        }
        "ConsumedQuantity" => Column::Cost(|row| i128::from(row.cost.abs() % 1_000_000_000) * 1_000_000_000),
        "BillingPeriodStart" => Column::Instant(|_| SEPTEMBER),
        "BillingPeriodEnd" => Column::Instant(|_| OCTOBER),
        "ChargePeriodStart" => Column::Instant(begins),
        "ChargePeriodEnd" => Column::Instant(|row| {
            SEPTEMBER + (i64::from(row.day - 1) * 24 + i64::from(row.hour)) * HOUR + HOUR - 1_000_000
        }),
        "BillingAccountId" => Column::Text(|_| "master".into()),
        "BillingCurrency" => Column::Text(|_| "USD".into()),
        "ChargeCategory" => Column::Text(|_| "Usage".into()),
        "ChargeDescription" => Column::Text(|_| "usage, per hour".into()),
        "ChargeFrequency" => Column::Text(|_| "Usage-Based".into()),
        "ConsumedUnit" => Column::Text(|_| "Hours".into()),
        "PricingCategory" => Column::Text(|_| "Standard".into()),
        "InvoiceIssuerName" | "ProviderName" | "PublisherName" => Column::Text(|_| "Cloud".into()),
        "RegionId" => Column::Text(|row| format!("cn-east-{}", row.service % 4)),
        "ResourceId" => Column::Text(|row| format!("r-{}", row.line)),
        "ServiceCategory" => Column::Text(|_| "Compute".into()),
        "ServiceName" => Column::Text(|row| format!("Service {}", row.service)),
        "SkuId" => Column::Text(|row| format!("sku{}", row.service)),
        "SubAccountId" => Column::Text(|row| format!("a{}", row.account)),
        "Tags" => Column::Text(|_| r#"{"env": "prod"}"#.into()),
        _ => Column::Empty,
    }
}

fn field(name: &str) -> Field {
    let kind = match column(name) {
        Column::Cost(_) => DataType::Decimal128(38, 9),
        Column::Instant(_) => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        Column::Text(_) | Column::Empty => DataType::Utf8,
    };
    Field::new(name, kind, true)
}

fn array(name: &str, rows: &[Row]) -> Result<ArrayRef> {
    Ok(match column(name) {
        Column::Cost(of) => {
            let mut values = Decimal128Builder::new().with_precision_and_scale(38, 9)?;
            rows.iter().for_each(|row| values.append_value(of(row)));
            Arc::new(values.finish())
        }
        Column::Instant(of) => {
            let mut values = TimestampMicrosecondBuilder::new().with_timezone("UTC");
            rows.iter().for_each(|row| values.append_value(of(row)));
            Arc::new(values.finish())
        }
        Column::Text(of) => {
            let mut values = StringBuilder::new();
            rows.iter().for_each(|row| values.append_value(of(row)));
            Arc::new(values.finish())
        }
        Column::Empty => {
            let mut values = StringBuilder::new();
            rows.iter().for_each(|_| values.append_null());
            Arc::new(values.finish())
        }
    })
}

/// Writes the bill as Parquet, with the compression that providers choose.
pub(crate) fn write(path: &Path, mut rows: Rows) -> Result<()> {
    let schema = Arc::new(Schema::new(COLUMNS.map(field).to_vec()));
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = ArrowWriter::try_new(File::create(path)?, schema.clone(), Some(properties))?;
    loop {
        let batch: Vec<Row> = rows.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let columns = COLUMNS.iter().map(|name| array(name, &batch)).collect::<Result<_>>()?;
        writer.write(&RecordBatch::try_new(schema.clone(), columns).context("a batch of rows")?)?;
    }
    writer.close()?;
    Ok(())
}
