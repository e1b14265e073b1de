//! A line of an incentive bill.

use sea_orm::entity::prelude::*;

use crate::{
    AssociationMode, BillLineKind, IncentiveBillId, IncentivePolicyId, Month, NoRelation as Relation,
    PartnerId,
};

/// A line of an incentive bill.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "incentive_bill_line")]
pub struct Model {
    /// The bill.
    #[sea_orm(primary_key, auto_increment = false)]
    pub bill_id: IncentiveBillId,
    /// Position.
    #[sea_orm(primary_key, auto_increment = false)]
    pub line_no: i32,
    /// What it is.
    pub kind: BillLineKind,
    /// The month the performance belongs to.
    pub origin_month: Month,
    /// Whose performance it is.
    pub partner_id: PartnerId,
    /// The mode.
    pub mode: Option<AssociationMode>,
    /// The product class.
    pub product_class: Option<String>,
    /// The policy that priced it.
    pub policy_id: Option<IncentivePolicyId>,
    /// The rate of that policy.
    pub rate_seq: Option<i16>,
    /// The rate, in parts per million.
    pub rate_ppm: i32,
    /// Performance in micros.
    pub basis: i64,
    /// Incentive before rounding.
    pub exact: String,
    /// Incentive in micros, rounded to the currency's smallest unit.
    pub amount: i64,
    /// Why it is what it is: minimum not reached, capped, no rate.
    pub note: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
