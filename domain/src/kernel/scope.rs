//! Which rows an actor sees. Every finder takes the scope; a foreign row does not exist for its caller.

use entity::{CustomerId, PartnerId};
use sea_orm::Value;

use crate::kernel::actor::{Actor, Principal};

/// The rows an actor sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every row.
    All,
    /// The partner itself, its customers, and for a distributor its resellers and theirs.
    Partner(PartnerId),
    /// The customer itself.
    Customer(CustomerId),
}

impl Scope {
    /// The scope of `actor`.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        match &actor.principal {
            Principal::Operator { .. } | Principal::System => Self::All,
            Principal::Partner { partner_id } => Self::Partner(*partner_id),
            Principal::Customer { customer_id } => Self::Customer(*customer_id),
        }
    }

    /// SQL condition on a partner id column, with its value. `n` is the number of the next placeholder.
    /// A distributor sees the resellers that were ever linked to it.
    #[must_use]
    pub fn partners(self, column: &str, n: usize) -> (String, Vec<Value>) {
        match self {
            Self::All => ("1 = 1".into(), vec![]),
            Self::Partner(id) => (
                format!(
                    "({column} = ${n} OR {column} IN \
                     (SELECT reseller_id FROM distribution_link WHERE distributor_id = ${n}))"
                ),
                vec![id.0.into()],
            ),
            Self::Customer(id) => (
                format!("{column} IN (SELECT partner_id FROM association WHERE customer_id = ${n})"),
                vec![id.0.into()],
            ),
        }
    }

    /// SQL condition on a customer id column, with its value.
    #[must_use]
    pub fn customers(self, column: &str, n: usize) -> (String, Vec<Value>) {
        match self {
            Self::All => ("1 = 1".into(), vec![]),
            Self::Partner(id) => (
                format!(
                    "{column} IN (SELECT customer_id FROM association WHERE partner_id = ${n} OR partner_id IN \
                     (SELECT reseller_id FROM distribution_link WHERE distributor_id = ${n}))"
                ),
                vec![id.0.into()],
            ),
            Self::Customer(id) => (format!("{column} = ${n}"), vec![id.0.into()]),
        }
    }

    /// SQL condition on performance lines (`partner_id`, `bill_to_id`): one's own performance, and what
    /// rolls up to one.
    #[must_use]
    pub fn lines(self, n: usize) -> (String, Vec<Value>) {
        match self {
            Self::All => ("1 = 1".into(), vec![]),
            Self::Partner(id) => (format!("(partner_id = ${n} OR bill_to_id = ${n})"), vec![id.0.into()]),
            Self::Customer(_) => ("1 = 0".into(), vec![]),
        }
    }

    /// SQL condition on a bill's partner: only one's own.
    #[must_use]
    pub fn bills(self, column: &str, n: usize) -> (String, Vec<Value>) {
        match self {
            Self::All => ("1 = 1".into(), vec![]),
            Self::Partner(id) => (format!("{column} = ${n}"), vec![id.0.into()]),
            Self::Customer(_) => ("1 = 0".into(), vec![]),
        }
    }
}
