//! Reading: every list is a [`Listing`] that already carries the caller's scope, filtered by
//! [`Predicate`]s and read page by page behind keys, never by offset.

pub mod account;
pub mod association;
pub mod audit;
pub mod bill;
pub mod customer;
pub mod deadline;
pub mod entitlement;
pub mod event;
pub mod export;
pub mod exports;
pub mod feedback;
pub mod file;
pub mod files;
pub mod import;
pub mod invoice;
mod kept_total;
pub mod ledger;
pub mod line;
pub mod listing;
pub mod market;
pub mod message;
pub mod month;
pub mod office;
pub mod opportunity;
pub mod opportunity_duplicate;
pub mod opportunity_offer;
pub mod opportunity_pipeline;
pub mod opportunity_search;
pub mod page;
pub mod partner;
pub mod partner_invoice;
pub mod payment;
pub mod payment_request;
pub mod payout;
pub mod pce;
pub mod pce_claim;
pub mod performance_sum;
pub mod policy;
pub mod predicate;
pub mod product;
pub mod run;

pub use listing::{Listing, Total};
pub use page::{Key, KeyKind, KeyValue, Order, Page, PageArgs};
pub use predicate::Predicate;
