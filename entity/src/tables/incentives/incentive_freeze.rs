//! A part of an incentive bill whose customer has not paid.

use sea_orm::entity::prelude::*;

use crate::{
    AssociationMode, Currency, CustomerId, FreezeId, FreezeState, IncentiveBillId, Month,
    NoRelation as Relation, PartnerId, Timestamp,
};

/// A part of an incentive bill whose customer has not paid.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "incentive_freeze")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FreezeId,
    /// The bill.
    pub bill_id: IncentiveBillId,
    /// Whose bill.
    pub partner_id: PartnerId,
    /// The month of the bill: that of the consumption.
    pub month: Month,
    /// Who has not paid.
    pub customer_id: CustomerId,
    /// Consulting or resale.
    pub mode: AssociationMode,
    /// The currency.
    pub currency: Currency,
    /// What was not paid when the bill was issued, in micros.
    pub unpaid: i64,
    /// What it would earn, in micros.
    pub amount: i64,
    /// What is still frozen of it, in micros.
    pub remaining: i64,
    /// Where it stands.
    pub state: FreezeState,
    /// When it is released: the day after the customer paid.
    pub release_at: Option<Timestamp>,
    /// The month whose bill corrects for it, once released.
    pub netting_month: Option<Month>,
    /// The bill that took the release into account.
    pub netted_by: Option<IncentiveBillId>,
    /// When it was frozen.
    pub created_at: Timestamp,
    /// When it was released or corrected.
    pub released_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
