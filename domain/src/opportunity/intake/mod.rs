//! Intake of the vendor's own opportunities: one at a time, or many out of its CRM.

pub mod crm_csv;
pub mod crm_import;
pub mod share;
