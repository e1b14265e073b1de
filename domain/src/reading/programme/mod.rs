//! Partners, customers with their accounts, associations, offices, months and policies as lists.

pub mod account;
pub mod association;
pub mod customer;
pub mod month;
pub mod office;
pub mod partner;
pub mod policy;
