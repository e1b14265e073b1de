//! Exact decimals: what a bill says, to the last digit, before anything is rounded.
//!
//! Amounts in the books are whole micros; a source may write more decimals. Sums of a source are kept
//! here so that rounding happens once and the receipt can show the source's own total.

use std::fmt;
use std::ops::Neg;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Largest absolute amount a single number of a source may have, in whole currency units: a line above
/// a million millions is a mistake, and below it a thousand million lines still sum without overflow.
pub const AMOUNT_LIMIT: i64 = 1_000_000_000_000;
/// Decimals an [`Exact`] keeps; a number with more significant decimals is refused.
pub const DECIMALS: u32 = 36;

/// 10^18: units of `lo` in one unit of `hi`, and units of `hi` in one currency unit.
const SCALE: i128 = 1_000_000_000_000_000_000;
/// Units of `hi` in one micro.
const HI_PER_MICRO: i128 = 1_000_000_000_000;
/// By number of decimals, the units of `hi` in one unit of the last of them.
const POWERS: [u64; 19] = {
    let mut powers = [1; 19];
    let mut at = 18;
    while at > 0 {
        powers[at - 1] = powers[at] * 10;
        at -= 1;
    }
    powers
};
/// Highest power of ten a digit may stand at so that `hi` cannot overflow while digits are added.
const TOP_POWER: i64 = 19;
/// 10^20 in units of `hi`: the first number with a digit above [`TOP_POWER`].
const TOP_UNITS: u128 = 10_u128.pow(38);
/// Exponents beyond this are cut to it: no digit there could count any more.
const EXPONENT_CAP: i64 = 1_000_000_000;

/// A signed decimal with 36 decimals: `hi` counts 10⁻¹⁸, `lo` counts 10⁻³⁶ and lies in [0, 10¹⁸).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Exact {
    hi: i128,
    lo: u64,
}

/// Fault of a text that is no [`Exact`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExactError {
    /// The text is not `[+-]digits[.digits][e[+-]digits]`.
    #[error("not a decimal number")]
    NotANumber,
    /// Above [`AMOUNT_LIMIT`] (or above what an [`Exact`] can hold).
    #[error("number too large")]
    TooLarge,
    /// More than [`DECIMALS`] decimals that are not trailing zeros.
    #[error("more than {DECIMALS} decimals")]
    TooManyDecimals,
}

impl Exact {
    /// Nothing, the start of every sum.
    pub const ZERO: Self = Self { hi: 0, lo: 0 };

    /// Reads a number of a source: `1`, `-0.5`, `.5`, `1.5e-3`.
    ///
    /// # Errors
    /// Refuses everything that is not a plain number (`1,234.56`, `NaN`, hex, blanks, empty), numbers
    /// above [`AMOUNT_LIMIT`] and numbers with more than [`DECIMALS`] decimals.
    pub fn parse(text: &[u8]) -> Result<Self, ExactError> {
        let value = Self::parse_any(text)?;
        if value.is_amount() { Ok(value) } else { Err(ExactError::TooLarge) }
    }

    /// `true` up to [`AMOUNT_LIMIT`] on both sides of zero.
    #[must_use]
    pub(crate) const fn is_amount(self) -> bool {
        const LIMIT: i128 = AMOUNT_LIMIT as i128 * SCALE;
        // `lo` only adds: below zero, the limit itself has no `lo`.
        self.hi >= -LIMIT && (self.hi < LIMIT || (self.hi == LIMIT && self.lo == 0))
    }

    /// Reads a number without the limit of one amount: sums and quantities. Errors as [`Exact::parse`].
    pub(crate) fn parse_any(text: &[u8]) -> Result<Self, ExactError> {
        let (negative, body) = match text {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            _ => (false, text),
        };
        let size = match short(body) {
            Some(value) => value,
            None => {
                let (mantissa, exponent) = split_exponent(body)?;
                let (whole, fraction) = split_point(mantissa)?;
                sum_digits(whole, fraction, exponent)?
            }
        };
        Ok(if negative { -size } else { size })
    }

    /// `units` × 10^-`scale`, for numbers below 10^20 of at most 18 decimals, which is what a text of them
    /// can be as well; `None` sends the others the way of their text.
    pub(crate) fn from_units(units: i128, scale: i8) -> Option<Self> {
        let decimals = usize::try_from(scale).ok()?;
        let shift = i128::from(*POWERS.get(decimals)?);
        // Below 10^38 in units of `hi`: the product fits.
        (units.unsigned_abs() < TOP_UNITS / shift.unsigned_abs()).then(|| Self { hi: units * shift, lo: 0 })
    }

