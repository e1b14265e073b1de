//! Months of the programme.

use entity::settlement_month;

use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The months that have begun to exist: the same for everybody.
#[must_use]
pub fn list() -> Listing<settlement_month::Model> {
    Listing::of("settlement_month", Predicate::always())
}
