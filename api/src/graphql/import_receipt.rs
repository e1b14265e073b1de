//! The receipt of an import.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::bill_import;

use super::caller::loaders;
use super::errors::OrFail;
use super::loaders::TotalsOf;
use super::money::decimal;
use super::scalars::{BigInt, CurrencyCode, Decimal};

/// The receipt of an import.
pub struct ImportReceipt(bill_import::Model);

impl From<bill_import::Model> for ImportReceipt {
    fn from(row: bill_import::Model) -> Self {
        Self(row)
    }
}

/// The receipt of an import: what came of every row, and to the last decimal what it was worth.
#[Object]
impl ImportReceipt {
    /// Rows read: accepted, duplicate and rejected ones.
    async fn rows_read(&self) -> BigInt {
        BigInt(self.0.rows_read)
    }

    /// Rows that became payments.
    async fn rows_accepted(&self) -> BigInt {
        BigInt(self.0.rows_accepted)
    }

    /// Rows that an earlier import had already brought.
    async fn rows_duplicate(&self) -> BigInt {
        BigInt(self.0.rows_duplicate)
    }

    /// Rows that could not be understood.
    async fn rows_rejected(&self) -> BigInt {
        BigInt(self.0.rows_rejected)
    }

    /// Accepted rows of accounts that belonged to nobody; they wait until the account is linked.
    async fn rows_unmatched(&self) -> BigInt {
        BigInt(self.0.rows_unmatched)
    }

    /// SHA-256 of the file; null until it was read to its end.
    async fn digest(&self) -> Option<&str> {
        self.0.digest.as_deref()
    }

    /// What the rows were worth, by currency.
    async fn totals(&self, ctx: &Context<'_>) -> Option<Result<Vec<ImportTotal>>> {
        let rows = async { loaders(ctx)?.load_one(TotalsOf(self.0.id)).await.or_fail(ctx) };
        Some(rows.await.map(|rows| rows.unwrap_or_default().into_iter().map(ImportTotal::from).collect()))
    }
}

/// What the rows of an import were worth in one currency.
#[derive(SimpleObject)]
pub struct ImportTotal {
    /// The currency.
    currency_code: CurrencyCode,
    /// Sum of all readable rows of the file, exact.
    source_total: Decimal,
    /// Sum of the accepted rows, exact.
    accepted_total: Decimal,
    /// Sum of what was stored: the accepted total, rounded once to six decimals.
    stored_total: Decimal,
}

impl From<entity::import_total::Model> for ImportTotal {
    fn from(row: entity::import_total::Model) -> Self {
        Self {
            currency_code: CurrencyCode(row.currency),
            source_total: Decimal(row.source_total),
            accepted_total: Decimal(row.accepted_total),
            stored_total: decimal(row.stored_micros, 2),
        }
    }
}
