//! What was imported, and what came of it: payments, invoices of the vendor, lines and their sums.

pub mod import;
pub mod invoice;
pub mod line;
pub mod payment;
pub mod payment_sum;
pub mod performance_sum;
pub mod product;
