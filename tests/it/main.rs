//! Black-box tests of Partner Center, one binary.

// A GraphQL execution is a future as deep as the schema: its layout needs more than the default of 128.
#![recursion_limit = "256"]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

mod api;
mod bills;
mod bounds;
mod calendar;
mod cli;
mod client;
mod closing;
mod crash;
mod deadline;
mod demo_clock;
mod docs;
mod explain;
mod exporting;
mod feedback;
mod files;
mod house;
mod importing;
mod incentive;
mod intake;
mod kit;
mod lease;
mod market;
mod opportunity;
mod ownership;
mod payment;
mod payout;
mod play;
mod preview;
mod queue;
mod reach;
mod refund;
mod refusals;
mod schedule;
mod schema;
mod settle;
mod simulate;
mod states;
mod sums;
mod survive;
mod task;
mod telling;
mod verify;
