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
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PaymentRequestId,
    /// Who is paid.
    pub partner_id: PartnerId,
    /// What is paid.
    pub kind: PaymentKind,
    /// How.
    pub way: PayoutWay,
    /// Category of the bill, for the list of approvers; empty for incentives.
    pub category: String,
    /// The latest month it pays.
    pub month: Month,
    /// The currency.
    pub currency: Currency,
    /// What is paid, in micros: the sum of its items, above zero.
    pub amount: i64,
    /// Where it stands.
    pub state: PaymentState,
    /// Since when.
    pub state_since: Timestamp,
    /// Why it stands there: of a refusal or failure.
    pub reason: Option<String>,
    /// How many transitions it has made.
    pub transitions: i32,
    /// The round of countersigning; 0 before the first.
    pub round: i32,
    /// The number of its payout at the gateway.
    pub payout_no: Option<String>,
    /// Who approved the payment: another person rechecks it.
    pub approved_by: Option<String>,
    /// Who made it.
    pub created_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
