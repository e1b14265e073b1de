//! Typed access to the values of one record, the same for CSV and Parquet.

use std::borrow::Cow;
use std::sync::Arc;

use entity::{Currency, Timestamp};

use super::instant::Seen;
use super::layout::Layout;
use super::names::Names;
use super::reject::RejectCode;
use super::{DETAIL_LIMIT, TEXT_LIMIT, clip};
use crate::kernel::exact::{Exact, ExactError};

/// A number or a time of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Null,
    Number(Exact),
    NoNumber(ExactError),
    Instant(Timestamp),
    NoInstant,
}

impl Value {
    /// What a text is as a number.
    #[inline]
    pub(super) fn number(text: &str) -> Self {
        match Exact::parse_any(text.as_bytes()) {
            Ok(number) => Self::Number(number),
            Err(error) => Self::NoNumber(error),
        }
    }

    /// What may be an instant.
    #[inline]
    pub(super) fn instant(at: Option<Timestamp>) -> Self {
        at.map_or(Self::NoInstant, Self::Instant)
    }
}

/// The values of one record. Numbers and times are those of their texts, however they are stored.
pub(super) trait Fields {
    /// The text at a place of the file, clean ([`crate::kernel::text::clean`]); `None` when it is null.
    fn text(&self, place: usize) -> Option<Cow<'_, str>>;

    /// The number at a place.
    fn number(&self, place: usize) -> Value {
        self.text(place).map_or(Value::Null, |text| Value::number(&text))
    }

    /// The instant at a place; `seen` is what the column said before.
    fn instant(&self, place: usize, seen: &mut Seen) -> Value {
        self.text(place).map_or(Value::Null, |text| Value::instant(seen.parse(&text)))
    }

    /// Appends the text at a place; `false` when it is null.
    fn append(&self, place: usize, into: &mut Vec<u8>) -> bool {
        self.text(place).map(|text| into.extend_from_slice(text.as_bytes())).is_some()
    }
}

/// Why a record is rejected, before its line and raw bytes are added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) column: Option<String>,
    pub(super) code: RejectCode,
    pub(super) detail: String,
}

/// A record through its known columns.
pub(super) struct Cells<'a, F> {
    pub(super) fields: &'a F,
    pub(super) layout: &'a Layout,
    /// By number of the known column, its number or time.
    pub(super) values: &'a [Value],
}

