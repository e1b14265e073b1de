//! The one row of the programme's own settings.

use sea_orm::entity::prelude::*;

use crate::{Month, NoRelation as Relation};

/// The one row of the programme's own settings.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "programme")]
pub struct Model {
    /// Always 1: the table has one row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i16,
    /// Name of the programme that people see.
    pub name: String,
    /// Site that the programme runs on (CN or INTL); accounts of the other are refused.
    pub site: String,
    /// IANA time zone of month borders.
    pub time_zone: String,
    /// Day of the next month on which the draft is made.
    pub draft_day: i16,
    /// Day of the next month on which the month becomes final.
    pub final_day: i16,
    /// Days a partner has to confirm a bill before it is confirmed automatically.
    pub confirm_days: i16,
    /// The first month that closes by itself; none while no month does.
    pub go_live: Option<Month>,
    /// Whether months become final by themselves on their day.
    pub automatic_final: bool,
    /// Whether cash coupons count as cash.
    pub cash_coupon_counts: bool,
    /// Version of the counting rules in force.
    pub rule_version: i32,
    /// A bill that is off what is usual by more than this factor, in parts per million, is parked; 0 parks nothing.
    pub bill_factor_ppm: i32,
    /// Micros of the bill's currency below which nothing is parked.
    pub bill_factor_floor: i64,
    /// Grows with every change of who had a customer or account; caches compare it.
    pub history_version: i64,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
