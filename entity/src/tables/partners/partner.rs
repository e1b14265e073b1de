//! A partner of the programme.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, PartnerId, PartnerKind, Timestamp};

/// A partner of the programme.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "partner")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PartnerId,
    /// What the partner is.
    pub kind: PartnerKind,
    /// Display name.
    pub name: String,
    /// Tier name; empty without one.
    pub tier: String,
    /// Business region.
    pub region: String,
    /// Whether a distributor may have customers of its own.
    pub may_own_customers: bool,
    /// The name under which the partner sells on the marketplace.
    pub marketplace_name: Option<String>,
    /// When the row was made.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
