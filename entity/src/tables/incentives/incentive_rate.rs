//! One rate of a policy; the first that matches a line prices it.

use sea_orm::entity::prelude::*;

use crate::{AssociationMode, IncentivePolicyId, NoRelation as Relation, PartnerKind};

/// One rate of a policy; the first that matches a line prices it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "incentive_rate")]
pub struct Model {
    /// Policy version that the rate belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub policy_id: IncentivePolicyId,
    /// Order of matching.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i16,
    /// Only this product class.
    pub product_class: Option<String>,
    /// Only products of the policy kind SPECIFIC.
    pub specific_only: bool,
    /// Only this mode.
    pub mode: Option<AssociationMode>,
    /// Only partners of this kind.
    pub partner_kind: Option<PartnerKind>,
    /// Only partners of this tier.
    pub tier: Option<String>,
    /// Rate in parts per million.
    pub rate_ppm: i32,
    /// Performance in micros below which nothing is earned; none for no minimum.
    pub minimum: Option<i64>,
    /// Most that can be earned, in micros.
    pub cap: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
