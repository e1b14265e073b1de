//! The purposes of connections, and the longest waits of each.

use std::time::Duration;

/// Longest wait of a statement for SQLite's write lock: as long as a request waits for a connection. Batch
/// work tries again.
pub const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Longest wait of batch work in the queue of SQLite's writers; requests wait [`ACQUIRE_TIMEOUT`].
pub const BATCH_GATE_TIMEOUT: Duration = Duration::from_secs(60);
/// Longest wait of a request for a connection before it is told to come back.
pub const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// Longest statement for a caller who waits: as long as the API waits for an operation.
pub const STATEMENT_TIMEOUT: Duration = Duration::from_secs(10);
/// Longest wait of a caller's statement for a lock on PostgreSQL before it is told to come back: with the
/// wait for a connection still within the time of an operation, so that the caller hears of it.
pub const LOCK_TIMEOUT: Duration = Duration::from_secs(4);
/// Longest statement of work on very many rows: an hour is far beyond any month; what takes longer hangs.
pub const BATCH_STATEMENT_TIMEOUT: Duration = Duration::from_secs(3_600);
/// Longest wait of batch work for a lock: longer than any transaction of ours takes, shorter than it takes a
/// person to wonder.
pub const BATCH_LOCK_TIMEOUT: Duration = Duration::from_secs(60);
/// Longest silence of a client inside a transaction, in which it may hold locks: beyond it the client hangs
/// or is cut off.
pub const IDLE_IN_TRANSACTION_TIMEOUT: Duration = Duration::from_secs(15);
/// The same for batch work, which computes and reads files inside of its transactions.
pub const BATCH_IDLE_IN_TRANSACTION_TIMEOUT: Duration = Duration::from_secs(300);

/// Purpose of a pool's connections; PostgreSQL's own limits follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Callers wait: statements and locks have short limits.
    Requests,
    /// Imports, settlement, verification.
    Batch,
}

impl Purpose {
    /// PostgreSQL's settings for it: its limits in milliseconds, and no compiling of statements. That takes up to
    /// 300 ms where the planner takes a list of keys for half of the table, and nothing here gains as much.
    pub(crate) fn settings(self) -> [(&'static str, String); 4] {
        let [statement, lock, idle] = match self {
            Self::Requests => [STATEMENT_TIMEOUT, LOCK_TIMEOUT, IDLE_IN_TRANSACTION_TIMEOUT],
            Self::Batch => [BATCH_STATEMENT_TIMEOUT, BATCH_LOCK_TIMEOUT, BATCH_IDLE_IN_TRANSACTION_TIMEOUT],
        };
        let milliseconds = |limit: Duration| limit.as_millis().to_string();
        [
            ("statement_timeout", milliseconds(statement)),
            ("lock_timeout", milliseconds(lock)),
            ("idle_in_transaction_session_timeout", milliseconds(idle)),
            ("jit", "off".to_owned()),
        ]
    }

    /// Longest wait in the queue of SQLite's writers.
    pub(super) const fn gate_timeout(self) -> Duration {
        match self {
            Self::Requests => ACQUIRE_TIMEOUT,
            Self::Batch => BATCH_GATE_TIMEOUT,
        }
    }
}
