//! Events, and the messages that tell people of them.

mod enums;
pub mod event;
pub mod message;

pub use enums::*;
