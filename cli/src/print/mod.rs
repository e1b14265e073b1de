//! Output for people on a terminal: tables, receipts, reports and the progress of long work.

pub(crate) mod money;
pub(crate) mod progress;
pub(crate) mod receipt;
pub(crate) mod report;
pub(crate) mod table;
