//! A line of an incentive bill.

use sea_orm::entity::prelude::*;

use crate::{
    AssociationMode, BillLineKind, IncentiveBillId, IncentivePolicyId, Month, NoRelation as Relation,
    PartnerId, ProductPolicyKind,
};

/// A line of an incentive bill.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "incentive_bill_line")]
pub struct Model {
    /// Bill that the line is part of.
    #[sea_orm(primary_key, auto_increment = false)]
    pub bill_id: IncentiveBillId,
    /// Position in the bill, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub line_no: i32,
    /// Kind of the line.
    pub kind: BillLineKind,
    /// The month the performance belongs to.
    pub origin_month: Month,
    /// Partner whose performance it pays: the bill's own, or one of its resellers.
    pub partner_id: PartnerId,
    /// Mode of the association with the customers; none for the residue.
    pub mode: Option<AssociationMode>,
    /// The product class.
    pub product_class: Option<String>,
    /// The product policy of the month of origin; none for a residue.
    pub product_policy: Option<ProductPolicyKind>,
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
    /// Code of what bounded the amount: minimum not reached, capped, no rate, performance only.
    pub note: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
