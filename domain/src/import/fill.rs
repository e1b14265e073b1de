//! The thread that hands sorted rows over for posting, in batches, each equal row with its number.

use sea_orm::DbErr;
use tokio::sync::mpsc;

use super::entry::{Entry, Packer, Place};
use super::spool::Sorted;
use crate::error::{Error, Result};

/// Rows of one transaction: large enough to spread its cost, small enough to lose little in a crash and to keep
/// other writers of an SQLite database waiting for well under a second.
pub const BATCH_ROWS: usize = 20_000;
/// Batches that may wait for the database.
const BATCHES_WAITING: usize = 1;

/// Batches of rows behind the first ones.
#[derive(Debug)]
pub struct Batches {
    receiver: mpsc::Receiver<Result<Vec<Entry>>>,
    /// The last row that was skipped.
    pub behind: Option<Place>,
}

impl Batches {
    /// Skips the first `posted` rows and hands over the others. An error if there are fewer.
    pub async fn begin(mut sorted: Sorted, packer: Packer, posted: u64) -> Result<Self> {
        let (first, skipped) = tokio::sync::oneshot::channel();
        let (sender, receiver) = mpsc::channel(BATCHES_WAITING);
        tokio::task::spawn_blocking(move || {
            let mut numbers = Numbers::default();
            let behind = skip(&mut sorted, &mut numbers, posted);
            let goes_on = behind.is_ok();
            if first.send(behind).is_err() || !goes_on {
                return;
            }
            loop {
                let batch = fill(&mut sorted, &packer, &mut numbers);
                let last = batch.as_ref().map_or(true, |batch| batch.len() < BATCH_ROWS);
                if sender.blocking_send(batch).is_err() || last {
                    return;
                }
            }
        });
        let behind = skipped.await.map_err(|_| DbErr::Custom("the sorting thread ended".into()))??;
        Ok(Self { receiver, behind })
    }

    /// The next batch; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<Entry>>> {
        let batch = self.receiver.recv().await.transpose()?;
        Ok(batch.filter(|batch| !batch.is_empty()))
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

fn skip(sorted: &mut Sorted, numbers: &mut Numbers, rows: u64) -> Result<Option<Place>> {
    let mut row = Vec::new();
    for _ in 0..rows {
        let place = sorted.next(&mut row)?;
        let place =
            place.ok_or_else(|| Error::Invariant("more rows were posted than the file has".into()))?;
        numbers.of(place);
    }
    Ok(numbers.last)
}

fn fill(sorted: &mut Sorted, packer: &Packer, numbers: &mut Numbers) -> Result<Vec<Entry>> {
    let (mut batch, mut row) = (Vec::with_capacity(BATCH_ROWS), Vec::new());
    while batch.len() < BATCH_ROWS
        && let Some(place) = sorted.next(&mut row)?
    {
        batch.push(packer.unpack(place, numbers.of(place), &row)?);
    }
    Ok(batch)
}
