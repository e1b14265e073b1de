//! Marketplace settlement: from what customers paid for a seller's items to what the seller is owed
//! (docs/domain.md, "Marketplace settlement").

pub mod batch;
pub mod bill_out;
pub mod category;
pub mod decide;
pub mod labels;
pub mod open;
pub mod price;
pub mod prove;
pub mod terms;
pub mod withheld;
pub mod write_bills;

/// Kind of the event that sales of a seller are not billed until somebody does something.
pub const WITHHELD: &str = "WITHHELD";
