//! What an opportunity says: drafts, edits, what may be changed where, what qualifies it, and whom to talk to.

pub mod contact;
pub mod contact_hide;
pub mod draft;
pub mod edit;
pub mod fields;
pub mod qualify;
pub mod update;
