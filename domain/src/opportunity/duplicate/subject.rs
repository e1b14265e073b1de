//! PURE. What opportunities are compared by: customer, product family and the time in which they are bought.

use entity::{CustomerId, Day, Month, OpportunityId, opportunity};
use sea_orm::FromQueryResult;

/// Months before and behind the expected day of signing in which nothing that repeats an opportunity passes.
pub const WINDOW_MONTHS: i32 = 6;

/// As much of an opportunity as it is compared by; the columns of the table.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
#[allow(missing_docs)] // The columns of the row.
pub struct Subject {
    pub id: OpportunityId,
    pub customer_name: String,
    pub name_key: String,
    pub credit_code: Option<String>,
    pub customer_id: Option<CustomerId>,
    pub demand_tag: String,
    pub expected_sign_on: Option<Day>,
}

/// The columns of a [`Subject`].
pub const COLUMNS: &str =
    "id, customer_name, name_key, credit_code, customer_id, demand_tag, expected_sign_on";

impl From<&opportunity::Model> for Subject {
    fn from(row: &opportunity::Model) -> Self {
        Self {
            id: row.id,
            customer_name: row.customer_name.clone(),
            name_key: row.name_key.clone(),
            credit_code: row.credit_code.clone(),
            customer_id: row.customer_id,
            demand_tag: row.demand_tag.clone(),
            expected_sign_on: row.expected_sign_on,
        }
    }
}

impl Subject {
    /// The months around the expected day of signing; none without one.
    #[must_use]
    pub fn window(&self) -> Vec<Month> {
        let Some(day) = self.expected_sign_on else { return vec![] };
        let middle = Month(day.0 / 100);
        (-WINDOW_MONTHS..=WINDOW_MONTHS).map(|by| middle.plus(by)).collect()
    }

    /// `true` for two companies in law, whatever they are called.
    #[must_use]
    pub fn differs_in_law(&self, other: &Self) -> bool {
        matches!((&self.credit_code, &other.credit_code), (Some(a), Some(b)) if a != b)
    }

    /// `true` if the customer is the same: by its credit code where both say one, else by its name.
    #[must_use]
    pub fn same_customer(&self, other: &Self) -> bool {
        match (&self.credit_code, &other.credit_code) {
            (Some(a), Some(b)) => a == b,
            _ => !self.name_key.is_empty() && self.name_key == other.name_key,
        }
    }

    /// Months that are in the windows of both; nothing is known if one does not say when it is bought.
    #[must_use]
    pub fn shared_months(&self, other: &Self) -> Option<i32> {
        let index = |day: Day| day.0 / 10_000 * 12 + day.0 / 100 % 100;
        let apart = (index(self.expected_sign_on?) - index(other.expected_sign_on?)).abs();
        Some((2 * WINDOW_MONTHS + 1 - apart).max(0))
    }

    /// `true` if they want the same family for the same customer in months of which some are the same: by the rule one of
    /// the two passes.
    #[must_use]
    pub fn repeats(&self, other: &Self) -> bool {
        self.same_customer(other)
            && self.demand_tag == other.demand_tag
            && self.shared_months(other).is_some_and(|months| months > 0)
    }
}
