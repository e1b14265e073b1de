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

/// Rows that are posted together.
#[derive(Debug)]
pub struct Filled {
    /// The rows. Those of one natural key are never cut apart.
    pub rows: Vec<Entry>,
    /// Nothing of the last row's account and month follows.
    pub ends: bool,
}

/// What is left.
#[derive(Debug)]
struct Rest {
    /// A row that was read and did not go into the batch before.
    ahead: Option<(Place, Vec<u8>)>,
    sorted: Sorted,
    packer: Packer,
    numbers: Numbers,
}

impl Batches {
    /// Skips the first `posted` rows. An error if there are fewer.
    pub async fn begin(sorted: Sorted, packer: Packer, posted: u64) -> Result<Self> {
        let long = matches!(sorted, Sorted::Merged(_));
        let mut rest = Rest { ahead: None, sorted, packer, numbers: Numbers::default() };
        let skip = tokio::task::spawn_blocking(move || rest.skip(posted).map(|behind| (rest, behind)));
        let (rest, behind) = skip.await.map_err(|_| ended())??;
        Ok(Self { rest: Some(rest), behind, long })
    }

    /// The next batch; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<Filled>> {
        let mut rest = self.rest.take().ok_or_else(ended)?;
        let fill = tokio::task::spawn_blocking(move || rest.fill().map(|batch| (rest, batch)));
        let (rest, batch) = fill.await.map_err(|_| ended())??;
        self.rest = Some(rest);
        Ok(Some(batch).filter(|batch| !batch.rows.is_empty()))
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

    fn fill(&mut self) -> Result<Filled> {
        let (mut rows, mut row): (Vec<Entry>, _) = (Vec::with_capacity(BATCH_ROWS), Vec::new());
        if let Some((place, row)) = self.ahead.take() {
            rows.push(self.packer.unpack(place, self.numbers.of(place), &row)?);
        }
        while let Some(place) = self.sorted.next(&mut row)? {
            let last = rows.last().map(|last| last.place);
            if rows.len() >= BATCH_ROWS && last.is_some_and(|last| !last.is_same_row(&place)) {
                let ends = last.is_some_and(|l| (l.month, l.account) != (place.month, place.account));
                self.ahead = Some((place, row));
                return Ok(Filled { rows, ends });
            }
            rows.push(self.packer.unpack(place, self.numbers.of(place), &row)?);
        }
        Ok(Filled { rows, ends: true })
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
