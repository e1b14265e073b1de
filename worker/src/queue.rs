//! The queue seen from outside: ring a bell, ask whether the queue answers, listen. Two backends, one switch.

use std::time::Duration;

use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::{
    bell::Bell, guard::Guard, queue_listen::QueueError, queue_redis::RedisQueue, queue_rung::Rung,
    queue_sqlite::SqliteQueue,
};

/// Longest time one ring or ping may take, in seconds. Ringing is best effort: a caller that has
/// already committed its row must not hang on a queue that is away.
const ANSWER_LIMIT: Duration = Duration::from_secs(2);

/// Place in which bells are kept.
#[derive(Clone, Debug)]
pub enum QueueConfig {
    /// Tables in the product's own SQLite database; the pool is shared with the rest of the program.
    Sqlite {
        /// The pool, shared with the rest of the program.
        pool: sqlx::SqlitePool,
        /// Wakes the listeners of this process: what rings and what listens share one.
        rung: Rung,
    },
    /// A Redis server, shared by any number of workers.
    Redis {
        /// `redis://[user:password@]host:port/[database]`: it may hold a password, so it is never logged.
        url: String,
        /// Prefix of every key, so that several installations can share a server.
        namespace: String,
    },
}

impl QueueConfig {
    /// Bells in the SQLite database of `pool`, heard at once within this process.
    #[must_use]
    pub fn sqlite(pool: sqlx::SqlitePool) -> QueueConfig {
        QueueConfig::Sqlite { pool, rung: Rung::default() }
    }
}

#[derive(Clone)]
enum Queue {
    Sqlite(SqliteQueue),
    Redis(RedisQueue),
}

/// Rings bells. Cheap to clone; opening one does not need the queue to be there.
#[derive(Clone)]
pub struct Ringer {
    queue: Queue,
}

impl Ringer {
    /// Prepares a ringer. Must be called inside a tokio runtime; does not connect yet.
    ///
    /// # Errors
    /// [`QueueError::Address`] when the Redis URL is not valid.
    pub fn open(config: &QueueConfig) -> Result<Ringer, QueueError> {
        let queue = match config {
            QueueConfig::Sqlite { pool, rung } => Queue::Sqlite(SqliteQueue::new(pool, rung)),
            QueueConfig::Redis { url, namespace } => Queue::Redis(RedisQueue::new(url, namespace)?),
        };
        Ok(Ringer { queue })
    }

    /// Rings a bell, best effort. A bell that equals one still waiting, or that finds [`MAX_WAITING`](crate::MAX_WAITING)
    /// before it, is not written and that is success: whoever answers looks at the row anyway.
    ///
    /// # Errors
    /// When the queue is away or too slow. Log it and go on; the tick finds the row.
    pub async fn ring(&self, bell: Bell) -> Result<(), QueueError> {
        let payload = bell.to_payload()?;
        within_limit(async {
            match &self.queue {
                Queue::Sqlite(queue) => queue.push(payload).await,
                Queue::Redis(queue) => queue.push(payload).await,
            }
        })
        .await
    }

    /// Asks the queue whether it is there and usable, for readiness checks.
    ///
    /// # Errors
    /// When it is away, too slow, or its tables are missing.
    pub async fn ping(&self) -> Result<(), QueueError> {
        within_limit(async {
            match &self.queue {
                Queue::Sqlite(queue) => queue.ping().await,
                Queue::Redis(queue) => queue.ping().await,
            }
        })
        .await
    }

    /// Deletes what served bells and ended listeners left behind.
    pub(crate) async fn sweep(&self) -> Result<(), QueueError> {
        match &self.queue {
            Queue::Sqlite(queue) => queue.sweep().await,
            Queue::Redis(queue) => queue.sweep().await,
        }
    }

    /// Answers bells until `shutdown` (then bells in hand are finished first) or until the queue is lost.
    pub(crate) async fn listen(
        &self,
        name: &str,
        concurrency: usize,
        guard: Guard,
        shutdown: CancellationToken,
    ) -> Result<(), QueueError> {
        match &self.queue {
            Queue::Sqlite(queue) => queue.listen(name, concurrency, guard, shutdown).await,
            Queue::Redis(queue) => queue.listen(name, concurrency, guard, shutdown).await,
        }
    }
}

async fn within_limit<T>(work: impl Future<Output = Result<T, QueueError>>) -> Result<T, QueueError> {
    timeout(ANSWER_LIMIT, work).await.unwrap_or(Err(QueueError::Slow(ANSWER_LIMIT)))
}
