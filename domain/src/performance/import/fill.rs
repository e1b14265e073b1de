//! Sorted rows on their way to posting, in batches, each equal row with its number.

use super::entry::{Entry, Packer, Place};
use super::spool::Sorted;
use crate::kernel::error::{Error, Result};

/// Rows of one transaction: large enough to spread its cost, small enough to lose little in a crash and to keep
/// other writers of an SQLite database waiting for well under a second.
pub const BATCH_ROWS: usize = 20_000;

/// Batches of rows behind the first ones.
#[derive(Debug)]
pub struct Batches {
    /// Taken out while a blocking thread reads from it.
    rest: Option<Rest>,
    /// The last row that was skipped.
    pub behind: Option<Place>,
    /// More rows than are sorted at once.
    pub long: bool,
}

/// What is left.
#[derive(Debug)]
struct Rest {
    sorted: Sorted,
    packer: Packer,
    numbers: Numbers,
}

impl Batches {
    /// Skips the first `posted` rows. An error if there are fewer.
    pub async fn begin(sorted: Sorted, packer: Packer, posted: u64) -> Result<Self> {
        let long = matches!(sorted, Sorted::Merged(_));
        let mut rest = Rest { sorted, packer, numbers: Numbers::default() };
        let skip = tokio::task::spawn_blocking(move || rest.skip(posted).map(|behind| (rest, behind)));
        let (rest, behind) = skip.await.map_err(|_| ended())??;
        Ok(Self { rest: Some(rest), behind, long })
    }

    /// The next batch; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<Entry>>> {
        let mut rest = self.rest.take().ok_or_else(ended)?;
        let fill = tokio::task::spawn_blocking(move || rest.fill().map(|batch| (rest, batch)));
        let (rest, batch) = fill.await.map_err(|_| ended())??;
        self.rest = Some(rest);
        Ok(Some(batch).filter(|batch| !batch.is_empty()))
    }
}

fn ended() -> Error {
    Error::Invariant("the sorting thread ended early".into())
}

impl Rest {
    fn skip(&mut self, rows: u64) -> Result<Option<Place>> {
        let mut row = Vec::new();
        for _ in 0..rows {
            let place = self.sorted.next(&mut row)?;
            let place =
                place.ok_or_else(|| Error::Invariant("more rows were posted than the file has".into()))?;
            self.numbers.of(place);
        }
        Ok(self.numbers.last)
    }

    fn fill(&mut self) -> Result<Vec<Entry>> {
        let (mut batch, mut row) = (Vec::with_capacity(BATCH_ROWS), Vec::new());
        while batch.len() < BATCH_ROWS
            && let Some(place) = self.sorted.next(&mut row)?
        {
            batch.push(self.packer.unpack(place, self.numbers.of(place), &row)?);
        }
        Ok(batch)
    }
}

/// Numbers equal rows, which stand behind each other.
#[derive(Debug, Default)]
struct Numbers {
    last: Option<Place>,
    number: i32,
}

impl Numbers {
    fn of(&mut self, place: Place) -> i32 {
        let again = self.last.is_some_and(|last| last.is_same_row(&place));
        self.number = if again { self.number + 1 } else { 1 };
        self.last = Some(place);
        self.number
    }
}
