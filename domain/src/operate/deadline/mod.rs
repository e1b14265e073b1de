//! Deadlines at work: reminders are given, and what has passed falls due with what follows from it.

mod effect;
mod fall_due;
mod remind;
mod tell;

pub(crate) use fall_due::PASSED;
pub use fall_due::fall_due;
pub(crate) use remind::WAITING as REMINDERS_WAITING;
pub use remind::remind;

use crate::kernel::error::Result;
use crate::kernel::store::Store;

/// Deadlines that one transaction works on: a few hundred events fit any lock's patience.
const BATCH: u64 = 200;

/// Gives the reminders that are due and lets fall due what is due, each exactly once, whoever else does the same.
pub async fn work(store: &Store) -> Result<()> {
    fall_due(store).await?;
    remind(store).await?;
    Ok(())
}
