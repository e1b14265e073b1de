//! One file a table.

pub mod association;
pub mod audit_event;
pub mod bill_import;
pub mod cloud_account;
pub mod customer;
pub mod distribution_link;
pub mod import_reject;
pub mod import_total;
pub mod incentive_bill;
pub mod incentive_bill_line;
pub mod incentive_policy;
pub mod incentive_rate;
pub mod invoice;
pub mod partner;
pub mod product;
pub mod product_policy;
pub mod programme;
pub mod settlement_month;
pub mod settlement_quarantine;
pub mod settlement_run;
pub mod settlement_shard;
