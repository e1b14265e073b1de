//! The bill-out of a month: command, truth and state in one row.

use sea_orm::entity::prelude::*;

use crate::{Month, NoRelation as Relation, Timestamp};

/// The bill-out of a month: command, truth and state in one row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "settlement_bill_out")]
pub struct Model {
    /// The month.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: Month,
    /// Who asked for it last.
    pub asked_by: String,
    /// When.
    pub asked_at: Timestamp,
    /// Attempts since then.
    pub attempts: i32,
    /// Not tried before this instant; while somebody works on it, the end of the lease.
    pub retry_at: Timestamp,
    /// When every seller was looked at; none while it waits.
    pub finished_at: Option<Timestamp>,
    /// Why the last attempt failed.
    pub error: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
