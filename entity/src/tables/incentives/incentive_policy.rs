//! A dated version of the incentive policy.

use sea_orm::entity::prelude::*;

use crate::{IncentivePolicyId, Month, NoRelation as Relation, Timestamp};

/// A dated version of the incentive policy.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "incentive_policy")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IncentivePolicyId,
    /// Name, shared by its versions.
    pub name: String,
    /// Version under the name.
    pub version: i32,
    /// First month.
    pub valid_from: Month,
    /// Last month; none while open.
    pub valid_to: Option<Month>,
    /// Who made it.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
