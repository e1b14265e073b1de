//! Documents and variables before they are executed: limited, checked, priced, translated, kept.

pub(crate) mod absent;
pub(crate) mod coerce;
pub(crate) mod cost;
pub(crate) mod document_limits;
pub(crate) mod documents;
pub(crate) mod literals;
pub mod manifest;
pub(crate) mod measured;
pub(crate) mod persisted;
pub(crate) mod scalars;
pub(crate) mod translate;
pub(crate) mod variables;
