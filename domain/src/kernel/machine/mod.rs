//! State machines. A machine is data: a table of transitions, each with its operation, the states it leads from and to,
//! the parties who may make it, the reason it asks for, its guards and its effects. Here is everything that can be said
//! of every table, once: finding a transition, who may make it, why not, what is possible instead, the step itself with
//! its optimistic save, rows of the trail, and the diagram that documents show.
//!
//! A noun that has states implements [`Machine`] for a type of no size, and with it has its table, documents and tests.
//! If its rows are moved one by one it implements [`Driven`] too, and [`step`] moves them: guards are pure functions over
//! what was loaded, effects are data that one loop carries out, in the order of the table.

pub mod diagram;
pub mod drive;
mod refusal;
pub mod table;
pub mod trail;
mod turn;
mod word;

pub use drive::{Change, Done, Driven, Follow, Instead, Looked, Move, hold, permitted, save, step};
pub use refusal::{REASON_LIMIT, next, worded};
pub use table::{Machine, Transition, Why, find, from, on};
pub use turn::Turn;
pub use word::{NoReason, Party, Word};

#[cfg(test)]
mod tests;
