//! Columns of Parquet as the texts that CSV would have: one set of rules reads both. Numbers and times that
//! are stored as such are taken as they are where that says the same as their text.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, PrimitiveArray, StringArray};
use arrow_schema::{DataType, TimeUnit};
use entity::Timestamp;
use entity::timestamp::SECOND;

use super::fields::Value;
use crate::kernel::exact::Exact;

/// Seconds of a day, for dates.
const DAY_SECONDS: i64 = 86_400;
/// The instants in microseconds that have a text of four digits of the year: 0000-01-01 to 9999-12-30T22:00.
const PLAIN_INSTANTS: std::ops::Range<i64> = -62_167_219_200_000_000..253_402_207_200_000_000;

/// A column whose values can be read as text.
pub(super) enum TextColumn {
    /// Texts as they are stored.
    Utf8(StringArray),
    /// Texts of the other layouts.
    Other { array: ArrayRef, text: for<'a> fn(&'a dyn Array, usize) -> Option<Cow<'a, str>> },
    /// Values kept once: the key of each row, and the values.
    Dictionary { keys: Vec<usize>, array: ArrayRef, values: Box<TextColumn> },
    /// Decimals with their scale.
    Decimal { array: PrimitiveArray<Decimal128Type>, scale: i8 },
    /// Whole numbers.
    Integer(PrimitiveArray<Int64Type>),
    /// Instants, with how many of their units a second has.
    Time { array: PrimitiveArray<Int64Type>, per_second: i64 },
    /// Nothing but nulls.
    Null,
}

impl TextColumn {
    /// Prepares a column, or says why it cannot be read.
    pub(super) fn new(array: &ArrayRef) -> Result<Self, String> {
        let other = |text| Ok(Self::Other { array: array.clone(), text });
        match array.data_type() {
            DataType::Null => Ok(Self::Null),
            DataType::Utf8 => Ok(Self::Utf8(array.as_string::<i32>().clone())),
            DataType::LargeUtf8 => other(|a, row| Some(a.as_string::<i64>().value(row).into())),
            DataType::Utf8View => other(|a, row| Some(a.as_string_view().value(row).into())),
            DataType::Binary => utf8(array).and_then(|()| other(binary)),
            DataType::Boolean => other(|a, row| Some(a.as_boolean().value(row).to_string().into())),
            DataType::Float64 => other(display::<Float64Type>),
            DataType::Float32 => other(display::<Float32Type>),
            DataType::Int8 => Ok(integer::<Int8Type>(array)),
            DataType::Int16 => Ok(integer::<Int16Type>(array)),
            DataType::Int32 => Ok(integer::<Int32Type>(array)),
            DataType::Int64 => Ok(Self::Integer(array.as_primitive::<Int64Type>().clone())),
            DataType::UInt8 => Ok(integer::<UInt8Type>(array)),
            DataType::UInt16 => Ok(integer::<UInt16Type>(array)),
            DataType::UInt32 => Ok(integer::<UInt32Type>(array)),
            DataType::UInt64 => other(display::<UInt64Type>),
            DataType::Decimal128(_, scale) => {
                Ok(Self::Decimal { array: array.as_primitive::<Decimal128Type>().clone(), scale: *scale })
            }
            DataType::Date32 => {
                let days = array.as_primitive::<Date32Type>();
                Ok(Self::Time { array: days.unary(|day| i64::from(day) * DAY_SECONDS), per_second: 1 })
            }
            DataType::Timestamp(unit, _) => Ok(time(array, *unit)),
            DataType::Map(_, _) => other(map),
            DataType::Dictionary(_, _) => {
                let dictionary = array.as_any_dictionary();
                if dictionary.values().is_empty() {
                    return Ok(Self::Null);
                }
                let values = Box::new(Self::new(dictionary.values())?);
                Ok(Self::Dictionary { keys: dictionary.normalized_keys(), array: array.clone(), values })
            }
            kind => Err(format!("values of type {kind} are not supported")),
        }
    }

    /// The number of a row, where it can be had without its text: the same as the text's.
    pub(super) fn number(&self, row: usize) -> Option<Value> {
        let (units, scale) = match self {
            Self::Decimal { array, scale } if array.is_valid(row) => (array.value(row), *scale),
            Self::Integer(array) if array.is_valid(row) => (i128::from(array.value(row)), 0),
            Self::Decimal { .. } | Self::Integer(_) | Self::Null => return Some(Value::Null),
            Self::Utf8(_) | Self::Other { .. } | Self::Dictionary { .. } | Self::Time { .. } => return None,
        };
        Exact::from_units(units, scale).map(Value::Number)
    }

    /// The instant of a row, where it can be had without its text: the same as the text's.
    pub(super) fn instant(&self, row: usize) -> Option<Value> {
        match self {
            Self::Time { array, per_second } if array.is_valid(row) => {
                plain_instant(array.value(row), *per_second).map(Value::Instant)
            }
            Self::Time { .. } | Self::Null => Some(Value::Null),
            _ => None,
        }
    }

    /// The text of a row where it is stored as such; `None` when null or stored otherwise.
    #[inline]
    pub(super) fn stored(&self, row: usize) -> Option<&str> {
        match self {
            Self::Utf8(array) if array.is_valid(row) => Some(array.value(row)),
            _ => None,
        }
    }

