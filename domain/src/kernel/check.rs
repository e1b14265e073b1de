//! One identity of the books, compared: what each room proves of its own rows is told in these.

use entity::{Currency, Month};

/// One identity that was checked.
#[derive(Clone, Debug)]
pub struct Check {
    /// The identity that was compared, e.g. "payments = lines + unmatched".
    pub name: &'static str,
    /// For which month; none for the whole.
    pub month: Option<Month>,
    /// Currency of the sums; none for counts and digests.
    pub currency: Option<Currency>,
    /// The left side.
    pub left: String,
    /// The right side.
    pub right: String,
    /// Whether they are equal.
    pub holds: bool,
    /// The first row that breaks it.
    pub counter_example: Option<String>,
}

impl Check {
    pub(crate) fn equal(name: &'static str, left: impl Into<String>, right: impl Into<String>) -> Self {
        let (left, right) = (left.into(), right.into());
        let holds = left == right;
        Self { name, month: None, currency: None, holds, left, right, counter_example: None }
    }

    pub(crate) fn of(mut self, month: Month, currency: Option<Currency>) -> Self {
        self.month = Some(month);
        self.currency = currency;
        self
    }

    pub(crate) fn example(mut self, example: Option<String>) -> Self {
        self.counter_example = if self.holds { None } else { example };
        self
    }
}
