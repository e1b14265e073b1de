//! The kernel carries every other room: the store of rows and its transactions, the store of files, the write
//! path, events, errors in two languages, ids, clock, actor, permission and scope. Nothing here knows a rule
//! of the business.

pub mod actor;
pub mod amount;
pub mod backoff;
pub mod bulk;
pub mod check;
pub mod clock;
pub mod crash;
pub mod csv_line;
pub mod csv_table;
pub mod database_trouble;
pub mod error;
pub mod event;
pub mod exact;
pub mod files;
pub mod hex;
pub mod ids;
pub mod lang;
pub mod machine;
pub mod many;
pub mod news;
pub mod permission;
pub mod raw;
pub mod scope;
pub mod stopping;
pub mod store;
pub mod stream;
pub mod text;
pub mod write;
