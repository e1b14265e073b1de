//! What a partner earned in a month, in one currency.

use sea_orm::entity::prelude::*;

use crate::{
    BillState, Currency, IncentiveBillId, Month, NoRelation as Relation, ParkedCode, PartnerId, RunId,
    Timestamp,
};

/// What a partner earned in a month, in one currency.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "incentive_bill")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IncentiveBillId,
    /// Who is paid.
    pub partner_id: PartnerId,
    /// The month it was settled in.
    pub month: Month,
    /// The currency.
    pub currency: Currency,
    /// Where it stands.
    pub state: BillState,
    /// The run that wrote it.
    pub run_id: RunId,
    /// Performance it rests on, in micros.
    pub basis: i64,
    /// The incentive, in micros.
    pub amount: i64,
    /// When it is confirmed automatically.
    pub confirm_by: Option<Timestamp>,
    /// When it was confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// By whom.
    pub confirmed_by: Option<String>,
    /// Why it is, was or would be parked for review; kept after release.
    pub parked_code: Option<ParkedCode>,
    /// What was usual for its partner, in micros, when it was held against that.
    pub parked_typical: Option<i64>,
    /// The factor it was held against, in parts per million.
    pub parked_factor_ppm: Option<i32>,
    /// When it was first written.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
