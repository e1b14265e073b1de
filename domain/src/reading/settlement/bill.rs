//! Incentive bills.

use entity::{Columns, Currency, incentive_bill, incentive_bill_line};

use crate::kernel::scope::Scope;
use crate::reading::list::listing::Listing;

/// The bills a caller sees: a partner its own.
#[must_use]
pub fn list(scope: Scope) -> Listing<incentive_bill::Model> {
    Listing::of("incentive_bill", scope.bills("partner_id", 1))
}

/// A line with its bill's currency.
#[derive(Clone, Debug, Columns)]
pub struct Line {
    /// The line.
    #[columns(row)]
    pub row: incentive_bill_line::Model,
    /// The currency of its bill.
    #[columns(sql = "incentive_bill.currency")]
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
    Listing::of(from, scope.bills("incentive_bill.partner_id", 1))
}
