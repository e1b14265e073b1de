//! A dated version of the incentive policy.

use sea_orm::entity::prelude::*;

use crate::{IncentivePolicyId, Month, NoRelation as Relation, Timestamp};

/// A dated version of the incentive policy.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "incentive_policy")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IncentivePolicyId,
    /// Name, shared by its versions.
    pub name: String,
    /// Version under the name.
    pub version: i32,
    /// First month that it prices.
    pub valid_from: Month,
    /// Last month; none while open.
    pub valid_to: Option<Month>,
    /// Subject of the token that made it.
    pub created_by: String,
    /// Instant at which the row was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
