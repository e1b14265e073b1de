//! Files attached to opportunities.

use sea_orm::entity::prelude::*;

use crate::{FileId, OpportunityId, OpportunitySide, Timestamp};

/// A file attached to an opportunity.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
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
    /// Who.
    pub attached_by: String,
    /// When.
    pub attached_at: Timestamp,
}

/// No relations: joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
