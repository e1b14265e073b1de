//! What every list is made of: conditions, pages behind keys, and counts that are kept.

pub mod grouped_sql;
pub(crate) mod kept_total;
pub mod listing;
pub mod page;
pub mod predicate;
pub mod seen;
