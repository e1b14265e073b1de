//! Telling people what happened. Events are the truth ([`crate::kernel::event`]); messages are made of them by one table
//! ([`audience`]) and sent at least once, each with the same `Message-ID` every time. Who looks at the API is told
//! by the tail of the events ([`tail`]).

pub mod audience;
pub mod deliver;
pub mod directory;
pub mod facts;
pub mod fan_out;
pub mod letter;
pub mod retry;
pub mod tail;
mod template;

pub use directory::Directory;
pub use template::Template;
