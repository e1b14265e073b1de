//! What happened, and the messages that tell of it.

mod enums;
pub mod event;
pub mod message;

pub use enums::*;
