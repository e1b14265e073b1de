//! Performance lines.

use entity::{CustomerId, Month};
use sea_orm::QueryResult;

use super::listing::Listing;
use super::page::Key;
use crate::error::Result;
use crate::performance::line::{KEY_COLUMNS, LineKey, LineSum};
use crate::performance::refs::LineRef;
use crate::scope::Scope;

/// A line with its id.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Its key, which is its id.
    pub reference: LineRef,
    /// What it says.
    pub sum: LineSum,
}

/// The key of the table, in its order.
pub const KEYS: [Key; 10] = [
    Key::int("month"),
    Key::int("bill_to_id"),
    Key::int("partner_id"),
    Key::int("customer_id"),
    Key::int("origin_month"),
    Key::int("mode"),
    Key::int("product_id"),
    Key::int("charging_mode"),
    Key::text("currency"),
    Key::int("reason"),
];

/// The lines a caller sees: one's own performance, and what rolls up to one.
#[must_use]
pub fn list(scope: Scope) -> Listing<Line> {
    let columns = format!("month, customer_id, {KEY_COLUMNS}, amount, payments");
    Listing::new(columns, "performance_line", scope.lines(1), read)
}

fn read(row: &QueryResult) -> Result<Line> {
    let reference = LineRef {
        month: Month(row.try_get_by_index(0)?),
        customer_id: CustomerId(row.try_get_by_index(1)?),
        key: LineKey::read(row, 2)?,
    };
    let sum = LineSum { amount: row.try_get("", "amount")?, payments: row.try_get("", "payments")? };
    Ok(Line { reference, sum })
}
