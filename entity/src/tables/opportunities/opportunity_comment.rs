//! What people say about opportunities.

use sea_orm::entity::prelude::*;

use crate::{CommentId, NoRelation as Relation, OpportunityId, OpportunitySide, PartnerId, Timestamp};

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_comment")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CommentId,
    /// The opportunity.
    pub opportunity_id: OpportunityId,
    /// Who says it.
    pub side: OpportunitySide,
    /// Only the vendor's staff reads it.
    pub internal: bool,
    /// The partner it had then, which alone reads it; none while it waited for one: then whoever has it reads it.
    pub partner_id: Option<PartnerId>,
    /// What is said.
    pub note: String,
    /// Who says it.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
