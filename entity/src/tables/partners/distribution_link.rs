//! A period in which a reseller belongs to a distributor.

use sea_orm::entity::prelude::*;

use crate::{DistributionLinkId, NoRelation as Relation, PartnerId, Timestamp};

/// A period in which a reseller belongs to a distributor.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "distribution_link")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DistributionLinkId,
    /// Reseller, a partner of tier 2.
    pub reseller_id: PartnerId,
    /// Distributor that it belongs to in this period.
    pub distributor_id: PartnerId,
    /// First instant of the period.
    pub valid_from: Timestamp,
    /// First instant after; `FOREVER` while open.
    pub valid_to: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
