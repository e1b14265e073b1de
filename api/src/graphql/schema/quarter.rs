//! Quarters in words.

/// A quarter kept as 20263, as people write it: "2026-Q3". PURE.
pub(crate) fn quarter(kept: i32) -> String {
    format!("{:04}-Q{}", kept / 10, kept % 10)
}

/// The description of a field that is a quarter.
pub(crate) const QUARTER: &str = "The quarter of that month, e.g. \"2026-Q3\".";

#[cfg(test)]
mod tests {
    #[test]
    fn quarters_are_written_with_their_year() {
        assert_eq!(super::quarter(20263), "2026-Q3");
    }
}
