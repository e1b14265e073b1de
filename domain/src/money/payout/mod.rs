//! Paying out through a gateway (docs/payout-gateway.md): orders in our rows, sent under one key until they are
//! answered, so that nothing is paid twice and nothing is lost.
//!
//! ```text
//! request waits ──make──▶ order PENDING ──claim, send, record──▶ SENT ──callback or question──▶ DONE | FAILED
//!                             ▲   no answer: the same order, the same key, later │
//!                             └─────────────────────────────────────────────────┘
//! ```

pub mod callback;
mod claim;
mod gateway;
mod order;
mod record;
pub mod retry;
mod round;
pub mod sandbox;
mod send;
pub mod signature;
mod verdict;
mod waiting;

/// Kind of the event that a payment or an issue has had no answer for long.
pub const STALLED: &str = "PAYOUT_STALLED";
/// Kind of the event that the gateway said two things of one payment.
pub const CONFLICT: &str = "PAYOUT_CONFLICT";

pub use claim::LEASE;
pub use gateway::{Answer, Answered, Bill, Call, Gateway, Remote};
pub use round::round;
pub(crate) use round::waits;
pub use verdict::{ATTEMPTS_LIMIT, POLL_EVERY, backoff};
