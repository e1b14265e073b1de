//! The doorbell: what a ring promises on both queues, and what a worker survives.

mod loss;
mod ring;
mod stop;
mod tables;

use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use tests::{
    db::{Backend, TestDatabase},
    redis::{Redis, fresh_namespace},
};
use tokio::{sync::mpsc, task::JoinHandle, time::timeout};
use tokio_util::sync::CancellationToken;
use worker::{Bell, Handler, MAX_WAITING, QueueConfig, Ringer, WorkerError, WorkerSettings, run};

/// So long that only the tick at the start happens in a test.
const HARDLY_EVER: Duration = Duration::from_secs(3600);
/// How long a test waits for what should happen at once. A loaded machine is slow; a passing test is not.
const PATIENCE: Duration = Duration::from_secs(20);

/// A queue of one test.
struct TestQueue {
    config: QueueConfig,
    _database: Option<TestDatabase>,
}

impl TestQueue {
    async fn sqlite() -> Option<TestQueue> {
        let database = TestDatabase::fresh(Backend::Sqlite).await?;
        let pool = sqlx::SqlitePool::connect(&database.url).await.unwrap();
        Some(TestQueue { config: QueueConfig::sqlite(pool), _database: Some(database) })
    }

    async fn redis() -> Option<TestQueue> {
        let config = QueueConfig::Redis { url: Redis::shared().await?.url(), namespace: fresh_namespace() };
        Some(TestQueue { config, _database: None })
    }

    fn ringer(&self) -> Ringer {
        Ringer::open(&self.config).unwrap()
    }

    /// Settings of a worker that serves one bell at a time and hardly ever ticks.
    fn settings(&self) -> WorkerSettings {
        settings(self.config.clone())
    }

    /// Bells that wait for a listener.
    async fn waiting(&self) -> i64 {
        match &self.config {
            QueueConfig::Sqlite { pool, .. } => {
                let waiting = "SELECT COUNT(*) FROM Jobs WHERE status = 'Pending'";
                sqlx::query_scalar(waiting).fetch_one(pool).await.unwrap()
            }
            QueueConfig::Redis { namespace, .. } => {
                let mut connection = Redis::shared().await.unwrap().connect().await;
                let mut both = redis::pipe();
                both.llen(format!("{namespace}:bells:active")).zcard(format!("{namespace}:bells:scheduled"));
                let (active, scheduled): (i64, i64) = both.query_async(&mut connection).await.unwrap();
                active + scheduled
            }
        }
    }

    /// Makes every waiting bell say something else.
    async fn overwrite_waiting(&self, payload: &str) {
        match &self.config {
            QueueConfig::Sqlite { pool, .. } => {
                let overwrite = "UPDATE Jobs SET job = ? WHERE status = 'Pending'";
                sqlx::query(overwrite).bind(payload.as_bytes()).execute(pool).await.unwrap();
            }
            QueueConfig::Redis { namespace, .. } => {
                let mut connection = Redis::shared().await.unwrap().connect().await;
                let data = format!("{namespace}:bells:data");
                let ids: Vec<String> =
                    redis::cmd("HKEYS").arg(&data).query_async(&mut connection).await.unwrap();
                for id in ids {
                    let _: () = redis::cmd("HSET")
                        .arg(&data)
                        .arg(id)
                        .arg(payload)
                        .query_async(&mut connection)
                        .await
                        .unwrap();
                }
            }
        }
    }

    /// Everything a bell leaves in the queue, waiting or served.
    async fn kept(&self) -> i64 {
        match &self.config {
            QueueConfig::Sqlite { pool, .. } => {
                sqlx::query_scalar("SELECT COUNT(*) FROM Jobs").fetch_one(pool).await.unwrap()
            }
            QueueConfig::Redis { namespace, .. } => {
                let mut connection = Redis::shared().await.unwrap().connect().await;
                let data = format!("{namespace}:bells:data");
                redis::cmd("HLEN").arg(data).query_async(&mut connection).await.unwrap()
            }
        }
    }
}

fn settings(queue: QueueConfig) -> WorkerSettings {
    WorkerSettings {
        queue,
        concurrency: 1,
        tick_every: HARDLY_EVER,
        handler_limit: HARDLY_EVER,
        grace: PATIENCE,
    }
}

/// A worker in a task of its own.
struct TestWorker {
    shutdown: CancellationToken,
    ended: JoinHandle<Result<(), WorkerError>>,
}

impl TestWorker {
    fn start(settings: WorkerSettings, handler: Handler) -> TestWorker {
        let shutdown = CancellationToken::new();
        let ended = tokio::spawn(run(settings, handler, shutdown.clone()));
        TestWorker { shutdown, ended }
    }

    async fn stop(self) -> Result<(), WorkerError> {
        self.shutdown.cancel();
        timeout(2 * PATIENCE, self.ended).await.expect("the worker ends").unwrap()
    }
}

fn handler<F>(serve: F) -> Handler
where
    F: Fn(Bell) -> BoxFuture<'static, ()> + Send + Sync + 'static,
{
    Arc::new(serve)
}

/// A handler that only notes what it heard, without the tick.
fn listener() -> (Handler, mpsc::UnboundedReceiver<Bell>) {
    let (sender, heard) = mpsc::unbounded_channel();
    let note = move |bell| {
        if bell != Bell::Tick {
            sender.send(bell).unwrap();
        }
        Box::pin(async {}) as BoxFuture<'static, ()>
    };
    (handler(note), heard)
}

async fn next(heard: &mut mpsc::UnboundedReceiver<Bell>) -> Bell {
    timeout(PATIENCE, heard.recv()).await.expect("a bell is heard").unwrap()
}

/// Makes two tests of one, `name::sqlite` and `name::redis`, given a `TestQueue`.
macro_rules! on_both_queues {
    ($name:ident, $test:expr) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let Some(queue) = TestQueue::sqlite().await else { return };
                $crate::queue::given(queue, $test).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn redis() {
                let Some(queue) = TestQueue::redis().await else { return };
                $crate::queue::given(queue, $test).await;
            }
        }
    };
}
pub(crate) use on_both_queues;

async fn given<T, F>(queue: TestQueue, test: T)
where
    T: FnOnce(TestQueue) -> F,
    F: Future<Output = ()>,
{
    test(queue).await;
}
