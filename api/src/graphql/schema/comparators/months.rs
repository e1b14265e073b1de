//! Comparing months: with columns of months, and of days.

use std::borrow::Cow;

use domain::reading::Predicate;

use super::super::filter::Condition;
use super::super::scalars::Month;
use super::{Comparator, Compared, Operator, Part};

impl Compared for Month {
    const OPERATORS: &'static [Operator] = Operator::ORDER;

    fn filter() -> Cow<'static, str> {
        Cow::Borrowed("MonthFilter")
    }

    fn doc() -> Cow<'static, str> {
        Cow::Borrowed("Compares a month.")
    }
}

/// Compares a month.
pub(crate) type MonthFilter = Comparator<Month>;

impl MonthFilter {
    /// The condition on a column of months.
    pub(crate) fn on(&self, column: &str) -> Condition {
        self.compare(column, |month| Ok(Some(month.0.0.into())))
    }

    /// The condition on a column of days.
    pub(crate) fn on_days(&self, column: &str) -> Condition {
        // A month written as an integer, times a hundred, and its days.
        let (first, last) = (|m: &Month| m.0.0 * 100, |m: &Month| m.0.0 * 100 + 99);
        let compare = |operator, day: i32| Predicate::compare(column, operator, day);
        let within = |m: &Month| compare(">=", first(m)).and(compare("<=", last(m)));
        let one = |part: &Part<Month>| match part {
            Part::Null(null) => Predicate::is_null(column, *null),
            Part::Among(months) => Predicate::any(months.iter().map(within)),
            Part::One(Operator::Lt, m) => compare("<", first(m)),
            Part::One(Operator::Lte, m) => compare("<=", last(m)),
            Part::One(Operator::Gt, m) => compare(">", last(m)),
            Part::One(Operator::Gte, m) => compare(">=", first(m)),
            Part::One(Operator::Not, m) => Predicate::any([
                compare("<", first(m)),
                compare(">", last(m)),
                Predicate::is_null(column, true),
            ]),
            Part::One(_, m) => within(m),
        };
        Ok(Predicate::all(self.0.iter().map(one)))
    }
}
