//! Who did what, when and why.

use sea_orm::entity::prelude::*;

use crate::{AuditEventId, NoRelation as Relation, Timestamp};

/// Who did what, when and why.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditEventId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub subject: String,
    /// On whose behalf, as JSON.
    pub principal: String,
    /// What was done.
    pub operation: String,
    /// Id of what it was done to.
    pub entity: String,
    /// Why, if given.
    pub reason: Option<String>,
    /// The request.
    pub request_id: Option<String>,
    /// What changed, as JSON.
    pub detail: String,
}

impl ActiveModelBehavior for ActiveModel {}
