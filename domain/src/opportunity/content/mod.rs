//! Contents of opportunities: drafts, edits, the fields that may be changed in each state, the qualification,
//! and the person to talk to.

pub mod contact;
pub mod contact_hide;
pub mod draft;
pub mod edit;
pub mod fields;
pub mod qualify;
pub mod update;
