//! Files attached to opportunities.

use sea_orm::entity::prelude::*;

use crate::{FileId, NoRelation as Relation, OpportunityId, OpportunitySide, PartnerId, Timestamp};

/// A file attached to an opportunity.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_file")]
pub struct Model {
    /// Opportunity that it is attached to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub opportunity_id: OpportunityId,
    /// Stored file with the bytes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub file_id: FileId,
    /// Side of the person who attached it.
    pub side: OpportunitySide,
    /// Only the vendor's staff sees it.
    pub internal: bool,
    /// The partner it had then, which alone sees it; none while it waited for one: then whoever has it sees it.
    pub partner_id: Option<PartnerId>,
    /// Subject of the token that attached it.
    pub attached_by: String,
    /// Instant at which it was attached.
    pub attached_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
