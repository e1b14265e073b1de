//! The bill-out of a month: command, truth and state in one row.

use sea_orm::entity::prelude::*;

use crate::{Month, NoRelation as Relation, Timestamp};

/// The bill-out of a month: command, truth and state in one row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "settlement_bill_out")]
pub struct Model {
    /// Month that is billed out.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: Month,
    /// Subject of the token that asked for it last.
    pub asked_by: String,
    /// Instant at which it was asked for last.
    pub asked_at: Timestamp,
    /// Attempts since then.
    pub attempts: i32,
    /// Not tried before this instant; while somebody works on it, the end of the lease.
    pub retry_at: Timestamp,
    /// Instant at which every seller had been looked at; none while it waits.
    pub finished_at: Option<Timestamp>,
    /// Error with which the last attempt failed; none after a success.
    pub error: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
