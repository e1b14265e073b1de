//! Partners in the frame of PCE (partner customer engagement), which alone share opportunities.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, PartnerId, PathStage, Timestamp};

/// A partner in the frame of shared opportunities: whether it joined, and how far it has developed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "pce_profile")]
pub struct Model {
    /// Partner that the row is about.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: PartnerId,
    /// Instant at which it joined; none before.
    pub joined_at: Option<Timestamp>,
    /// Subject of the token that accepted the terms.
    pub joined_by: Option<String>,
    /// Version of the terms that was accepted; none before it joined.
    pub terms: Option<String>,
    /// Its stage on the development path.
    pub stage: PathStage,
    /// Whether it is on the list of core partners, who alone earn cash incentives.
    pub core_map: bool,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
