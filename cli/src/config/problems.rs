//! Faults of a configuration: everything at once, each with its cure.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// The prefix of every variable.
pub const PREFIX: &str = "PARTNER_CENTER_";

/// Everything that is wrong with a configuration.
#[derive(Debug, Default)]
pub struct Problems(Vec<String>);

impl Problems {
    /// Notes that the setting `name` (e.g. `LISTEN`) is wrong, and what to write instead.
    pub fn add(&mut self, name: &str, cure: impl fmt::Display) {
        let flag = name.to_lowercase().replace('_', "-");
        self.0.push(format!("{PREFIX}{name} (--{flag}): {cure}"));
    }

    /// Reads `text` as a `T`; `wanted` says what it should have been.
    pub fn parse<T: FromStr>(&mut self, name: &str, text: &str, wanted: &str) -> Option<T> {
        let value = text.trim().parse().ok();
        if value.is_none() {
            self.add(name, format!("\"{text}\" is not {wanted}"));
        }
        value
    }

    /// Reads a number within `bounds`, counted in `unit`. A wrong one reads as the lower bound: nobody
    /// uses it, since there is a problem now.
    pub fn number(&mut self, name: &str, text: &str, bounds: RangeInclusive<u32>, unit: &str) -> u32 {
        match text.trim().parse() {
            Ok(number) if bounds.contains(&number) => number,
            _ => {
                let (low, high) = (bounds.start(), bounds.end());
                self.add(name, format!("\"{text}\" is not a number of {unit} from {low} to {high}"));
                *bounds.start()
            }
        }
    }

    /// Reads `true` or `false`.
    pub fn flag(&mut self, name: &str, text: &str) -> bool {
        self.parse(name, text, "true or false").unwrap_or(false)
    }

    /// `value` if nothing is wrong.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Self> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self),
        }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        writeln!(f, "The configuration has {count} problem{}:", if count == 1 { "" } else { "s" })?;
        for problem in &self.0 {
            writeln!(f, "  {problem}")?;
        }
        f.write_str(
            "Every setting is explained in docs/configuration.md; `partner-center config` prints them.",
        )
    }
}

impl std::error::Error for Problems {}

/// An empty text means "not set", as it does for most programs that read the environment.
#[must_use]
pub(crate) fn set(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_taken_at_its_bounds_and_refused_one_past() {
        let mut problems = Problems::default();
        assert_eq!(problems.number("N", "1", 1..=9, "x"), 1);
        assert_eq!(problems.number("N", "9", 1..=9, "x"), 9);
        assert!(problems.0.is_empty());
        problems.number("N", "0", 1..=9, "x");
        problems.number("N", "10", 1..=9, "x");
        problems.number("N", "many", 1..=9, "x");
        assert_eq!(problems.0.len(), 3);
        assert_eq!(problems.0[1], "PARTNER_CENTER_N (--n): \"10\" is not a number of x from 1 to 9");
    }
}
