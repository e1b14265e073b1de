//! The terms under which incentives are paid: one row.

use sea_orm::entity::prelude::*;

use crate::NoRelation as Relation;

/// The terms under which incentives are paid: one row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "payout_terms")]
pub struct Model {
    /// Always 1: the table has one row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i16,
    /// Least amount of a request, in micros of its currency.
    pub minimum: i64,
    /// Days between issuing and the first request.
    pub holding_days: i32,
    /// Calendar months after which what was not requested lapses.
    pub expiry_months: i32,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