impl<F: Fields> Cells<'_, F> {
    /// The text of a column, however long; `None` when null or absent.
    #[inline]
    pub(super) fn get(&self, column: impl Into<usize>) -> Option<Cow<'_, str>> {
        self.fields.text(self.layout.place(column.into())?)
    }

    /// A fault of this column.
    #[cold]
    pub(super) fn fault(&self, column: impl Into<usize>, code: RejectCode, detail: &str) -> Fault {
        Fault {
            column: Some(self.layout.name(column.into())),
            code,
            detail: clip(detail, DETAIL_LIMIT).to_owned(),
        }
    }

    /// The fault of a value that must be there and is not.
    #[cold]
    fn missing(&self, column: impl Into<usize>) -> Fault {
        self.fault(column, RejectCode::MissingValue, "")
    }

    /// The fault of a value, quoting it.
    #[cold]
    fn bad(&self, column: impl Into<usize> + Copy, code: RejectCode) -> Fault {
        self.fault(column, code, &self.get(column).unwrap_or_default())
    }

    /// A text that may be kept: short enough for an index, without NUL.
    pub(super) fn text(&self, column: impl Into<usize> + Copy) -> Result<Option<Cow<'_, str>>, Fault> {
        self.layout.place(column.into()).map_or(Ok(None), |at| self.text_at(at))
    }

    fn text_at(&self, at: usize) -> Result<Option<Cow<'_, str>>, Fault> {
        let Some(text) = self.fields.text(at) else { return Ok(None) };
        let fault = |code, detail: &str| Fault {
            column: self.layout.header.get(at).map(|name| name.trim().to_owned()),
            code,
            detail: clip(detail, DETAIL_LIMIT).to_owned(),
        };
        if text.len() > TEXT_LIMIT {
            return Err(fault(RejectCode::TextTooLong, &text));
        }
        if memchr::memchr(0, text.as_bytes()).is_some() {
            return Err(fault(RejectCode::NulByte, ""));
        }
        Ok(Some(text))
    }

    /// A text of one row, to be kept.
    pub(super) fn own(&self, column: impl Into<usize> + Copy) -> Result<Option<String>, Fault> {
        Ok(self.text(column)?.map(Cow::into_owned))
    }

    /// The provider's own id of the line, where there is one.
    pub(super) fn line_id(&self) -> Result<Option<String>, Fault> {
        let Some(at) = self.layout.line_id else { return Ok(None) };
        Ok(self.text_at(at)?.map(Cow::into_owned))
    }

    /// A text that many rows share, to be kept.
    pub(super) fn name(
        &self,
        column: impl Into<usize> + Copy,
        names: &mut Names,
    ) -> Result<Option<Arc<str>>, Fault> {
        let Some(text) = self.get(column) else { return Ok(None) };
        if let Some(name) = names.known(&text) {
            return Ok(Some(name));
        }
        Ok(self.text(column)?.map(|text| names.add(&text)))
    }

    /// A shared text that may be missing: then it is empty.
    pub(super) fn name_or_empty(
        &self,
        column: impl Into<usize> + Copy,
        names: &mut Names,
    ) -> Result<Arc<str>, Fault> {
        Ok(self.name(column, names)?.unwrap_or_else(|| names.known("").unwrap_or_else(|| names.add(""))))
    }

    /// A shared text that must be there.
    pub(super) fn some_name(
        &self,
        column: impl Into<usize> + Copy,
        names: &mut Names,
    ) -> Result<Arc<str>, Fault> {
        self.name(column, names)?.ok_or_else(|| self.missing(column))
    }

    /// A value that must be there.
    pub(super) fn present(&self, column: impl Into<usize> + Copy) -> Result<Cow<'_, str>, Fault> {
        self.get(column).ok_or_else(|| self.missing(column))
    }

    fn value(&self, column: impl Into<usize>) -> &Value {
        self.values.get(column.into()).unwrap_or(&Value::Null)
    }

    /// An amount, where there is one.
    pub(super) fn amount(&self, column: impl Into<usize> + Copy) -> Result<Option<Exact>, Fault> {
        let code = match self.value(column) {
            Value::Number(number) if number.is_amount() => return Ok(Some(*number)),
            Value::Number(_) | Value::NoNumber(ExactError::TooLarge) => RejectCode::NumberTooLarge,
            Value::NoNumber(ExactError::TooManyDecimals) => RejectCode::TooManyDecimals,
            Value::NoNumber(ExactError::NotANumber) => RejectCode::BadNumber,
            Value::Null | Value::Instant(_) | Value::NoInstant => return Ok(None),
        };
        Err(self.bad(column, code))
    }

    /// An amount that must be there.
    pub(super) fn some_amount(&self, column: impl Into<usize> + Copy) -> Result<Exact, Fault> {
        self.amount(column)?.ok_or_else(|| self.missing(column))
    }

    /// An instant that must be there.
    pub(super) fn some_instant(&self, column: impl Into<usize> + Copy) -> Result<Timestamp, Fault> {
        match self.value(column) {
            Value::Instant(at) => Ok(*at),
            Value::NoInstant => Err(self.bad(column, RejectCode::BadDate)),
            Value::Null | Value::Number(_) | Value::NoNumber(_) => Err(self.missing(column)),
        }
    }

    /// A currency that must be there; `last` is that of the line before.
    pub(super) fn some_currency(
        &self,
        column: impl Into<usize> + Copy,
        last: &mut Option<Currency>,
    ) -> Result<Currency, Fault> {
        let text = self.present(column)?;
        if let Some(currency) = last
            && currency.as_str() == text
        {
            return Ok(*currency);
        }
        let currency = text.parse().map_err(|_| self.fault(column, RejectCode::UnknownCurrency, &text))?;
        *last = Some(currency);
        Ok(currency)
    }
}
