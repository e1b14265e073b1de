//! A step of a payment request: the audit trail of its states.

use sea_orm::entity::prelude::*;

use crate::{
    NoRelation as Relation, PaymentActor, PaymentOperation, PaymentRequestId, PaymentState, Timestamp,
};

/// A step of a payment request: the audit trail of its states.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "payment_transition")]
pub struct Model {
    /// The request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub request_id: PaymentRequestId,
    /// Its number, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// What moved it.
    pub operation: PaymentOperation,
    /// Where it stood; none for the first.
    pub from_state: Option<PaymentState>,
    /// Where it went.
    pub to_state: PaymentState,
    /// Who moved it.
    pub actor: String,
    /// As what.
    pub actor_kind: PaymentActor,
    /// Why.
    pub reason: Option<String>,
    /// The round of countersigning it belongs to.
    pub round: i32,
    /// When.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
