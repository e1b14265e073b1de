//! Comparing months: with columns of months, and of days.

use async_graphql::InputObject;
use domain::reading::Predicate;

use super::super::filter::Condition;
use super::super::scalars::Month;

/// Compares a month.
#[derive(InputObject, Clone, Debug, Default)]
pub struct MonthFilter {
    /// Is this month.
    pub eq: Option<Month>,
    /// Is one of these.
    #[graphql(name = "in")]
    pub one_of: Option<Vec<Month>>,
    /// Is this month or a later one.
    pub gte: Option<Month>,
    /// Is this month or an earlier one.
    pub lte: Option<Month>,
}

impl MonthFilter {
    pub(crate) fn on(&self, column: &str) -> Condition {
        let compare = |operator, month: Option<Month>| {
            month.map(|month| Predicate::compare(column, operator, month.0.0))
        };
        let list =
            |months: &Vec<Month>| Predicate::one_of(column, months.iter().map(|m| m.0.0.into()).collect());
        Ok(Predicate::all(
            [
                compare("=", self.eq),
                self.one_of.as_ref().map(list),
                compare(">=", self.gte),
                compare("<=", self.lte),
            ]
            .into_iter()
            .flatten(),
        ))
    }
}

impl MonthFilter {
    /// On a column of days.
    pub(crate) fn on_days(&self, column: &str) -> Condition {
        // A month written as an integer, times a hundred, and its days.
        let (first, last) = (|m: &Month| m.0.0 * 100, |m: &Month| m.0.0 * 100 + 99);
        let from = |m: &Month| Predicate::compare(column, ">=", first(m));
        let to = |m: &Month| Predicate::compare(column, "<=", last(m));
        let within = |m: &Month| from(m).and(to(m));
        let list = |months: &Vec<Month>| Predicate::any(months.iter().map(within));
        Ok(Predicate::all(
            [
                self.eq.as_ref().map(within),
                self.one_of.as_ref().map(list),
                self.gte.as_ref().map(from),
                self.lte.as_ref().map(to),
            ]
            .into_iter()
            .flatten(),
        ))
    }
}
