//! Incentive bills.

use entity::{incentive_bill, incentive_bill_line};

use super::listing::Listing;
use super::predicate::Predicate;
use crate::scope::Scope;

/// The bills a caller sees: a partner its own.
#[must_use]
pub fn list(scope: Scope) -> Listing<incentive_bill::Model> {
    Listing::of_table("incentive_bill", scope.bills("partner_id", 1))
}

/// The lines of bills; whoever sees a bill sees its lines.
#[must_use]
pub fn lines(scope: Scope) -> Listing<incentive_bill_line::Model> {
    let seen: Predicate = scope.bills("partner_id", 1).into();
    let seen = seen.within("bill_id IN (SELECT id FROM incentive_bill WHERE {})");
    Listing::of_table("incentive_bill_line", seen)
}
