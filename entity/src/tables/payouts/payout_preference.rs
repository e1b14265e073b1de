//! The ways in which partners want their incentives.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, PartnerId, PayoutWay};

/// The way in which a partner wants its incentives.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "payout_preference")]
pub struct Model {
    /// Partner that chose it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: PartnerId,
    /// Whether the product requests for it.
    pub automatic: bool,
    /// The way for consulting business.
    pub consulting_way: PayoutWay,
    /// The way for resale business.
    pub resale_way: PayoutWay,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
