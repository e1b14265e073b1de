//! Importing what customers paid: from a bill file to immutable payments, with a receipt.

pub mod claim;
pub mod create;
pub mod dictionary;
pub mod entry;
pub mod fate;
pub mod fill;
mod fresh;
pub mod ingest;
mod old;
mod pairing;
pub mod pay;
pub mod post;
pub mod prepare;
pub mod prepared;
mod products;
pub mod reading;
pub mod receipt;
pub mod rounding;
pub mod rows;
mod sellers;
pub mod spool;
mod standing_sql;
pub mod taking;
pub mod tally;
pub mod upload;
