//! Incentive bills: the earnings of a partner in a month, in one currency.

use sea_orm::entity::prelude::*;

use crate::{
    BillState, Currency, IncentiveBillId, Month, NoRelation as Relation, ParkedCode, PartnerId, RunId,
    Timestamp,
};

/// The earnings of a partner in a month, in one currency.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "incentive_bill")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IncentiveBillId,
    /// Partner that is paid.
    pub partner_id: PartnerId,
    /// The month it was settled in.
    pub month: Month,
    /// Currency of all its amounts.
    pub currency: Currency,
    /// State of the bill.
    pub state: BillState,
    /// The run that wrote it.
    pub run_id: RunId,
    /// Performance it rests on, in micros.
    pub basis: i64,
    /// The incentive, in micros.
    pub amount: i64,
    /// Instant at which it is confirmed automatically; none while it is estimated or parked.
    pub confirm_by: Option<Timestamp>,
    /// Instant at which it was confirmed; none before.
    pub confirmed_at: Option<Timestamp>,
    /// Subject of the token that confirmed it, or the program's name for the deadline.
    pub confirmed_by: Option<String>,
    /// Reason for which it is, was or would be parked for review; kept after release.
    pub parked_code: Option<ParkedCode>,
    /// Usual bill of the partner, in micros, that this one was compared with.
    pub parked_typical: Option<i64>,
    /// The factor it was held against, in parts per million.
    pub parked_factor_ppm: Option<i32>,
    /// Instant at which it was first written.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
