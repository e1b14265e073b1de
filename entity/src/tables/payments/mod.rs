//! Payment requests, their countersigning and invoices.

pub mod countersign_approver;
pub mod countersign_vote;
mod enums;
pub mod partner_invoice;
pub mod payment_request;
pub mod payment_request_item;
pub mod payment_transition;

pub use enums::*;
