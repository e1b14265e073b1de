//! How long the tests of survival go on, and which moments they choose.
//!
//! | variable | meaning |
//! |---|---|
//! | `PARTNER_CENTER_TEST_SEED` | the seed of moments that are chosen at random |
//! | `PARTNER_CENTER_TEST_ROUNDS` | how many times as long: 1 in `make test`, more in `make crash` |

use std::io::Write as _;

/// The seed where none is given.
const SEED: u64 = 20_261_015;

/// The seed of this run, said aloud so that the run can be repeated.
pub fn seed(test: &str) -> u64 {
    let seed = number("PARTNER_CENTER_TEST_SEED").unwrap_or(SEED);
    // Not println!: the harness would hide it until the test fails, and a killed test says nothing at all.
    let _ = writeln!(std::io::stderr(), "{test}: PARTNER_CENTER_TEST_SEED={seed}");
    seed
}

/// How many times as long as the short form.
pub fn rounds() -> usize {
    number("PARTNER_CENTER_TEST_ROUNDS").and_then(|n| usize::try_from(n).ok()).unwrap_or(1).max(1)
}

/// The number in a variable, if it is set.
///
/// # Panics
/// If it is no number.
#[must_use]
pub fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok().filter(|text| !text.is_empty())?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name}={text} is no number")))
}
