//! Selections of the rows that an export writes. PURE.

use entity::{CustomerId, ExportWhat, Month, PartnerId};
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Refusal};
use crate::reading::Predicate;

/// A selection of rows: all of the caller's, or those for which all of this holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportFilter {
    /// Of this month.
    pub month: Option<Month>,
    /// Of this partner.
    pub partner_id: Option<PartnerId>,
    /// Of this customer.
    pub customer_id: Option<CustomerId>,
}

impl ExportFilter {
    /// The refusals of fields that make no sense for `what`.
    #[must_use]
    pub fn check(&self, what: ExportWhat) -> Vec<Refusal> {
        let (partner, customer) = match what {
            ExportWhat::PerformanceLines | ExportWhat::Opportunities => (true, true),
            ExportWhat::Payments => (false, true),
            ExportWhat::IncentiveBills | ExportWhat::IncentiveBillLines | ExportWhat::PaymentRequests => {
                (true, false)
            }
        };
        let refuse = |field: &str| Refusal {
            code: Code::Invalid,
            path: vec!["filter".into(), field.into()],
            detail: format!("{field} × {}", what.name()),
        };
        let mut wrong = Vec::new();
        if self.partner_id.is_some() && !partner {
            wrong.push(refuse("partnerId"));
        }
        if self.customer_id.is_some() && !customer {
            wrong.push(refuse("customerId"));
        }
        wrong
    }

    /// The condition on columns of these names; a column without a name is not asked about.
    pub(super) fn on(&self, month: &str, partner: &str, customer: &str) -> Predicate {
        let one = |column: &str, key: Option<i64>| key.map(|key| Predicate::compare(column, "=", key));
        let parts = [
            one(month, self.month.map(|month| month.0.into())),
            one(partner, self.partner_id.map(|partner| partner.0)),
            one(customer, self.customer_id.map(|customer| customer.0)),
        ];
        Predicate::all(parts.into_iter().flatten())
    }
}
