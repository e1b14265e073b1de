//! The test kit: real databases and a real Redis, private to one test process, gone with it.
//!
//! ```text
//! on_both_databases!(a_partner_can_be_created, |db| async move {
//!     let pool = db.connect().await;
//!     …
//! });
//! ```
//! makes two tests, `a_partner_can_be_created::sqlite` and `…::postgres`, each with a migrated database
//! of its own. Servers are started on first use, on free ports, below the temporary directory, and end
//! with the test process however it ends. Where a server is not installed the test says `SKIPPED` and
//! passes; with `PARTNER_CENTER_TEST_REQUIRE=postgres,redis` it fails instead (`make test` sets that).

// A kit may stop at the first surprise, and what it is told to require comes from the environment.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

pub mod db;
pub mod dump;
pub mod market;
pub mod need;
pub mod partner;
pub mod pg;
pub mod proxy;
pub mod redis;
pub mod refused;
pub mod rounds;
pub mod s3;
pub mod server;
pub mod small_disk;
pub mod smtp;
pub mod wait;
pub mod world;
