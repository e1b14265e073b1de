//! Incentive bills.

use entity::{Currency, incentive_bill, incentive_bill_line};
use sea_orm::{FromQueryResult, QueryResult};

use super::listing::Listing;
use crate::kernel::error::Result;
use crate::kernel::scope::Scope;

/// The bills a caller sees: a partner its own.
#[must_use]
pub fn list(scope: Scope) -> Listing<incentive_bill::Model> {
    Listing::of_table("incentive_bill", scope.bills("partner_id", 1))
}

/// A line with its bill's currency.
#[derive(Clone, Debug)]
pub struct Line {
    /// The line.
    pub row: incentive_bill_line::Model,
    /// The currency of its bill.
    pub currency: Currency,
}

/// The lines of bills; whoever sees a bill sees its lines.
#[must_use]
pub fn lines(scope: Scope) -> Listing<Line> {
    lines_from(
        "incentive_bill_line JOIN incentive_bill ON incentive_bill.id = incentive_bill_line.bill_id",
        scope,
    )
}

/// Lines out of `from`, which joins them with their bills.
pub(super) fn lines_from(from: &'static str, scope: Scope) -> Listing<Line> {
    let columns = "incentive_bill_line.*, incentive_bill.currency AS bill_currency";
    Listing::new(columns, from, scope.bills("incentive_bill.partner_id", 1), read_line)
}

pub(super) fn read_line(row: &QueryResult) -> Result<Line> {
    let currency = row.try_get("", "bill_currency")?;
    Ok(Line { row: incentive_bill_line::Model::from_query_result(row, "")?, currency })
}