    /// The sum, or `None` when it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        // Both below 10^18, so the sum fits and carries at most one.
        let lo = i128::from(self.lo) + i128::from(other.lo);
        let (carry, lo) = if lo >= SCALE { (1, lo - SCALE) } else { (0, lo) };
        let hi = self.hi.checked_add(other.hi)?.checked_add(carry)?;
        Some(Self { hi, lo: u64::try_from(lo).ok()? })
    }

    /// The difference, or `None` when it does not fit.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.checked_neg()?)
    }

    fn checked_neg(self) -> Option<Self> {
        if self.lo == 0 {
            return Some(Self { hi: self.hi.checked_neg()?, lo: 0 });
        }
        // -(hi + lo) = -(hi + 1) + (1 - lo); `!hi` is `-hi - 1` and cannot overflow.
        Some(Self { hi: !self.hi, lo: u64::try_from(SCALE - i128::from(self.lo)).ok()? })
    }

    /// The value of an amount in micros.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        Self { hi: i128::from(micros) * HI_PER_MICRO, lo: 0 }
    }

    /// The nearest whole micro, halves away from zero; `None` when it does not fit.
    #[must_use]
    pub fn round_to_micros(self) -> Option<i64> {
        let negative = self.hi < 0;
        let size = if negative { self.checked_neg()? } else { self };
        let (quotient, rest) = (size.hi / HI_PER_MICRO, size.hi % HI_PER_MICRO);
        // `lo` only adds to `rest`: from the half on, it cannot change the answer.
        let rounded = if rest >= HI_PER_MICRO / 2 { quotient + 1 } else { quotient };
        i64::try_from(if negative { -rounded } else { rounded }).ok()
    }

    /// `true` for zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.hi == 0 && self.lo == 0
    }

    /// `true` below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.hi < 0
    }

    /// The value as bytes: equal numbers have equal bytes, however they were written.
    pub(crate) fn to_bytes(self) -> [u8; 24] {
        let mut bytes = [0; 24];
        bytes[..16].copy_from_slice(&self.hi.to_le_bytes());
        bytes[16..].copy_from_slice(&self.lo.to_le_bytes());
        bytes
    }
}

impl Neg for Exact {
    type Output = Self;

    /// The opposite. Saturates at the largest value, which only `i128::MIN` units of 10⁻¹⁸ reach.
    fn neg(self) -> Self {
        self.checked_neg().unwrap_or(Self { hi: i128::MAX, lo: 0 })
    }
}

/// Splits `1.5e-3` into `1.5` and -3.
fn split_exponent(body: &[u8]) -> Result<(&[u8], i64), ExactError> {
    let Some(at) = body.iter().position(|b| matches!(b, b'e' | b'E')) else { return Ok((body, 0)) };
    let (negative, digits) = match &body[at + 1..] {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(ExactError::NotANumber);
    }
    let size = digits.iter().fold(0, |sum: i64, d| (sum * 10 + i64::from(d - b'0')).min(EXPONENT_CAP));
    Ok((&body[..at], if negative { -size } else { size }))
}

/// Splits `12.5` into `12` and `5`; `12` has no fraction, `.5` no whole part, `12.` is refused.
fn split_point(mantissa: &[u8]) -> Result<(&[u8], &[u8]), ExactError> {
    let (whole, fraction) = match mantissa.iter().position(|b| *b == b'.') {
        Some(at) if at + 1 == mantissa.len() => return Err(ExactError::NotANumber),
        Some(at) => (&mantissa[..at], &mantissa[at + 1..]),
        None => (mantissa, &[][..]),
    };
    let digits = whole.iter().chain(fraction).all(u8::is_ascii_digit);
    if !digits || whole.len() + fraction.len() == 0 {
        return Err(ExactError::NotANumber);
    }
    Ok((whole, fraction))
}

/// The common case, `123.45` of at most 18 digits, in one pass. `None` sends the number the long way,
/// which also says what is wrong with it.
fn short(body: &[u8]) -> Option<Exact> {
    // A point at the end would leave `decimals` at zero, as if there were none.
    if body.len() > 19 || !body.last()?.is_ascii_digit() {
        return None;
    }
    let (mut digits, mut count, mut decimals) = (0_u64, 0, None);
    for byte in body {
        match byte {
            b'0'..=b'9' => {
                digits = digits * 10 + u64::from(byte - b'0');
                count += 1;
                decimals = decimals.map(|decimals: usize| decimals + 1);
            }
            b'.' if decimals.is_none() => decimals = Some(0),
            _ => return None,
        }
    }
    let shift = POWERS.get(decimals.unwrap_or(0))?;
    (count <= 18).then(|| Exact { hi: i128::from(digits) * i128::from(*shift), lo: 0 })
}

/// Adds digit by digit at its power of ten.
fn sum_digits(whole: &[u8], fraction: &[u8], exponent: i64) -> Result<Exact, ExactError> {
    let length = i64::try_from(whole.len()).map_err(|_| ExactError::TooLarge)?;
    let mut power = length.saturating_add(exponent);
    let (mut hi, mut lo) = (0_i128, 0_u64);
    for digit in whole.iter().chain(fraction).map(|d| d - b'0') {
        power -= 1;
        if digit == 0 {
            continue;
        }
        if power > TOP_POWER {
            return Err(ExactError::TooLarge);
        }
        let shift = |by: i64| u32::try_from(power + by).map_err(|_| ExactError::TooManyDecimals);
        if power >= -18 {
            hi += i128::from(digit) * 10_i128.pow(shift(18)?);
        } else {
            lo += u64::from(digit) * 10_u64.pow(shift(i64::from(DECIMALS))?);
        }
    }
    Ok(Exact { hi, lo })
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = if self.hi < 0 { -*self } else { *self };
        if self.hi < 0 {
            f.write_str("-")?;
        }
        let (whole, fraction) = (size.hi / SCALE, size.hi % SCALE);
        if fraction == 0 && size.lo == 0 {
            return write!(f, "{whole}");
        }
        let decimals = format!("{fraction:018}{:018}", size.lo);
        write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
    }
}

impl FromStr for Exact {
    type Err = ExactError;

    /// Reads what `Display` writes, sums above [`AMOUNT_LIMIT`] included.
    fn from_str(text: &str) -> Result<Self, ExactError> {
        Self::parse_any(text.as_bytes())
    }
}

#[cfg(test)]
mod tests;
