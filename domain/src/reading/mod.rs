//! Reading: every list is a [`Listing`] that already carries the caller's scope, filtered by
//! [`Predicate`]s and read page by page behind keys, never by offset.

pub mod audit;
pub mod deadline;
pub mod event;
pub mod export;
pub mod exports;
pub mod file;
pub mod files;
pub mod list;
pub mod message;
pub mod money;
pub mod opportunity;
pub mod performance;
pub mod programme;
pub mod settlement;

pub use list::listing::{Listing, Total};
pub use list::page::{Key, KeyKind, KeyValue, Order, Page, PageArgs};
pub use list::predicate::Predicate;
pub use list::seen::Noun;
pub use sea_orm::Value;
