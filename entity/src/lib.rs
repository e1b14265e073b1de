//! The tables of Partner Center as types, and the few value types every layer shares:
//! typed ids, instants, months, currencies and the enums stored in columns.
//!
//! Nothing here knows a rule of the business; the rules live in `domain`.

// The derive of `Columns` names this crate, here as elsewhere.
extern crate self as entity;

pub mod columns;
pub mod currency;
pub mod day;
pub mod id;
pub mod json_text;
pub mod listed;
pub mod month;
mod stored;
mod tables;
pub mod timestamp;

pub use columns::{Columns, RowError, RowReader, columns_as};
pub use currency::Currency;
pub use day::Day;
pub use id::*;
pub use json_text::JsonText;
pub use listed::Listed;
pub use month::Month;
pub use tables::{
    NoRelation, customers::*, files::*, imports::*, incentives::*, markets::*, messages::*, offices::*,
    opportunities::*, partners::*, payments::*, payouts::*, pce::*, programmes::*, settlements::*,
};
pub use timestamp::Timestamp;
