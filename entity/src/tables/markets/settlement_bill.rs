//! A marketplace settlement bill of a seller.

use sea_orm::entity::prelude::*;

use crate::{
    Currency, MarketplaceCategory, Month, NoRelation as Relation, PartnerId, SettlementBillId,
    SettlementBillState, Timestamp,
};

/// A marketplace settlement bill of a seller.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "settlement_bill")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SettlementBillId,
    /// Partner that sold and is paid.
    pub partner_id: PartnerId,
    /// The month that was billed out.
    pub month: Month,
    /// Currency of all its amounts.
    pub currency: Currency,
    /// The category of what was sold.
    pub category: MarketplaceCategory,
    /// State of the bill.
    pub state: SettlementBillState,
    /// Sales in micros: what customers paid less what earlier bills hold.
    pub sales: i64,
    /// Platform fee in micros.
    pub platform_fee: i64,
    /// Operating fee in micros.
    pub operating_fee: i64,
    /// Amount for the seller, in micros: a multiple of the smallest unit, below zero for what it owes.
    pub amount: i64,
    /// Number of its lines.
    pub lines: i32,
    /// Instant at which the bill-out wrote it.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
