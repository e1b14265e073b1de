//! Rows of one level without their type, and where the rows below them are.

use std::any::Any;
use std::ops::Range;
use std::sync::Arc;

use super::leaf::Leaf;
use super::table::Table;
use crate::json::Json;

/// Rows of one type.
pub(crate) trait RowSet: Send + Sync {
    /// How many there are.
    fn count(&self) -> usize;
    /// One of them.
    fn row(&self, at: usize) -> Option<&dyn Any>;
    /// All of them: a `Vec` of the type.
    fn all(&self) -> &dyn Any;
}

impl<T: Send + Sync + 'static> RowSet for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn row(&self, at: usize) -> Option<&dyn Any> {
        self.get(at).map(|row| row as &dyn Any)
    }

    fn all(&self) -> &dyn Any {
        self
    }
}

/// One row among the parts of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Number of the part.
    pub(crate) part: usize,
    /// Number of the row in the part.
    pub(crate) row: usize,
}

/// The objects that one row has in a column.
#[derive(Clone, Debug)]
pub(crate) enum Span {
    /// None.
    Null,
    /// One object.
    One(Place),
    /// A list of neighbours in the first part.
    Many(Range<usize>),
    /// A list from anywhere, with holes.
    Picked(Vec<Option<Place>>),
}

impl Span {
    /// One object of the first part.
    pub(crate) fn one(row: usize) -> Self {
        Self::One(Place { part: 0, row })
    }
}

/// Objects of one type below the rows of a level.
pub(crate) struct Part {
    /// Their type.
    pub(crate) table: &'static Table,
    /// The objects.
    pub(crate) rows: Arc<dyn RowSet>,
}

/// A field of all rows of a level at once.
pub(crate) enum Column {
    /// Values, one a row.
    Leaves(Box<dyn Leaves>),
    /// Objects: which ones each row has, and the objects.
    Objects {
        /// One a row.
        spans: Vec<Span>,
        /// The objects, each kind once; none is there twice.
        parts: Vec<Part>,
    },
}

/// Values without their type, one a row.
pub(crate) trait Leaves: Send + Sync {
    /// Writes the value of a row; false if it is null.
    fn put(&self, at: usize, out: &mut Json) -> bool;
}

impl<V: Leaf + Send + Sync> Leaves for Vec<V> {
    fn put(&self, at: usize, out: &mut Json) -> bool {
        match self.get(at) {
            Some(value) => value.put(out),
            None => {
                out.null();
                false
            }
        }
    }
}
