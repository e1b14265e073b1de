//! The ledger: what every partner earned, and where that money is (docs/domain.md, "Ledger").
//!
//! Double entry in micros. Every posting belongs to one partner, adds up to zero in each currency, and is one row of
//! that partner's chain of hashes. It is written in the transaction of the change that moves the money.

pub mod balance;
pub mod chain;
pub mod post;
pub mod posting;
pub mod prove;

pub use post::{post, post_many};
pub use posting::{Entry, Posting};
