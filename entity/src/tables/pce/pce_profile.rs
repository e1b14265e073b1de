//! Which partner shares opportunities.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, PartnerId, PathStage, Timestamp};

/// A partner in the frame of shared opportunities: whether it joined, and how far it has developed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "pce_profile")]
pub struct Model {
    /// The partner.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: PartnerId,
    /// When it joined; none before.
    pub joined_at: Option<Timestamp>,
    /// Who accepted the terms.
    pub joined_by: Option<String>,
    /// Which version of the terms.
    pub terms: Option<String>,
    /// Its stage on the development path.
    pub stage: PathStage,
    /// Whether it is on the list of core partners, who alone earn cash incentives.
    pub core_map: bool,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
