//! Writing data out, as jobs: a row asks for it, a worker writes it as of one instant, in memory that does not grow, and
//! the result is a stored file. What is written is a `sheet::Sheet`, one file each.

mod bill_lines;
mod bills;
mod cells;
pub mod claim;
pub mod create;
mod decimal;
pub mod drive;
mod filter;
mod lines;
mod names;
mod opportunities;
mod payment_requests;
mod payments;
mod rows;
mod sheet;
mod trouble;
mod write;

pub use drive::export;
pub use filter::ExportFilter;
pub use rows::{Piece, write_rows};
pub use trouble::message;
