//! Exact numbers, against a plain integer reference.

use super::*;
use proptest::prelude::*;

fn exact(text: &str) -> Exact {
    Exact::parse(text.as_bytes()).unwrap()
}

#[test]
fn reads_the_numbers_that_bills_write() {
    for (text, shown) in [
        ("0", "0"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("+5", "5"),
        (".5", "0.5"),
        ("-.5", "-0.5"),
        ("0.00000080000", "0.0000008"),
        ("1e5", "100000"),
        ("1E+2", "100"),
        ("15e-1", "1.5"),
        ("1.5e-3", "0.0015"),
        ("0e999999999999999", "0"),
        ("007.10", "7.1"),
        ("0.000000000000000000000000000000000001", "0.000000000000000000000000000000000001"),
        ("-0.000000000000000000000000000000000001", "-0.000000000000000000000000000000000001"),
        ("1.0000000000000000000000000000000000000000", "1"),
        ("1000000000000", "1000000000000"),
        ("-1000000000000", "-1000000000000"),
        (
            "123456789012.123456789012345678901234567890123456",
            "123456789012.123456789012345678901234567890123456",
        ),
    ] {
        assert_eq!(exact(text).to_string(), shown, "{text}");
    }
}

#[test]
fn refuses_what_is_no_number_too_large_or_too_fine() {
    use ExactError::{NotANumber, TooLarge, TooManyDecimals};
    for (text, error) in [
        ("", NotANumber),
        (".", NotANumber),
        ("5.", NotANumber),
        ("-", NotANumber),
        ("1,234.56", NotANumber),
        ("NaN", NotANumber),
        ("inf", NotANumber),
        ("Infinity", NotANumber),
        ("0x10", NotANumber),
        ("1e", NotANumber),
        ("1e+", NotANumber),
        ("e5", NotANumber),
        (".e5", NotANumber),
        ("1.2.3", NotANumber),
        ("--1", NotANumber),
        (" 1", NotANumber),
        ("1_000", NotANumber),
        ("$1", NotANumber),
        ("abc", NotANumber),
        ("\u{0661}", NotANumber),
        ("1000000000000.000000000000000000000000000000000001", TooLarge),
        ("-1000000000001", TooLarge),
        ("123456789012345678901234567890", TooLarge),
        ("1e13", TooLarge),
        ("1e99999999999999999999", TooLarge),
        ("1e-37", TooManyDecimals),
        ("0.0000000000000000000000000000000000001", TooManyDecimals),
    ] {
        assert_eq!(Exact::parse(text.as_bytes()), Err(error), "{text}");
    }
}

#[test]
fn rounds_halves_away_from_zero() {
    for (text, micros) in [
        ("0.0000005", 1),
        ("-0.0000005", -1),
        ("0.0000004999999999999999999", 0),
        ("-0.0000004999999999999999999", 0),
        ("0.000000500000000000000000000000000001", 1),
        ("-0.000000500000000000000000000000000001", -1),
        ("-0.000000499999999999999999999999999999", 0),
        ("20.52022672899", 20_520_227),
        ("-1", -1_000_000),
        ("0", 0),
    ] {
        assert_eq!(exact(text).round_to_micros(), Some(micros), "{text}");
    }
    assert_eq!("10000000000000".parse::<Exact>().unwrap().round_to_micros(), None, "beyond i64 micros");
}

#[test]
fn sums_that_do_not_fit_are_refused() {
    let top = Exact { hi: i128::MAX, lo: 999_999_999_999_999_999 };
    assert_eq!(top.checked_add(exact("1e-36")), None);
    assert_eq!(Exact { hi: i128::MIN, lo: 0 }.checked_sub(exact("1e-36")), None);
    assert_eq!(top.checked_sub(top), Some(Exact::ZERO));
}

proptest! {
    #[test]
    fn what_is_shown_reads_back(hi in -(1_i128 << 100)..(1_i128 << 100), lo in 0..1_000_000_000_000_000_000_u64) {
        let value = Exact { hi, lo };
        prop_assert_eq!(value.to_string().parse::<Exact>(), Ok(value));
        prop_assert_eq!(-(-value), value);
        prop_assert_eq!(value.checked_sub(value), Some(Exact::ZERO));
        prop_assert_eq!(value.is_negative(), value < Exact::ZERO);
    }

    #[test]
    fn adds_orders_and_rounds_like_whole_numbers(a in -(1_i128 << 120)..(1_i128 << 120), b in -(1_i128 << 120)..(1_i128 << 120)) {
        // The reference: whole numbers of 10^-36.
        let from = |n: i128| Exact { hi: n.div_euclid(SCALE), lo: u64::try_from(n.rem_euclid(SCALE)).unwrap() };
        prop_assert_eq!(from(a).checked_add(from(b)), Some(from(a + b)));
        prop_assert_eq!(from(a).checked_sub(from(b)), Some(from(a - b)));
        prop_assert_eq!(from(a).cmp(&from(b)), a.cmp(&b));
        let micro = SCALE * HI_PER_MICRO;
        let half_up = (a.abs() + micro / 2) / micro * a.signum();
        prop_assert_eq!(from(a).round_to_micros().map(i128::from), Some(half_up));
    }

    #[test]
    fn reads_any_placement_of_the_point(mantissa in any::<i64>(), exponent in -17_i64..0) {
        let text = format!("{mantissa}e{exponent}");
        let value = text.parse::<Exact>().unwrap();
        let shift = 10_i128.pow(u32::try_from(exponent + 18).unwrap());
        prop_assert_eq!(value, Exact { hi: i128::from(mantissa) * shift, lo: 0 });
    }

    #[test]
    fn micros_survive(micros in any::<i64>()) {
        prop_assert_eq!(Exact::from_micros(micros).round_to_micros(), Some(micros));
    }

    #[test]
    fn no_text_is_a_surprise(text in proptest::collection::vec(any::<u8>(), 0..60)) {
        let _ = Exact::parse(&text);
    }

    #[test]
    fn no_number_like_text_is_a_surprise(text in "[+-]?[0-9.eE+-]{0,60}") {
        if let Ok(value) = text.parse::<Exact>() {
            prop_assert_eq!(value.to_string().parse::<Exact>(), Ok(value));
        }
    }
}
