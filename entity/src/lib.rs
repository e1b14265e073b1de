//! The tables of Partner Center as types, and the few value types every layer shares:
//! typed ids, instants, months, currencies and the enums stored in columns.
//!
//! Nothing here knows a rule of the business; the rules live in `domain`.

// The derive of `Columns` names this crate, here as elsewhere.
extern crate self as entity;

pub mod claim_enums;
pub mod columns;
pub mod currency;
pub mod day;
pub mod duplicate_enums;
pub mod enums;
pub mod file_enums;
pub mod id;
pub mod listed;
pub mod market_enums;
pub mod message_enums;
pub mod month;
pub mod opportunity_enums;
pub mod payment_enums;
pub mod payout_enums;
pub mod tables;
pub mod timestamp;

pub use claim_enums::*;
pub use columns::{Columns, RowError, RowReader, columns_as};
pub use currency::Currency;
pub use day::Day;
pub use duplicate_enums::*;
pub use enums::*;
pub use file_enums::*;

pub use id::*;
pub use listed::Listed;
pub use market_enums::*;
pub use message_enums::*;
pub use month::Month;
pub use opportunity_enums::*;
pub use payment_enums::*;
pub use payout_enums::*;
pub use tables::*;

pub use timestamp::Timestamp;
