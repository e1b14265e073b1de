//! The verbs of the command line, a file each: what it is called with is in `command`, what it does is here.

pub(crate) mod bill_out;
pub(crate) mod calendar;
pub(crate) mod clock;
pub(crate) mod config_print;
pub(crate) mod customer;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod invoice;
pub(crate) mod jobs;
pub(crate) mod migrate;
pub(crate) mod office;
pub(crate) mod opportunity;
pub(crate) mod payout;
pub(crate) mod preview;
pub(crate) mod schema;
pub(crate) mod seller;
pub(crate) mod serve;
pub(crate) mod settle;
pub(crate) mod token;
pub(crate) mod verify;
pub(crate) mod worker;
