//! Typed access to the values of one record, the same for CSV and Parquet.

use std::borrow::Cow;

use entity::{Currency, Timestamp};

use super::layout::Layout;
use super::reject::RejectCode;
use super::{DETAIL_LIMIT, TEXT_LIMIT, clip, instant};
use crate::exact::{Exact, ExactError};

/// The values of one record as texts.
pub(super) trait Fields {
    /// The text at a place of the file, without blanks around it; `None` when it is null.
    fn text(&self, place: usize) -> Option<Cow<'_, str>>;
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
}

impl<F: Fields> Cells<'_, F> {
    /// The text of a column, however long; `None` when null or absent.
    pub(super) fn get(&self, column: impl Into<usize>) -> Option<Cow<'_, str>> {
        self.fields.text(self.layout.place(column.into())?)
    }

    /// A fault of this column.
    pub(super) fn fault(&self, column: impl Into<usize>, code: RejectCode, detail: &str) -> Fault {
        Fault {
            column: Some(self.layout.name(column.into())),
            code,
            detail: clip(detail, DETAIL_LIMIT).to_owned(),
        }
    }

    /// A text to be kept: short enough for an index, without NUL.
    pub(super) fn text(&self, column: impl Into<usize> + Copy) -> Result<Option<String>, Fault> {
        let Some(text) = self.get(column) else { return Ok(None) };
        if text.len() > TEXT_LIMIT {
            return Err(self.fault(column, RejectCode::TextTooLong, &text));
        }
        if text.contains('\0') {
            return Err(self.fault(column, RejectCode::NulByte, ""));
        }
        Ok(Some(text.into_owned()))
    }

    /// A value that must be there.
    pub(super) fn present(&self, column: impl Into<usize> + Copy) -> Result<Cow<'_, str>, Fault> {
        self.get(column).ok_or_else(|| self.fault(column, RejectCode::MissingValue, ""))
    }

    /// A text to be kept that must be there.
    pub(super) fn some_text(&self, column: impl Into<usize> + Copy) -> Result<String, Fault> {
        self.text(column)?.ok_or_else(|| self.fault(column, RejectCode::MissingValue, ""))
    }

    /// An amount, where there is one.
    pub(super) fn amount(&self, column: impl Into<usize> + Copy) -> Result<Option<Exact>, Fault> {
        let Some(text) = self.get(column) else { return Ok(None) };
        let fault = |error| {
            let code = match error {
                ExactError::NotANumber => RejectCode::BadNumber,
                ExactError::TooLarge => RejectCode::NumberTooLarge,
                ExactError::TooManyDecimals => RejectCode::TooManyDecimals,
            };
            self.fault(column, code, &text)
        };
        Exact::parse(text.as_bytes()).map(Some).map_err(fault)
    }

    /// An amount that must be there.
    pub(super) fn some_amount(&self, column: impl Into<usize> + Copy) -> Result<Exact, Fault> {
        self.amount(column)?.ok_or_else(|| self.fault(column, RejectCode::MissingValue, ""))
    }

    /// An instant that must be there.
    pub(super) fn some_instant(&self, column: impl Into<usize> + Copy) -> Result<Timestamp, Fault> {
        let text = self.present(column)?;
        instant::parse(&text).ok_or_else(|| self.fault(column, RejectCode::BadDate, &text))
    }

    /// A currency that must be there.
    pub(super) fn some_currency(&self, column: impl Into<usize> + Copy) -> Result<Currency, Fault> {
        let text = self.present(column)?;
        text.parse().map_err(|_| self.fault(column, RejectCode::UnknownCurrency, &text))
    }
}
