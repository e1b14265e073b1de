//! The shared part of calls about many rows: their number, the fate of the others when one is refused, and
//! the answer.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Error, Refusal, Result};

/// Most rows of one call: one transaction holds them all.
pub const BULK_LIMIT: usize = 100;

entity::listed! {
    /// Treatment of the other rows of a call when one row is refused.
    BulkPolicy as "BulkPolicy"; [derive(Serialize, Deserialize)] {
        /// No row changes: the call is refused with the refusals of all rows.
        AllOrNothing [] = "ALL_OR_NOTHING",
        /// The rows that can change do; the others are listed with their refusals.
        SkipFailed [] = "SKIP_FAILED",
    }
}

/// Result of one row of a call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outcome<Id> {
    /// Row that the call named.
    pub id: Id,
    /// Refusals of the row; empty if it changed.
    pub refusals: Vec<Refusal>,
}

/// Results of the rows of a call, in the order asked for.
#[derive(Debug)]
pub(crate) struct Outcomes<Id> {
    /// The field of the input that lists them.
    list: &'static str,
    rows: Vec<Outcome<Id>>,
}

impl<Id: Copy + Ord + ToString> Outcomes<Id> {
    /// Of a call that names `ids` in the field `list`. Refuses none, too many, and one twice.
    pub(crate) fn of(list: &'static str, ids: impl Iterator<Item = Id>) -> Result<Self> {
        let rows: Vec<_> = ids.map(|id| Outcome { id, refusals: vec![] }).collect();
        let refuse = |detail: String| Err(Refusal::at(list, Code::Invalid, detail).into());
        if rows.is_empty() || rows.len() > BULK_LIMIT {
            return refuse(format!("1 to {BULK_LIMIT} {list} at once"));
        }
        let different: BTreeSet<Id> = rows.iter().map(|row| row.id).collect();
        if different.len() < rows.len() {
            return refuse("the same one twice".into());
        }
        Ok(Self { list, rows })
    }

    /// Notes what became of row `i`; an error that is no refusal ends the call.
    pub(crate) fn note(&mut self, i: usize, done: Result<()>) -> Result<()> {
        let refusals = match done {
            Ok(()) => return Ok(()),
            Err(Error::Refused(refusals)) => refusals,
            Err(error) => return Err(error),
        };
        let at = |refusal: Refusal| {
            let path = [self.list.to_owned(), i.to_string()].into_iter().chain(refusal.path).collect();
            Refusal { path, ..refusal }
        };
        let refusals = refusals.into_iter().map(at).collect();
        if let Some(row) = self.rows.get_mut(i) {
            row.refusals = refusals;
        }
        Ok(())
    }

    /// Subject of the call for the audit: the id of a single row, or the number of rows.
    pub(crate) fn about(&self) -> String {
        match &self.rows[..] {
            [one] => one.id.to_string(),
            many => format!("{} {}", many.len(), self.list),
        }
    }

    /// All of them; with ALL_OR_NOTHING every refusal of every row at once, if there is one.
    pub(crate) fn under(self, policy: BulkPolicy) -> Result<Vec<Outcome<Id>>> {
        let refusals: Vec<Refusal> = self.rows.iter().flat_map(|row| row.refusals.clone()).collect();
        if policy == BulkPolicy::AllOrNothing && !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        Ok(self.rows)
    }
}
