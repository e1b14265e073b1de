//! Black-box tests of Partner Center, one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

mod api;
mod house;
mod kit;
mod queue;
mod settle;
