//! Customers, their accounts, and the partner each is associated with.

pub mod association;
pub mod cloud_account;
pub mod customer;
pub mod customer_profile;
mod enums;

pub use enums::*;
