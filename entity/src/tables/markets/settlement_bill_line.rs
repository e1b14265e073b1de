//! Lines of settlement bills: changes since earlier bills for a month, customer and product.

use sea_orm::entity::prelude::*;

use crate::{CustomerId, Month, NoRelation as Relation, ProductId, SettlementBillId, SettlementLineKind};

/// A line of a settlement bill: what changed since earlier bills for a month, customer and product.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "settlement_bill_line")]
pub struct Model {
    /// Bill that the line is part of.
    #[sea_orm(primary_key, auto_increment = false)]
    pub bill_id: SettlementBillId,
    /// Position, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub line_no: i32,
    /// Kind of the line.
    pub kind: SettlementLineKind,
    /// The month the sales belong to.
    pub origin_month: Month,
    /// Customer that bought; 0 while the account is nobody's, and for the residue.
    pub customer_id: CustomerId,
    /// Product that was sold; 0 for the residue.
    pub product_id: ProductId,
    /// In micros: what customers paid less what earlier bills hold.
    pub sales: i64,
    /// Platform fee, in parts per million.
    pub platform_fee_ppm: i32,
    /// Operating fee, in parts per million.
    pub operating_fee_ppm: i32,
    /// In micros: the fee of everything less what earlier bills hold.
    pub platform_fee: i64,
    /// In micros: the operating fee of everything less what earlier bills hold.
    pub operating_fee: i64,
    /// Sales less fees, in micros.
    pub amount: i64,
}

impl ActiveModelBehavior for ActiveModel {}
