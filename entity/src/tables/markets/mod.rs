//! Marketplace settlement: terms, categories, the bills of sellers, and what is withheld.

mod enums;
pub mod marketplace_category;
pub mod marketplace_terms;
pub mod seller_name;
pub mod settlement_bill;
pub mod settlement_bill_line;
pub mod settlement_bill_out;
pub mod settlement_withheld;

pub use enums::*;
