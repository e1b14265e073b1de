//! The rows an actor sees, and of which time (docs/domain.md, "Who sees what of which time"). Every finder takes the
//! scope; a foreign row does not exist for its caller.
//!
//! A party sees a fact of the time in which it was its own: a customer's consumption while it had the customer, a
//! reseller's while it was the reseller's distributor. What both sides of a relation are called stays known, because
//! facts of that time name them. So each condition here compares an instant with the time of the relation; whoever reads
//! a table of facts asks this module for its condition, and nowhere else is a relation looked up for that.

use entity::{CustomerId, PartnerId, Timestamp};
use sea_orm::Value;

use crate::kernel::actor::{Actor, Principal};

/// The rows an actor sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every row.
    All,
    /// The partner's own rows, and those that were its customers' and resellers' while they were its own. Relations that begin
    /// after this instant are not known yet.
    Partner(PartnerId, Timestamp),
    /// The customer itself.
    Customer(CustomerId),
}

/// A condition in SQL with its values. Its first placeholder has the number that was asked for.
pub type Condition = (String, Vec<Value>);

impl Scope {
    /// The scope of `actor` at `now`.
    #[must_use]
    pub fn of(actor: &Actor, now: Timestamp) -> Self {
        match &actor.principal {
            Principal::Operator { .. } | Principal::System => Self::All,
            Principal::Partner { partner_id } => Self::Partner(*partner_id, now),
            Principal::Customer { customer_id } => Self::Customer(*customer_id),
        }
    }

    /// Partners by the key in `column`: a partner itself and, for a distributor, whoever is or was its reseller. Of those
    /// only name, kind and region are shown, which do not change.
    #[must_use]
    pub fn partners(self, column: &str, n: usize) -> Condition {
        match self {
            Self::All => always(),
            Self::Partner(id, now) => (
                format!(
                    "({column} = ${n} OR {column} IN (SELECT reseller_id FROM distribution_link \
                     WHERE distributor_id = ${n} AND valid_from <= ${}))",
                    n + 1
                ),
                vec![id.0.into(), now.0.into()],
            ),
            Self::Customer(id) => (
                format!("{column} IN (SELECT partner_id FROM association WHERE customer_id = ${n})"),
                vec![id.0.into()],
            ),
        }
    }

    /// Customers by the key in `column`: those the partner, or a reseller while it was the partner's, has or had. Of those
    /// only the name is shown.
    #[must_use]
    pub fn customers(self, column: &str, n: usize) -> Condition {
        match self {
            Self::All => always(),
            Self::Partner(id, now) => {
                // The first line alone lets either database begin with the partner's own rows; the rest takes away what a
                // reseller had at other times.
                let sql = format!(
                    "{column} IN (SELECT s.customer_id FROM association s WHERE (s.partner_id = ${n} OR s.partner_id IN \
                     (SELECT reseller_id FROM distribution_link WHERE distributor_id = ${n})) AND s.valid_from <= ${at} \
                     AND {})",
                    through(n, &format!("l.valid_from <= ${} AND {OVERLAP}", n + 1)),
                    at = n + 1
                );
                (sql, vec![id.0.into(), now.0.into()])
            }
            Self::Customer(id) => (format!("{column} = ${n}"), vec![id.0.into()]),
        }
    }

    /// Facts of a customer by its key in `customer` and the instant in `at`: the customer was the partner's own then, or
    /// its reseller's while that was the partner's.
    #[must_use]
    pub fn customers_at(self, customer: &str, at: &str, n: usize) -> Condition {
        match self {
            Self::All => always(),
            Self::Partner(id, _) => {
                let held = held_at(at, n);
                let sql = format!(
                    "EXISTS (SELECT 1 FROM association s WHERE s.customer_id = {customer} AND {held})"
                );
                (sql, vec![id.0.into()])
            }
            Self::Customer(id) => (format!("{customer} = ${n}"), vec![id.0.into()]),
        }
    }

    /// Accounts, as `cloud_account` or under another name of the table: those that were linked before the time ended in
    /// which their customer was the partner's own.
    #[must_use]
    pub fn accounts(self, table: &str, n: usize) -> Condition {
        let (mut sql, values) = self.customers(&format!("{table}.customer_id"), n);
        if let Self::Partner(..) = self {
            let linked = format!("{table}.linked_at");
            let through =
                through(n, &format!("l.valid_from <= ${} AND {linked} < l.valid_to AND {OVERLAP}", n + 1));
            sql = format!(
                "({sql} AND EXISTS (SELECT 1 FROM association s WHERE s.customer_id = {table}.customer_id \
                 AND s.valid_from <= ${} AND {linked} < s.valid_to AND {through}))",
                n + 1
            );
        }
        (sql, values)
    }

