//! The actor: the result of authentication, and the scope of rows that follows from it.

use entity::{CustomerId, PartnerId};
use serde::{Deserialize, Serialize};

entity::listed! {
    /// A trust that the vendor puts in a member of its staff; a token may carry several.
    Role as "OperatorRole"; [derive(Serialize, Deserialize), serde(rename_all = "kebab-case")] {
        /// Runs the programme: partners, customers, imports, settlement runs.
        Operations [] = "OPERATIONS",
        /// Marks invoices paid, starts runs, sees money everywhere.
        Finance [] = "FINANCE",
        /// Takes, reviews and verifies opportunities.
        OpportunityReviewer [] = "OPPORTUNITY_REVIEWER",
        /// Everything, and the programme's own settings.
        Administrator [] = "ADMINISTRATOR",
    }
}

/// Party in whose name a request runs; the rows it sees follow from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Principal {
    /// Staff of the vendor.
    Operator {
        /// The roles of this person.
        roles: Vec<Role>,
    },
    /// A member of a partner's staff.
    Partner {
        /// The partner the member belongs to.
        partner_id: PartnerId,
    },
    /// A customer's user.
    Customer {
        /// The customer the user belongs to.
        customer_id: CustomerId,
    },
    /// The product itself: worker, scheduler, command line.
    System,
}

/// An authenticated caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Stable name of the person or machine (the token's `sub`), written to the audit trail.
    pub subject: String,
    /// Party in whose name the request runs.
    pub principal: Principal,
}

impl Actor {
    /// The product itself, named after the part that acts, e.g. `worker`.
    #[must_use]
    pub fn system(part: &str) -> Self {
        Self { subject: format!("system:{part}"), principal: Principal::System }
    }

    /// `true` for staff of the vendor with `role` or administrator, and for the product itself.
    #[must_use]
    pub fn has_role(&self, role: Role) -> bool {
        match &self.principal {
            Principal::Operator { roles } => roles.contains(&role) || roles.contains(&Role::Administrator),
            Principal::System => true,
            Principal::Partner { .. } | Principal::Customer { .. } => false,
        }
    }

    /// The partner that the caller acts for; nothing for everybody else.
    #[must_use]
    pub const fn partner(&self) -> Option<PartnerId> {
        match self.principal {
            Principal::Partner { partner_id } => Some(partner_id),
            Principal::Operator { .. } | Principal::Customer { .. } | Principal::System => None,
        }
    }

    /// `true` for any staff of the vendor and for the product itself: they see every row.
    #[must_use]
    pub fn sees_all(&self) -> bool {
        matches!(self.principal, Principal::Operator { .. } | Principal::System)
    }
}
