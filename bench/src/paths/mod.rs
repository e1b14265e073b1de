//! The measured paths, one a file.

pub(crate) mod api;
pub(crate) mod bill_out;
pub(crate) mod export;
pub(crate) mod growth;
pub(crate) mod import;
pub(crate) mod mutation;
pub(crate) mod payment;
pub(crate) mod rebuild;
pub(crate) mod settle;
pub(crate) mod start;