    /// The vendor's invoices by the key in `column`, which bears its table's name: those that bill something consumed while
    /// the customer was the partner's own.
    #[must_use]
    pub fn invoices(self, column: &str, n: usize) -> Condition {
        if self == Self::All {
            return always();
        }
        let (customers, values) = self.customers("a.customer_id", n);
        let consumed = match self {
            Self::Partner(..) => format!(
                " AND EXISTS (SELECT 1 FROM association s JOIN consumption_payment p ON p.month = ia.month \
                 AND p.account_id = ia.account_id AND p.consumed_at >= s.valid_from AND p.consumed_at < s.valid_to \
                 WHERE s.customer_id = a.customer_id AND p.invoice_id = ia.invoice_id AND {})",
                through(n, "l.valid_from <= p.consumed_at AND p.consumed_at < l.valid_to")
            ),
            Self::All | Self::Customer(_) => String::new(),
        };
        let sql = format!(
            "EXISTS (SELECT 1 FROM invoice_account ia JOIN cloud_account a ON a.id = ia.account_id \
             WHERE ia.invoice_id = {column} AND {customers}{consumed})"
        );
        (sql, values)
    }

    /// The table of associations as the caller sees it, to stand behind FROM: a distributor sees of its resellers' only
    /// the part that lies in its own time, and no change made behind that.
    #[must_use]
    pub fn associations(self, n: usize) -> Condition {
        match self {
            Self::All => ("association".into(), vec![]),
            Self::Partner(id, now) => {
                let sql = format!(
                    "(SELECT s.id, s.customer_id, s.partner_id, s.mode, \
                     CASE WHEN l.valid_from > s.valid_from THEN l.valid_from ELSE s.valid_from END AS valid_from, \
                     CASE WHEN l.valid_to < s.valid_to THEN l.valid_to ELSE s.valid_to END AS valid_to, \
                     s.created_at, \
                     CASE WHEN l.valid_to <= ${at} THEN 0 ELSE s.version END AS version \
                     FROM association s LEFT JOIN distribution_link l ON l.distributor_id = ${n} \
                     AND l.reseller_id = s.partner_id AND l.valid_from <= ${at} AND {OVERLAP} \
                     WHERE s.valid_from <= ${at} AND (s.partner_id = ${n} OR l.id IS NOT NULL))",
                    at = n + 1
                );
                (sql, vec![id.0.into(), now.0.into()])
            }
            Self::Customer(id) => {
                (format!("(SELECT * FROM association WHERE customer_id = ${n})"), vec![id.0.into()])
            }
        }
    }

    /// The table of links between resellers and distributors as the caller sees it, to stand behind FROM: its own.
    #[must_use]
    pub fn links(self, n: usize) -> Condition {
        match self {
            Self::All => ("distribution_link".into(), vec![]),
            Self::Partner(id, now) => (
                format!(
                    "(SELECT * FROM distribution_link WHERE (reseller_id = ${n} OR distributor_id = ${n}) \
                     AND valid_from <= ${})",
                    n + 1
                ),
                vec![id.0.into(), now.0.into()],
            ),
            Self::Customer(_) => ("(SELECT * FROM distribution_link WHERE 1 = 0)".into(), vec![]),
        }
    }

    /// Performance lines (`partner_id`, `bill_to_id`): one's own performance, and what is billed to one. Lines are kept
    /// by who had the customer when it was consumed, so they need no instant.
    #[must_use]
    pub fn lines(self, n: usize) -> Condition {
        match self {
            Self::All => always(),
            Self::Partner(id, _) => (format!("(partner_id = ${n} OR bill_to_id = ${n})"), vec![id.0.into()]),
            Self::Customer(_) => never(),
        }
    }

    /// Whatever belongs to one partner, by the key in `column`: bills, requests, postings, events.
    #[must_use]
    pub fn bills(self, column: &str, n: usize) -> Condition {
        match self {
            Self::All => always(),
            Self::Partner(id, _) => (format!("{column} = ${n}"), vec![id.0.into()]),
            Self::Customer(_) => never(),
        }
    }
}

/// Association `s` and link `l` have an instant in common.
const OVERLAP: &str = "l.valid_from < s.valid_to AND s.valid_from < l.valid_to";

/// Association `s` is the partner's own, or that of a reseller by a link `l` for which `linked` holds.
fn through(n: usize, linked: &str) -> String {
    format!(
        "(s.partner_id = ${n} OR EXISTS (SELECT 1 FROM distribution_link l WHERE l.distributor_id = ${n} \
         AND l.reseller_id = s.partner_id AND {linked}))"
    )
}

/// Association `s` held at `at`, for the partner or for its reseller of that instant.
fn held_at(at: &str, n: usize) -> String {
    let through = through(n, &format!("l.valid_from <= {at} AND {at} < l.valid_to"));
    format!("s.valid_from <= {at} AND {at} < s.valid_to AND {through}")
}

fn always() -> Condition {
    ("1 = 1".into(), vec![])
}

fn never() -> Condition {
    ("1 = 0".into(), vec![])
}
