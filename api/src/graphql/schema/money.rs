//! Money in and out: micros inside, exact decimal text outside.

use entity::Currency;

use super::object::{Object, Shown};
use super::scalars::{CurrencyCode, Decimal};

/// Decimals of a micro.
const MICRO_DIGITS: usize = 6;
/// Micros in one unit.
const UNIT: u64 = 1_000_000;

/// An exact amount of a currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// The amount in units of the currency, with at least the currency's decimals and at most six.
    pub amount: Decimal,
    /// The currency.
    pub currency_code: CurrencyCode,
    /// It is a fraction of the currency's smallest unit.
    pub is_fraction: bool,
}

impl Money {
    /// `micros` of `currency`.
    pub(crate) fn of(micros: i64, currency: Currency) -> Self {
        let digits = usize::try_from(currency.minor_digits()).unwrap_or(0);
        let amount = decimal(micros, digits);
        // Beyond its own decimals an amount has only those it needs.
        let is_fraction = amount.0.split_once('.').is_some_and(|(_, decimals)| decimals.len() > digits);
        Self { amount, currency_code: CurrencyCode(currency), is_fraction }
    }
}

impl Shown for Money {
    const NAME: &'static str = "Money";

    fn object() -> Object<Self> {
        Object::<Self>::new("An exact amount of a currency.")
            .field(
                "amount",
                "The amount in units of the currency, with exactly the currency's decimals; with more, at most six, only if \
                 it is a fraction.",
                |money| money.amount.clone(),
            )
            .field(
                "isFraction",
                "Whether it is no whole number of the currency's smallest unit, as prices before rounding are.",
                |money| money.is_fraction,
            )
            .field("currencyCode", "The currency of the amount.", |money| money.currency_code)
    }
}

/// `micros` as a decimal with at least `digits` decimals and no zeros beyond. PURE.
pub(crate) fn decimal(micros: i64, digits: usize) -> Decimal {
    let sign = if micros < 0 { "-" } else { "" };
    let size = micros.unsigned_abs();
    let fraction = format!("{:06}", size % UNIT);
    let significant = fraction.trim_end_matches('0').len();
    let shown = significant.max(digits).min(MICRO_DIGITS);
    let whole = size / UNIT;
    Decimal(match shown {
        0 => format!("{sign}{whole}"),
        n => format!("{sign}{whole}.{}", &fraction[..n]),
    })
}

/// Why an amount that people entered is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadAmount {
    /// More decimals than allowed.
    TooManyDecimals(usize),
    /// Does not fit.
    TooLarge,
}

impl std::fmt::Display for BadAmount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooManyDecimals(n) => write!(f, "an amount with at most {n} decimals"),
            Self::TooLarge => write!(f, "an amount of at most 1000000000000"),
        }
    }
}

/// The micros of an amount with at most `digits` decimals. PURE.
pub(crate) fn micros(amount: &Decimal, digits: usize) -> Result<i64, BadAmount> {
    let (negative, text) = match amount.0.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, amount.0.as_str()),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > digits.min(MICRO_DIGITS) {
        return Err(BadAmount::TooManyDecimals(digits));
    }
    let whole: i64 = whole.parse().map_err(|_| BadAmount::TooLarge)?;
    if whole > domain::kernel::exact::AMOUNT_LIMIT {
        return Err(BadAmount::TooLarge);
    }
    let fraction: i64 = format!("{fraction:0<6}").parse().map_err(|_| BadAmount::TooLarge)?;
    let size = whole * 1_000_000 + fraction;
    Ok(if negative { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_show_the_currencys_decimals_and_no_less_than_they_have() {
        let usd: Currency = "USD".parse().unwrap();
        let jpy: Currency = "JPY".parse().unwrap();
        for (micros, currency, text) in [
            (12_300_000, usd, "12.30"),
            (-5, usd, "-0.000005"),
            (0, usd, "0.00"),
            (7_000_000, jpy, "7"),
            (7_100_000, jpy, "7.1"),
            (i64::MIN, usd, "-9223372036854.775808"),
        ] {
            let money = Money::of(micros, currency);
            let fraction = !matches!(text, "12.30" | "0.00" | "7");
            assert_eq!((money.amount.0.as_str(), money.is_fraction), (text, fraction));
        }
    }

    #[test]
    fn people_enter_at_most_the_decimals_of_the_currency() {
        let read = |text: &str, digits| micros(&Decimal(text.into()), digits);
        assert_eq!(read("12.34", 2), Ok(12_340_000));
        assert_eq!(read("-0.5", 2), Ok(-500_000));
        assert_eq!(read("12.345", 2), Err(BadAmount::TooManyDecimals(2)));
        assert_eq!(read("1.0", 0), Err(BadAmount::TooManyDecimals(0)));
        assert_eq!(read("1000000000000", 2), Ok(1_000_000_000_000_000_000));
        assert_eq!(read("1000000000001", 2), Err(BadAmount::TooLarge));
        assert_eq!(read("99999999999999999999", 2), Err(BadAmount::TooLarge));
    }
}
