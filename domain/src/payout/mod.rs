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

pub use claim::LEASE;
pub use gateway::{Answer, Answered, Bill, Call, Gateway, Remote};
pub use round::round;
pub use verdict::{ATTEMPTS_LIMIT, POLL_EVERY, backoff};
