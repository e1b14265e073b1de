//! Black-box tests of Partner Center, one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

mod api;
mod cli;
mod crash;
mod house;
mod intake;
mod kit;
mod lease;
mod queue;
mod refusals;
mod schedule;
mod settle;
mod states;
