//! Importing what customers paid: from a bill file to immutable payments, with a receipt.

pub mod claim;
pub mod create;
pub mod dedupe;
pub mod dictionary;
pub mod entry;
pub mod fill;
mod fresh;
pub mod ingest;
pub mod pay;
pub mod post;
pub mod prepare;
pub mod reading;
pub mod receipt;
pub mod rounding;
pub mod rows;
pub mod spool;
pub mod taking;
pub mod tally;
pub mod upload;
