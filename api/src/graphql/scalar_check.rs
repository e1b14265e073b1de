//! The form of our scalars, asked for before anything runs.

use async_graphql::{InputValueResult, Pos, ScalarType, Value};

use super::schema::scalars::{BigInt, CurrencyCode, Date, DateTime, Decimal, Month};

/// Judges a value of one of our scalars, as the front does for every literal and variable; `Err` says what to
/// write instead. Other scalars take everything.
pub fn check_scalar(scalar: &str, value: &Value) -> Result<(), String> {
    match scalar {
        "BigInt" => judged::<BigInt>(value),
        "CurrencyCode" => judged::<CurrencyCode>(value),
        "Date" => judged::<Date>(value),
        "DateTime" => judged::<DateTime>(value),
        "Decimal" => judged::<Decimal>(value),
        "Month" => judged::<Month>(value),
        _ => Ok(()),
    }
}

fn judged<T: ScalarType + async_graphql::InputType>(value: &Value) -> Result<(), String> {
    if !matches!(value, Value::String(_)) {
        return Err("write it as a string".to_owned());
    }
    let read: InputValueResult<T> = ScalarType::parse(value.clone());
    read.map(drop).map_err(|error| {
        let message = error.into_server_error(Pos::default()).message;
        // The library begins with the name of the scalar, which the front has said already.
        message.split_once("\": ").map_or(message.clone(), |(_, reason)| reason.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scalar_is_judged_by_its_form_and_says_what_to_write() {
        let good = [
            ("Month", "2026-08"),
            ("Date", "2026-02-28"),
            ("DateTime", "2026-08-01T00:00:00+08:00"),
            ("Decimal", "-1234.50"),
            ("BigInt", "5000000000"),
            ("CurrencyCode", "CNY"),
            ("ID", "anything"),
        ];
        for (scalar, text) in good {
            assert_eq!(check_scalar(scalar, &Value::from(text)), Ok(()), "{scalar} {text}");
        }
        let bad = [
            ("Month", "2026-13"),
            ("Date", "2026-02-30"),
            ("DateTime", "2026-08-01"),
            ("Decimal", "1e3"),
            ("BigInt", "9223372036854775808"),
            ("CurrencyCode", "XYZ"),
        ];
        for (scalar, text) in bad {
            let reason = check_scalar(scalar, &Value::from(text)).unwrap_err();
            assert!(!reason.contains("Failed to parse") && reason.len() > 5, "{scalar} {text} {reason}");
            for other in [Value::from(2026), Value::from(1.5), Value::from(true), Value::List(Vec::new())] {
                assert_eq!(check_scalar(scalar, &other).unwrap_err(), "write it as a string");
            }
        }
    }
}
