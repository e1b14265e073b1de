//! Amounts of plans: whole billionths of a currency unit, so that rows can be finer than what is stored.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Billionths of a currency unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Amount(pub i64);

/// Billionths of a unit.
pub const UNIT: i64 = 1_000_000_000;
/// Billionths of a micro.
const MICRO: i128 = 1_000;

impl Amount {
    /// An amount of nothing.
    pub const ZERO: Self = Self(0);

    /// An amount of whole units.
    #[must_use]
    pub const fn units(units: i64) -> Self {
        Self(units * UNIT)
    }
}

/// Rounds billionths to micros, half away from zero.
///
/// # Panics
/// If it does not fit: plans are not that rich.
#[must_use]
pub fn micros(billionths: i128) -> i64 {
    i64::try_from(divide_rounding(billionths, MICRO)).expect("an amount that fits")
}

/// `number / by`, rounded half away from zero; `by` is above zero.
#[must_use]
pub fn divide_rounding(number: i128, by: i128) -> i128 {
    let (whole, rest) = (number / by, number % by);
    if rest.abs() * 2 >= by { whole + rest.signum() } else { whole }
}

/// Smallest unit of a currency in micros.
#[must_use]
pub fn smallest_unit(currency: &str) -> i64 {
    match currency {
        "JPY" => 1_000_000,
        "KWD" => 1_000,
        _ => 10_000,
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) =
            (self.0.unsigned_abs() / UNIT.unsigned_abs(), self.0.unsigned_abs() % UNIT.unsigned_abs());
        let text = format!("{sign}{whole}.{part:09}");
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl FromStr for Amount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        if part.len() > 9 {
            return Err(format!("{text} is finer than a billionth"));
        }
        let number: i64 = format!("{whole}{part:0<9}").parse().map_err(|_| format!("{text} is no amount"))?;
        Ok(Self(sign * number))
    }
}

impl TryFrom<String> for Amount {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> Self {
        amount.to_string()
    }
}

impl std::ops::Neg for Amount {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_it_is_written() {
        for text in ["0", "1", "-1", "12.5", "-0.000000001", "279.16"] {
            assert_eq!(text.parse::<Amount>().unwrap().to_string(), text);
        }
        assert!("1.0000000001".parse::<Amount>().is_err());
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        for (number, by, expected) in
            [(5, 10, 1), (4, 10, 0), (-5, 10, -1), (-4, 10, 0), (25, 10, 3), (7, 7, 1), (3, 7, 0), (4, 7, 1)]
        {
            assert_eq!(divide_rounding(number, by), expected, "{number} / {by}");
        }
        assert_eq!(micros(1_500), 2);
        assert_eq!(micros(-499), 0);
    }
}
