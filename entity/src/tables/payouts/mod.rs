//! Payouts: ways of payment, orders to the payout gateway, and the ledger.

mod enums;
pub mod ledger_entry;
pub mod ledger_transaction;
pub mod payout_order;
pub mod payout_preference;
pub mod payout_terms;

pub use enums::*;
