//! A step of a payment request: the audit trail of its states.

use sea_orm::entity::prelude::*;

use crate::{
    NoRelation as Relation, PaymentActor, PaymentOperation, PaymentRequestId, PaymentState, Timestamp,
};

/// A step of a payment request: the audit trail of its states.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "payment_transition")]
pub struct Model {
    /// Payment request that moved.
    #[sea_orm(primary_key, auto_increment = false)]
    pub request_id: PaymentRequestId,
    /// Its number, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// Operation that moved it.
    pub operation: PaymentOperation,
    /// State before it; none for the first transition.
    pub from_state: Option<PaymentState>,
    /// State after it.
    pub to_state: PaymentState,
    /// Subject of the actor's token, or the name of the task.
    pub actor: String,
    /// Capacity in which the actor moved it.
    pub actor_kind: PaymentActor,
    /// Reason in words, where the operation asks for one.
    pub reason: Option<String>,
    /// The round of countersigning it belongs to.
    pub round: i32,
    /// Instant of the transition.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