    /// The text of a row; `None` when null.
    #[inline]
    pub(super) fn text(&self, row: usize) -> Option<Cow<'_, str>> {
        match self {
            Self::Null => None,
            Self::Utf8(array) => array.is_valid(row).then(|| array.value(row).into()),
            Self::Other { array, text } => array.is_valid(row).then(|| text(array.as_ref(), row)).flatten(),
            Self::Dictionary { keys, array, values } => {
                array.is_valid(row).then(|| values.text(*keys.get(row)?)).flatten()
            }
            Self::Decimal { array, scale } => {
                array.is_valid(row).then(|| format!("{}e{}", array.value(row), -i32::from(*scale)).into())
            }
            Self::Integer(array) => array.is_valid(row).then(|| array.value(row).to_string().into()),
            Self::Time { array, per_second } => {
                array.is_valid(row).then(|| instant(array.value(row), *per_second))
            }
        }
    }
}

fn integer<T: ArrowPrimitiveType>(array: &ArrayRef) -> TextColumn
where
    i64: From<T::Native>,
{
    TextColumn::Integer(array.as_primitive::<T>().unary(i64::from))
}

fn time(array: &ArrayRef, unit: TimeUnit) -> TextColumn {
    let (array, per_second) = match unit {
        TimeUnit::Second => (array.as_primitive::<TimestampSecondType>().reinterpret_cast(), 1),
        TimeUnit::Millisecond => (array.as_primitive::<TimestampMillisecondType>().reinterpret_cast(), 1_000),
        TimeUnit::Microsecond => {
            (array.as_primitive::<TimestampMicrosecondType>().reinterpret_cast(), 1_000_000)
        }
        TimeUnit::Nanosecond => {
            (array.as_primitive::<TimestampNanosecondType>().reinterpret_cast(), 1_000_000_000)
        }
    };
    TextColumn::Time { array, per_second }
}

/// Numbers as their shortest text; a float keeps the digits that identify it.
fn display<T>(array: &dyn Array, row: usize) -> Option<Cow<'_, str>>
where
    T: ArrowPrimitiveType,
    T::Native: std::fmt::Display,
{
    Some(array.as_primitive::<T>().value(row).to_string().into())
}

/// Digits below the microsecond are cut; `None` beyond the range of microseconds.
fn micros(units: i64, per_second: i64) -> Option<i64> {
    if per_second > SECOND {
        Some(units / (per_second / SECOND))
    } else {
        units.checked_mul(SECOND / per_second)
    }
}

/// An instant as RFC 3339. A time without a zone is UTC, as in CSV. Years that no bill has come out as
/// the bare number, which no rule takes for a date.
fn instant(units: i64, per_second: i64) -> Cow<'static, str> {
    let at = micros(units, per_second).and_then(|micros| jiff::Timestamp::from_microsecond(micros).ok());
    at.map_or_else(|| units.to_string(), |at| at.to_string()).into()
}

/// The instant that [`instant`] writes, where its text is certain to be read as what it was.
fn plain_instant(units: i64, per_second: i64) -> Option<Timestamp> {
    micros(units, per_second).filter(|micros| PLAIN_INSTANTS.contains(micros)).map(Timestamp)
}

/// Binary columns are texts of writers that did not say so: they must be UTF-8.
fn utf8(array: &ArrayRef) -> Result<(), String> {
    let texts = array.as_binary::<i32>();
    let valid = texts.iter().flatten().all(|bytes| std::str::from_utf8(bytes).is_ok());
    if valid { Ok(()) } else { Err("binary values that are not UTF-8".to_owned()) }
}

fn binary(array: &dyn Array, row: usize) -> Option<Cow<'_, str>> {
    std::str::from_utf8(array.as_binary::<i32>().value(row)).ok().map(Cow::Borrowed)
}

/// Tags as a map of texts, written as the JSON object FOCUS wants, in the order of their names.
fn map(array: &dyn Array, row: usize) -> Option<Cow<'_, str>> {
    let entries = array.as_map().value(row);
    let keys = TextColumn::new(entries.columns().first()?).ok()?;
    let values = TextColumn::new(entries.columns().get(1)?).ok()?;
    let text = |column: &TextColumn, at| column.text(at).map(Cow::into_owned);
    let pairs: std::collections::BTreeMap<String, Option<String>> =
        (0..entries.len()).filter_map(|at| Some((text(&keys, at)?, text(&values, at)))).collect();
    serde_json::to_string(&pairs).ok().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::instant;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_instant_says_the_same_as_its_text(units: i64, small in -300_000_000_000_i64..300_000_000_000) {
            for per_second in [1, 1_000, 1_000_000, 1_000_000_000] {
                for units in [units, small, small.saturating_mul(per_second), -62_167_219_200 * per_second.min(1_000)] {
                    if let Some(at) = plain_instant(units, per_second) {
                        let text = super::instant(units, per_second);
                        prop_assert_eq!(Some(at), instant::parse(&text), "{}", text);
                    }
                }
            }
        }

        #[test]
        fn a_decimal_says_the_same_as_its_text(units: i128, short: i64, scale in -38..=38_i8) {
            for units in [units, i128::from(short), i128::from(short % 1_000_000)] {
                if let Some(number) = Exact::from_units(units, scale) {
                    let text = format!("{units}e{}", -i32::from(scale));
                    prop_assert_eq!(Ok(number), Exact::parse_any(text.as_bytes()), "{}", text);
                }
            }
        }
    }
}
