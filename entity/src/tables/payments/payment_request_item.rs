//! What a payment request is made of.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, PaymentRequestId, PaymentSource};

/// What a payment request is made of.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "payment_request_item")]
pub struct Model {
    /// The request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub request_id: PaymentRequestId,
    /// Position, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_no: i32,
    /// What kind of thing is paid.
    pub source: PaymentSource,
    /// Its key.
    pub source_id: i64,
    /// In micros; below zero for what is set off.
    pub amount: i64,
    /// False once the request let go of it.
    pub live: bool,
}

impl ActiveModelBehavior for ActiveModel {}
