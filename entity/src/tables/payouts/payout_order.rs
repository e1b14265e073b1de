//! An order to the payout gateway.

use sea_orm::entity::prelude::*;

use crate::{
    NoRelation as Relation, PaymentRequestId, PayoutOrderId, PayoutOrderState, PayoutStep, Timestamp,
};

/// An order to the payout gateway: one thing that is to happen there once, however often it is sent.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "payout_order")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PayoutOrderId,
    /// The payment request it is for.
    pub request_id: PaymentRequestId,
    /// Step that the gateway is asked for.
    pub step: PayoutStep,
    /// Number of the try of the step, from 1.
    pub cycle: i32,
    /// The key under which the gateway knows it: the same in every attempt.
    pub idempotency_key: String,
    /// State of the order.
    pub state: PayoutOrderState,
    /// Attempts since the gateway last answered; raised before each.
    pub attempts: i32,
    /// Instant before which it is not attempted next.
    pub retry_at: Timestamp,
    /// Instant until which one process has it leased; in the past when nobody has.
    pub lease_until: Timestamp,
    /// Fence: grows with every lease, and who holds an older one writes nothing.
    pub generation: i32,
    /// Instant from which the gateway may have it.
    pub sent_at: Option<Timestamp>,
    /// Instant of the gateway's last answer; none before the first.
    pub answered_at: Option<Timestamp>,
    /// The HTTP status of that answer.
    pub http_status: Option<i32>,
    /// Reason of the state as a code, if it is a failure.
    pub reason_code: Option<String>,
    /// Reason of the state in words, if it is a failure.
    pub reason: Option<String>,
    /// Instant at which the row was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
