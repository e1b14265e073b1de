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
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FreezeId,
    /// Bill that the part is withheld from.
    pub bill_id: IncentiveBillId,
    /// Partner that the bill pays.
    pub partner_id: PartnerId,
    /// The month of the bill: that of the consumption.
    pub month: Month,
    /// Customer that has not paid.
    pub customer_id: CustomerId,
    /// Consulting or resale.
    pub mode: AssociationMode,
    /// Currency of the bill.
    pub currency: Currency,
    /// Amount that was not paid when the bill was issued, in micros.
    pub unpaid: i64,
    /// Incentive on the unpaid amount, in micros.
    pub amount: i64,
    /// Part of `amount` that is still withheld, in micros.
    pub remaining: i64,
    /// State of the withheld part.
    pub state: FreezeState,
    /// Instant of its release: the day after the customer paid; none before.
    pub release_at: Option<Timestamp>,
    /// The month whose bill corrects for it, once released.
    pub netting_month: Option<Month>,
    /// The bill that took the release into account.
    pub netted_by: Option<IncentiveBillId>,
    /// Instant at which it was withheld: the issue of the bill.
    pub created_at: Timestamp,
    /// Instant at which it was released or corrected.
    pub released_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
