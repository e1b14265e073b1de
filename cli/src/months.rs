//! Months on the command line.

use entity::Month;

/// Reads `2026-08`; for clap.
pub(crate) fn parse(text: &str) -> Result<Month, String> {
    text.parse().map_err(|error: entity::month::NotAMonth| error.to_string())
}
