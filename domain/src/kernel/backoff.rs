//! Waits between tries: they grow with each failure.

/// Most doublings: no wait that is meant grows beyond a million times the first.
const DOUBLINGS: u32 = 20;

/// The wait after attempt `attempt` (from 1): `first`, then twice as long each time, at most `longest`. PURE.
#[must_use]
pub(crate) fn doubled(first: i64, attempt: i32, longest: i64) -> i64 {
    let doublings = u32::try_from(attempt.saturating_sub(1)).unwrap_or(0).min(DOUBLINGS);
    first.saturating_mul(1_i64 << doublings).min(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        for (attempt, expected) in [(i32::MIN, 3), (0, 3), (1, 3), (2, 6), (5, 48), (6, 90), (i32::MAX, 90)] {
            assert_eq!(doubled(3, attempt, 90), expected, "{attempt}");
        }
        assert_eq!(doubled(i64::MAX, 7, i64::MAX), i64::MAX);
    }
}
