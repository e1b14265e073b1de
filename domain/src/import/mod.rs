//! Importing what customers paid: from a bill file to immutable payments, with a receipt.

pub mod claim;
pub mod create;
pub mod dedupe;
pub mod dictionary;
pub mod ingest;
pub mod intake;
pub mod pay;
pub mod payment;
pub mod receipt;
pub mod rounding;
pub mod tally;
pub mod upload;
