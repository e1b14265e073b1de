//! Numbers as text, many times a row: no allocation and no formatter. PURE.

/// Micros in one unit of a currency.
const UNIT: u64 = 1_000_000;
/// Decimals of a micro.
const MICRO_DIGITS: usize = 6;

/// Writes a whole number.
pub(super) fn push_int(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    push_size(out, number.unsigned_abs());
}

/// Writes micros as a decimal with at least `digits` decimals and no zeros beyond.
pub(super) fn push_amount(out: &mut Vec<u8>, micros: i64, digits: usize) {
    if micros < 0 {
        out.push(b'-');
    }
    let size = micros.unsigned_abs();
    push_size(out, size / UNIT);
    let mut fraction = size % UNIT;
    let mut text = [b'0'; MICRO_DIGITS];
    for digit in text.iter_mut().rev() {
        *digit = digit_of(fraction % 10);
        fraction /= 10;
    }
    let significant = text.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
    let shown = significant.max(digits.min(MICRO_DIGITS));
    if shown > 0 {
        out.push(b'.');
        out.extend_from_slice(&text[..shown]);
    }
}

/// Writes a number of two digits.
pub(super) fn push_two(out: &mut Vec<u8>, number: i32) {
    let number = u64::from(number.unsigned_abs());
    out.extend_from_slice(&[digit_of(number / 10 % 10), digit_of(number % 10)]);
}

fn push_size(out: &mut Vec<u8>, mut size: u64) {
    // u64::MAX has 20 digits.
    let mut text = [0; 20];
    let mut at = text.len();
    loop {
        at -= 1;
        text[at] = digit_of(size % 10);
        size /= 10;
        if size == 0 {
            break;
        }
    }
    out.extend_from_slice(&text[at..]);
}

/// The digit of a number below ten.
fn digit_of(number: u64) -> u8 {
    b'0' + (number % 10) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn amount(micros: i64, digits: usize) -> String {
        let mut out = Vec::new();
        push_amount(&mut out, micros, digits);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn amounts_show_the_currencys_decimals_and_no_less_than_they_have() {
        for (micros, digits, text) in [
            (12_300_000, 2, "12.30"),
            (-5, 2, "-0.000005"),
            (0, 2, "0.00"),
            (7_000_000, 0, "7"),
            (7_100_000, 0, "7.1"),
            (1_500_000, 3, "1.500"),
            (i64::MIN, 2, "-9223372036854.775808"),
            (i64::MAX, 2, "9223372036854.775807"),
        ] {
            assert_eq!(amount(micros, digits), text);
        }
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_they_are(number: i64) {
            let mut out = Vec::new();
            push_int(&mut out, number);
            prop_assert_eq!(String::from_utf8(out).unwrap(), number.to_string());
        }

        #[test]
        fn an_amount_reads_back_exactly(micros: i64, digits in 0_usize..4) {
            let text = amount(micros, digits);
            let exact = crate::kernel::exact::Exact::parse_any(text.as_bytes()).unwrap();
            prop_assert_eq!(exact, crate::kernel::exact::Exact::from_units(micros.into(), 6).unwrap());
        }
    }
}
