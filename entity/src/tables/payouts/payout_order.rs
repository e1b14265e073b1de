//! An order to the payout gateway.

use sea_orm::entity::prelude::*;

use crate::{
    NoRelation as Relation, PaymentRequestId, PayoutOrderId, PayoutOrderState, PayoutStep, Timestamp,
};

/// An order to the payout gateway: one thing that is to happen there once, however often it is sent.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "payout_order")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PayoutOrderId,
    /// The payment request it is for.
    pub request_id: PaymentRequestId,
    /// What is asked.
    pub step: PayoutStep,
    /// The how-manieth try of the step, from 1.
    pub cycle: i32,
    /// The key under which the gateway knows it: the same in every attempt.
    pub idempotency_key: String,
    /// Where it stands.
    pub state: PayoutOrderState,
    /// Attempts since the gateway last answered; raised before each.
    pub attempts: i32,
    /// Not before then it is attempted next.
    pub retry_at: Timestamp,
    /// Until then one process has it; in the past when nobody has.
    pub lease_until: Timestamp,
    /// Grows with every claim: who holds an older one writes nothing.
    pub generation: i32,
    /// Since when the gateway may have it.
    pub sent_at: Option<Timestamp>,
    /// When the gateway answered last.
    pub answered_at: Option<Timestamp>,
    /// The HTTP status of that answer.
    pub http_status: Option<i32>,
    /// Why it stands there, as a code.
    pub reason_code: Option<String>,
    /// Why it stands there.
    pub reason: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
