//! Stored files and the exports that write them.

mod enums;
pub mod export_job;
pub mod stored_file;

pub use enums::*;
