//! Performance: what part of each payment counts, for whom, kept as lines while facts come in.

pub mod classify;
pub mod counted;
pub mod credit;
pub mod credit_sql;
pub mod explain;
mod explain_payments;
pub mod fact;
pub mod fact_stream;
pub mod history;
pub mod import;
pub mod line;
pub mod line_deltas;
pub mod line_payments;
pub mod line_stream;
pub mod partner_sum;
pub mod partner_sum_rebuild;
mod places;
pub mod product_policy;
pub mod rebuild;
pub mod recompute;
pub mod refs;
pub(crate) mod view;
