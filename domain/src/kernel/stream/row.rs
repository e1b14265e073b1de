//! One row of a stream: its columns are taken in the order in which they were selected.

use rusqlite::types::ValueRef;

use crate::kernel::error::{Error, Result};
use crate::kernel::raw::sqlite_error;

/// A row. Each call takes the next column; all of them have to be taken.
#[derive(Debug)]
pub struct Row<'a>(Kind<'a>);

#[derive(Debug)]
enum Kind<'a> {
    Sqlite {
        row: &'a rusqlite::Row<'a>,
        next: usize,
    },
    /// Each column is a length and that many bytes; a length below zero is NULL.
    Postgres(&'a [u8]),
}

/// A row that is not what was selected.
pub(super) fn torn() -> Error {
    Error::Invariant("a row of a stream is not what was selected".into())
}

impl<'a> Row<'a> {
    pub(super) fn sqlite(row: &'a rusqlite::Row<'a>) -> Self {
        Self(Kind::Sqlite { row, next: 0 })
    }

    pub(super) fn postgres(fields: &'a [u8]) -> Self {
        Self(Kind::Postgres(fields))
    }

    /// The bytes of PostgreSQL's answer that follow the row.
    pub(super) fn rest(self) -> Result<&'a [u8]> {
        match self.0 {
            Kind::Postgres(rest) => Ok(rest),
            Kind::Sqlite { .. } => Err(torn()),
        }
    }

    /// A whole number of any width, or a truth; NULL is none.
    #[inline]
    pub fn optional(&mut self) -> Result<Option<i64>> {
        match &mut self.0 {
            Kind::Sqlite { row, next } => {
                *next += 1;
                match row.get_ref(*next - 1).map_err(sqlite_error)? {
                    ValueRef::Integer(number) => Ok(Some(number)),
                    ValueRef::Null => Ok(None),
                    _ => Err(torn()),
                }
            }
            Kind::Postgres(bytes) => {
                let Some(field) = field(bytes)? else { return Ok(None) };
                match *field {
                    [a, b, c, d, e, f, g, h] => Ok(Some(i64::from_be_bytes([a, b, c, d, e, f, g, h]))),
                    [a, b, c, d] => Ok(Some(i64::from(i32::from_be_bytes([a, b, c, d])))),
                    [a, b] => Ok(Some(i64::from(i16::from_be_bytes([a, b])))),
                    [a] => Ok(Some(i64::from(a))),
                    _ => Err(torn()),
                }
            }
        }
    }

    /// A whole number that is there.
    #[inline]
    pub fn int(&mut self) -> Result<i64> {
        self.optional()?.ok_or_else(torn)
    }

    /// A whole number of 32 bits that is there.
    #[inline]
    pub fn int32(&mut self) -> Result<i32> {
        i32::try_from(self.int()?).map_err(|_| torn())
    }

    /// A code of an enum.
    #[inline]
    pub fn code(&mut self) -> Result<i16> {
        i16::try_from(self.int()?).map_err(|_| torn())
    }

    /// Takes a boolean column.
    #[inline]
    pub fn flag(&mut self) -> Result<bool> {
        Ok(self.int()? != 0)
    }

    /// Bytes that are there.
    #[inline]
    pub fn bytes(&mut self) -> Result<&'a [u8]> {
        match &mut self.0 {
            Kind::Sqlite { row, next } => {
                *next += 1;
                match row.get_ref(*next - 1).map_err(sqlite_error)? {
                    ValueRef::Blob(bytes) => Ok(bytes),
                    _ => Err(torn()),
                }
            }
            Kind::Postgres(bytes) => field(bytes)?.ok_or_else(torn),
        }
    }

    /// A text; NULL is none.
    #[inline]
    pub fn text(&mut self) -> Result<Option<&'a str>> {
        let bytes = match &mut self.0 {
            Kind::Sqlite { row, next } => {
                *next += 1;
                match row.get_ref(*next - 1).map_err(sqlite_error)? {
                    ValueRef::Text(bytes) => Some(bytes),
                    ValueRef::Null => None,
                    _ => return Err(torn()),
                }
            }
            Kind::Postgres(bytes) => field(bytes)?,
        };
        bytes.map(|bytes| std::str::from_utf8(bytes).map_err(|_| torn())).transpose()
    }
}

#[inline]
fn field<'a>(bytes: &mut &'a [u8]) -> Result<Option<&'a [u8]>> {
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or_else(torn)?;
    let Ok(length) = usize::try_from(i32::from_be_bytes(*length)) else {
        *bytes = rest;
        return Ok(None);
    };
    let (field, rest) = rest.split_at_checked(length).ok_or_else(torn)?;
    *bytes = rest;
    Ok(Some(field))
}
