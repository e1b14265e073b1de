//! Files attached to opportunities.

use sea_orm::entity::prelude::*;

use crate::{FileId, NoRelation as Relation, OpportunityId, OpportunitySide, PartnerId, Timestamp};

/// A file attached to an opportunity.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_file")]
pub struct Model {
    /// The opportunity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub opportunity_id: OpportunityId,
    /// The file.
    #[sea_orm(primary_key, auto_increment = false)]
    pub file_id: FileId,
    /// Who attached it.
    pub side: OpportunitySide,
    /// Only the vendor's staff sees it.
    pub internal: bool,
    /// The partner it had then, which alone sees it; none while it waited for one: then whoever has it sees it.
    pub partner_id: Option<PartnerId>,
    /// Who.
    pub attached_by: String,
    /// When.
    pub attached_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
