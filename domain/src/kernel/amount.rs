//! Amounts of money as people read them.

use entity::Currency;

/// Micros as people write them, with the currency. PURE.
#[must_use]
pub fn money(micros: i64, currency: Currency) -> String {
    format!("{} {currency}", currency.text(micros))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_with_the_decimals_of_its_currency_and_no_fewer_than_it_has() {
        let of = |code: &str| code.parse::<Currency>().unwrap();
        for (micros, currency, text) in [
            (1_500_000, "CNY", "1.50 CNY"),
            (-1, "CNY", "-0.000001 CNY"),
            (0, "JPY", "0 JPY"),
            (7_000_000, "JPY", "7 JPY"),
            (123_456_700, "USD", "123.4567 USD"),
        ] {
            assert_eq!(money(micros, of(currency)), text);
        }
    }
}
