//! Comments of both sides on opportunities.

use sea_orm::entity::prelude::*;

use crate::{CommentId, NoRelation as Relation, OpportunityId, OpportunitySide, PartnerId, Timestamp};

/// A comment on an opportunity; it is never edited.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_comment")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CommentId,
    /// Opportunity that it is about.
    pub opportunity_id: OpportunityId,
    /// Side that the writer is on.
    pub side: OpportunitySide,
    /// Only the vendor's staff reads it.
    pub internal: bool,
    /// The partner it had then, which alone reads it; none while it waited for one: then whoever has it reads it.
    pub partner_id: Option<PartnerId>,
    /// Text of the comment.
    pub note: String,
    /// Subject of the writer's token.
    pub created_by: String,
    /// Instant at which it was written.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
