//! Incentive bills between partner and vendor.

pub mod confirm;
mod entitle;
pub mod expire;
pub mod feedback;
pub mod freeze;
mod freezing;
pub mod issue;
pub mod machine;
pub mod named_bill;
pub mod prove;
pub mod release;
pub mod request;
pub mod split;
mod tell;
pub mod terms;
pub mod unfreeze;
pub mod ways;
pub mod wording;
