//! What a gateway is asked and what it answers, whatever it is reached by.

use std::sync::Arc;

use entity::{Currency, Month, PartnerId, PaymentRequestId, PayoutWay};
use futures_util::future::BoxFuture;

use crate::money::payment::business::masked;

/// Where payouts go.
#[derive(Clone, Default)]
pub enum Gateway {
    /// Nowhere: orders wait and say so.
    #[default]
    None,
    /// Nowhere either, but it answers as it was told ([`super::sandbox`]).
    Sandbox,
    /// To a gateway.
    Remote(Remote),
}

/// Asks a gateway. It must come back within a time limit of its own and never fail otherwise than by an answer.
pub type Remote = Arc<dyn Fn(Call) -> BoxFuture<'static, Answered> + Send + Sync>;

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Sandbox => "Sandbox",
            Self::Remote(_) => "Remote",
        })
    }
}

/// What is to be paid to whom.
#[derive(Clone)]
pub struct Bill {
    /// The key: the same in every attempt.
    pub key: String,
    /// The payment request.
    pub request_id: PaymentRequestId,
    /// Who is paid.
    pub partner_id: PartnerId,
    /// Name of its company.
    pub legal_name: String,
    /// Its taxpayer number.
    pub taxpayer_no: String,
    /// Where the money goes. It is in no log and in no trail.
    pub bank_account: String,
    /// How it is paid.
    pub way: PayoutWay,
    /// How much, in micros.
    pub amount: i64,
    /// Of which currency.
    pub currency: Currency,
    /// The latest month paid.
    pub month: Month,
}

impl std::fmt::Debug for Bill {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bill").field("key", &self.key).field("to", &masked(&self.bank_account)).finish()
    }
}

/// A question to the gateway.
#[derive(Clone, Debug)]
pub enum Call {
    /// Create the payout.
    Create(Bill),
    /// Issue coupons or a top-up.
    Issue(Bill),
    /// Pay the payout of this number.
    Pay(Bill, String),
    /// What became of this key?
    Status(String),
}

/// What the gateway says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is done; a new payout has a number.
    Done(Option<String>),
    /// It will be done.
    Accepted,
    /// It is not done and will not be.
    Refused {
        /// Why, as a code of the gateway.
        code: String,
        /// Why, for people.
        message: String,
    },
    /// The key was never heard of.
    NotKnown,
    /// Nobody knows: no answer, or none that can be understood.
    Unsure(String),
}

/// An answer with the HTTP status it came with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What is said.
    pub answer: Answer,
    /// The status, if there was one.
    pub status: Option<u16>,
}

impl From<Answer> for Answered {
    fn from(answer: Answer) -> Self {
        Self { answer, status: None }
    }
}
