//! Columns of Parquet as the texts that CSV would have: one set of rules reads both.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, PrimitiveArray, StringArray};
use arrow_schema::{DataType, TimeUnit};

/// Seconds of a day, for dates.
const DAY_SECONDS: i64 = 86_400;

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
            DataType::Int8 => other(display::<Int8Type>),
            DataType::Int16 => other(display::<Int16Type>),
            DataType::Int32 => other(display::<Int32Type>),
            DataType::Int64 => other(display::<Int64Type>),
            DataType::UInt8 => other(display::<UInt8Type>),
            DataType::UInt16 => other(display::<UInt16Type>),
            DataType::UInt32 => other(display::<UInt32Type>),
            DataType::UInt64 => other(display::<UInt64Type>),
            DataType::Decimal128(_, scale) => {
                Ok(Self::Decimal { array: array.as_primitive::<Decimal128Type>().clone(), scale: *scale })
            }
            DataType::Date32 => other(|a, row| {
                instant(i128::from(a.as_primitive::<Date32Type>().value(row)) * i128::from(DAY_SECONDS), 1)
            }),
            DataType::Timestamp(TimeUnit::Second, _) => other(timestamp::<TimestampSecondType, 1>),
            DataType::Timestamp(TimeUnit::Millisecond, _) => {
                other(timestamp::<TimestampMillisecondType, 1_000>)
            }
            DataType::Timestamp(TimeUnit::Microsecond, _) => {
                other(timestamp::<TimestampMicrosecondType, 1_000_000>)
            }
            DataType::Timestamp(TimeUnit::Nanosecond, _) => {
                other(timestamp::<TimestampNanosecondType, 1_000_000_000>)
            }
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

    /// The text of a row; `None` when null.
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
        }
    }
}

/// Numbers as their shortest text; a float keeps the digits that identify it.
fn display<T>(array: &dyn Array, row: usize) -> Option<Cow<'_, str>>
where
    T: ArrowPrimitiveType,
    T::Native: std::fmt::Display,
{
    Some(array.as_primitive::<T>().value(row).to_string().into())
}

fn timestamp<T, const PER_SECOND: i128>(array: &dyn Array, row: usize) -> Option<Cow<'_, str>>
where
    T: ArrowPrimitiveType<Native = i64>,
{
    instant(i128::from(array.as_primitive::<T>().value(row)), PER_SECOND)
}

/// An instant as RFC 3339. A time without a zone is UTC, as in CSV. Years that no bill has come out as
/// the bare number, which no rule takes for a date.
fn instant(units: i128, per_second: i128) -> Option<Cow<'static, str>> {
    let micros = units * 1_000_000 / per_second;
    let at = i64::try_from(micros).ok().and_then(|micros| jiff::Timestamp::from_microsecond(micros).ok());
    Some(at.map_or_else(|| units.to_string(), |at| at.to_string()).into())
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
