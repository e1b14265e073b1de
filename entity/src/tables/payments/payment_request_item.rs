//! Items of payment requests: the things they pay.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, PaymentRequestId, PaymentSource};

/// One thing that a payment request pays.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "payment_request_item")]
pub struct Model {
    /// Payment request that holds it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub request_id: PaymentRequestId,
    /// Position, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_no: i32,
    /// Kind of thing that is paid.
    pub source: PaymentSource,
    /// Primary key of that thing, in the table that `source` names.
    pub source_id: i64,
    /// In micros; below zero for what is set off.
    pub amount: i64,
    /// False once the request let go of it.
    pub live: bool,
}

impl ActiveModelBehavior for ActiveModel {}
