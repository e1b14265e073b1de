//! Policies of the opportunity incentive, a part of PCE (partner customer engagement).

use sea_orm::entity::prelude::*;

use crate::{Currency, Month, NoRelation as Relation, PcePolicyId, Timestamp};

/// Terms of the opportunity incentive for opportunities signed in a range of months.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "pce_incentive_policy")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PcePolicyId,
    /// Name that people see in lists.
    pub name: String,
    /// The first month of signing it is for.
    pub valid_from: Month,
    /// The last one, if it ends before the next policy begins.
    pub valid_to: Option<Month>,
    /// The currency it is for.
    pub currency: Currency,
    /// Of the customer's cash, in parts per million.
    pub rate_ppm: i32,
    /// Months whose cash counts, from the month of signing.
    pub months: i32,
    /// Most that one opportunity earns, in micros.
    pub opportunity_cap: i64,
    /// Most that a partner earns with opportunities signed in a year, in micros.
    pub year_cap: i64,
    /// Subject of the token that made it.
    pub created_by: String,
    /// Instant at which the row was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
