//! An oracle: it says what the product should say, and was written by somebody else.
//!
//! A [`plan::Plan`] is a business history in plain words: who there is, and step by step what happens. The
//! [`oracle::Oracle`] works it with rules written from `docs/domain.md` alone. It shares no code with `domain`, keeps
//! everything in memory and computes everything anew whenever it is asked; nothing of it is fast, all of it can be read.
//! `tests/it/simulate` plays the same plan on the product and compares.
//!
//! | module | holds |
//! |---|---|
//! | [`plan`], [`amount`], [`time`] | what a plan is made of; it is kept as JSON |
//! | [`generate`] | plans from seeds |
//! | [`mod@file`] | the files of a plan's imports, as a provider would write them |
//! | [`oracle`] | the rules |
//! | [`seen`] | what is compared |
//! | [`shrink`] | smaller plans of one that fails |

// A judge may stop at the first surprise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod amount;
pub mod file;
pub mod generate;
pub mod oracle;
pub mod plan;
pub mod random;
pub mod seen;
pub mod shrink;
pub mod time;
