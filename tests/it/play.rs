//! A month from bills to money, played by a plain GraphQL client against a serving process: every person with a token
//! of his own, nothing but HTTP.

mod client;
mod money;

use std::time::Duration;

/// How long a worker may take with a small step.
const PATIENCE: Duration = Duration::from_secs(60);
