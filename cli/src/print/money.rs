//! Money for people. PURE.

use entity::Currency;

/// `micros` as a plain decimal with at least the currency's decimals and no rounding.
pub(crate) fn text(micros: i64, currency: Currency) -> String {
    currency.text(micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_has_at_least_the_decimals_of_its_currency() {
        for (micros, currency, shown) in [
            (1_500_000, "USD", "1.50"),
            (-1_234_567, "USD", "-1.234567"),
            (0, "USD", "0.00"),
            (2_000_000, "JPY", "2"),
            (2_500_000, "JPY", "2.5"),
            (i64::MIN, "KWD", "-9223372036854.775808"),
        ] {
            assert_eq!(text(micros, currency.parse().unwrap()), shown);
        }
    }
}
