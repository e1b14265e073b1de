//! The programme: its settings, partners, customers, accounts, products and who has whom.

pub mod account;
pub mod association;
pub mod calendar;
pub mod company;
pub mod cooling_off;
pub mod customer;
pub mod customer_import;
pub mod customer_profile;
pub mod deadline;
pub mod demo_clock;
pub mod incentive_policy;
pub mod marks;
pub mod month;
pub mod office;
pub mod partner;
pub mod seller;
pub mod settings;

use crate::kernel::error::{Code, Refusal};

/// Longest name, in characters.
pub const NAME_LIMIT: usize = 200;

/// Checks a name that people read.
pub(crate) fn check_name(field: &str, name: &str) -> Result<(), Refusal> {
    let length = name.chars().count();
    if name.trim().is_empty() || length > NAME_LIMIT || name.chars().any(char::is_control) {
        let detail = format!("a name has 1 to {NAME_LIMIT} characters and no control characters");
        return Err(Refusal::at(field, Code::Invalid, detail));
    }
    Ok(())
}
