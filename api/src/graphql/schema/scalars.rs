//! Scalars of our own. What people write and what the API writes have one form each.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use entity::Timestamp;

/// Longest decimal taken, in bytes: 19 digits, a point and 36 decimals fit.
const DECIMAL_LIMIT: usize = 64;

fn text<T: async_graphql::InputType>(value: Value) -> Result<String, InputValueError<T>> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(InputValueError::expected_type(other)),
    }
}

/// An exact decimal number as a string, e.g. "1234.50". Never a float.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal(pub String);

/// An exact decimal number as a string, e.g. "1234.50". Never a float.
#[Scalar(specified_by_url = "https://www.w3.org/TR/xmlschema-2/#decimal")]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value)?;
        let digits = text.strip_prefix('-').unwrap_or(&text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if text.len() > DECIMAL_LIMIT || !plain(whole) || !plain(fraction) {
            return Err("write digits with a decimal point and no separators, e.g. 1234.50".into());
        }
        Ok(Self(text))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// An instant in RFC 3339, written in UTC with milliseconds, e.g. "2026-08-01T00:00:00.000Z". Input may have any
/// offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime(pub Timestamp);

/// An instant in RFC 3339, written in UTC with milliseconds, or with microseconds where it has any, e.g.
/// "2026-08-01T00:00:00.000Z". Ranges begin and end at microseconds. Input may have any offset.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value)?;
        Timestamp::parse_rfc3339(&text).map(Self).ok_or_else(|| "write e.g. 2026-08-01T00:00:00Z".into())
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339())
    }
}

impl DateTime {
    /// The end of a range; none if it is open.
    pub(crate) fn end(at: Timestamp) -> Option<Self> {
        (!at.is_forever()).then_some(Self(at))
    }
}

/// A calendar month of the programme, e.g. "2026-08".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Month(pub entity::Month);

/// A calendar month of the programme, e.g. "2026-08".
#[Scalar(specified_by_url = "https://www.iso.org/iso-8601-date-and-time-format.html")]
impl ScalarType for Month {
    fn parse(value: Value) -> InputValueResult<Self> {
        text(value)?.parse().map(Self).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A calendar day from 2000 to 2099, e.g. "2026-10-01".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date(pub entity::Day);

/// A calendar day from 2000 to 2099, e.g. "2026-10-01".
#[Scalar(specified_by_url = "https://www.iso.org/iso-8601-date-and-time-format.html")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        text(value)?.parse().map(Self).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// An ISO 4217 currency code in use, e.g. "CNY".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrencyCode(pub entity::Currency);

/// An ISO 4217 currency code in use, e.g. "CNY".
#[Scalar(specified_by_url = "https://www.iso.org/iso-4217-currency-codes.html")]
impl ScalarType for CurrencyCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        text(value)?.parse().map(Self).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A whole number that may pass 2³¹, as a string, e.g. "5000000000".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BigInt(pub i64);

/// A whole number that may pass 2³¹, as a string, e.g. "5000000000".
#[Scalar(specified_by_url = "https://www.w3.org/TR/xmlschema-2/#long")]
impl ScalarType for BigInt {
    fn parse(value: Value) -> InputValueResult<Self> {
        text(value)?.parse().map(Self).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}
