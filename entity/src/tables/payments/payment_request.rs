//! A request to pay a partner, from bill to money.

use sea_orm::entity::prelude::*;

use crate::{
    Currency, Month, NoRelation as Relation, PartnerId, PaymentKind, PaymentRequestId, PaymentState,
    PayoutWay, Timestamp,
};

/// A request to pay a partner, from bill to money.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "payment_request")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PaymentRequestId,
    /// Partner that is paid.
    pub partner_id: PartnerId,
    /// Kind of money that it pays.
    pub kind: PaymentKind,
    /// Way in which it is paid.
    pub way: PayoutWay,
    /// Category of the bill, for the list of approvers; empty for incentives.
    pub category: String,
    /// The latest month it pays.
    pub month: Month,
    /// Currency of `amount` and of all its items.
    pub currency: Currency,
    /// Sum of its items, in micros; above zero.
    pub amount: i64,
    /// State after the latest transition.
    pub state: PaymentState,
    /// Instant of the transition into `state`.
    pub state_since: Timestamp,
    /// Reason of the state, if it is a refusal or failure.
    pub reason: Option<String>,
    /// Number of its transitions so far.
    pub transitions: i32,
    /// The round of countersigning; 0 before the first.
    pub round: i32,
    /// The number of its payout at the gateway.
    pub payout_no: Option<String>,
    /// Subject of the person who approved the payment: another one rechecks it.
    pub approved_by: Option<String>,
    /// Subject of the token, or name of the task, that made it.
    pub created_by: String,
    /// Instant at which the row was made.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
