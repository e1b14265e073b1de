//! A period in which a reseller belongs to a distributor.

use sea_orm::entity::prelude::*;

use crate::{DistributionLinkId, NoRelation as Relation, PartnerId, Timestamp};

/// A period in which a reseller belongs to a distributor.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "distribution_link")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DistributionLinkId,
    /// The reseller.
    pub reseller_id: PartnerId,
    /// Its distributor.
    pub distributor_id: PartnerId,
    /// First instant.
    pub valid_from: Timestamp,
    /// First instant after; `FOREVER` while open.
    pub valid_to: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
