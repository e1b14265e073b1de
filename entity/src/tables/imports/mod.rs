//! Imports of bills with their receipts, the vendor's invoices, and the words that payments are written in.

pub mod bill_import;
mod enums;
mod import_file;
pub mod import_reject;
pub mod import_total;
pub mod invoice;

pub use enums::*;
pub use import_file::ImportFile;
