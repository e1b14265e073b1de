//! Offices of the vendor, their areas and their people: data that decides where opportunities go.

pub mod csv;
pub mod import;
