//! The audit: every change with its author, instant and reason.

use sea_orm::entity::prelude::*;

use crate::{AuditEventId, NoRelation as Relation, Timestamp};

/// A change that somebody made, as the audit keeps it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditEventId,
    /// Instant of the change.
    pub at: Timestamp,
    /// Subject of the author's token, or the program's name for its own work.
    pub subject: String,
    /// JSON of the party in whose name it was done.
    pub principal: String,
    /// Name of the operation, as the API names it.
    pub operation: String,
    /// Id of what it was done to.
    pub entity: String,
    /// Reason that the author gave; none if not asked for.
    pub reason: Option<String>,
    /// Id of the HTTP request, which logs carry too; none outside of one.
    pub request_id: Option<String>,
    /// JSON with the particulars of the change, mostly its input.
    pub detail: String,
}

impl ActiveModelBehavior for ActiveModel {}
