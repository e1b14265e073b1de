//! The turn in which the books are changed.

use entity::Timestamp;

use crate::kernel::store::{Store, Tx};
use crate::kernel::write::{Context, Write};

/// One change under way: the transaction it is written in, the store beside it, who makes it, and its one instant.
#[derive(Clone, Copy, Debug)]
pub struct Turn<'a> {
    /// Everything of the change is written in it, or nothing.
    pub tx: &'a Tx,
    /// Store that gives ids.
    pub store: &'a Store,
    /// Actor on whose behalf it is made.
    pub context: &'a Context,
    /// Its one instant.
    pub now: Timestamp,
}

impl<'a> Turn<'a> {
    /// The turn of a mutation that `context` asked for.
    #[must_use]
    pub fn of(write: &'a Write, store: &'a Store, context: &'a Context) -> Self {
        Self { tx: write.tx(), store, context, now: write.now }
    }

    /// The same change, made by another.
    #[must_use]
    pub const fn by<'b>(self, context: &'b Context) -> Turn<'b>
    where
        'a: 'b,
    {
        Turn { tx: self.tx, store: self.store, context, now: self.now }
    }
}
