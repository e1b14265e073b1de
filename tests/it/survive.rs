//! The product as it is run, while what is around it breaks: processes are killed and stopped, databases, disks and
//! connections go away. Afterwards the books are those of a run that nothing disturbed.

mod api;
mod bad_rows;
mod busy;
mod changes;
mod cut;
mod database;
mod documents;
mod full_disk;
mod limits;
mod memory;
mod redis;
mod workers;

use std::io::{BufRead, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use domain::kernel::store::{exec, query_one};
use domain::operate::work;
use domain::performance::import::create::{NewImport, create};
use domain::performance::import::upload::Upload;
use domain::settlement::start::{StartRun, start};
use domain::{Code, Error};
use entity::{ImportId, RunId, RunKind, Timestamp};
use tests::db::{Backend, TestDatabase};
use tests::redis::{Redis, fresh_namespace};
use tests::wait::until;
use tests::world::{World, bill, month};
use worker::{Bell, QueueConfig, Ringer};

use crate::cli::program;
use crate::crash::{Programme, rows};

/// Longest wait for work to be done. Debug builds on a loaded machine are slow.
const PATIENCE: Duration = Duration::from_secs(300);
/// The name of every bill here: it stands in the dump.
const FILE: &str = "survive.csv";

/// Where a process works: its database and its queue.
#[derive(Clone)]
struct Place {
    url: String,
    /// Redis and the prefix of its keys, with PostgreSQL.
    redis: Option<(String, String)>,
}

impl Place {
    /// The place of a test's database; nothing (and the test skipped) without Redis.
    async fn of(db: &TestDatabase) -> Option<Place> {
        Self::at(db.backend, db.url.clone()).await
    }

    async fn at(backend: Backend, url: String) -> Option<Place> {
        let redis = match backend {
            Backend::Sqlite => None,
            Backend::Postgres => Some((Redis::shared().await?.url(), fresh_namespace())),
        };
        Some(Place { url, redis })
    }

    /// The program with `arguments`, here.
    fn program(&self, arguments: &[&str]) -> Command {
        let (verb, rest) = arguments.split_first().unwrap();
        program(&[&[verb, "--database-url", self.url.as_str()], rest].concat())
    }

    /// The program settling `month`; a final passes over the rows that are matched to nobody.
    fn settle(&self, month: &str, kind: RunKind) -> Command {
        let name = kind.name().to_lowercase();
        let acknowledged: &[&str] =
            if kind == RunKind::Final { &["--acknowledge", "unmatched"] } else { &[] };
        self.program(&[&["settle", "--month", month, "--kind", &name], acknowledged].concat())
    }

    /// Starts a worker that looks for work every second.
    fn worker(&self) -> Process {
        let mut command = self.program(&["worker", "--worker-tick-seconds", "1"]);
        self.with_queue(&mut command);
        Process::start(command)
    }

    fn with_queue(&self, command: &mut Command) {
        if let Some((url, namespace)) = &self.redis {
            command.args(["--redis-url", url, "--queue-namespace", namespace]);
        }
    }

    /// Rings for work, so that no test waits for a tick.
    async fn ring(&self, world: &World, bell: Bell) {
        let config = match &self.redis {
            None => QueueConfig::sqlite(world.store.db().get_sqlite_connection_pool().clone()),
            Some((url, namespace)) => QueueConfig::Redis { url: url.clone(), namespace: namespace.clone() },
        };
        // A queue that is away only delays.
        if let Ok(ringer) = Ringer::open(&config) {
            let _ = ringer.ring(bell).await;
        }
    }
}

/// A running program that ends with the test, however it ends.
struct Process(Child);

impl Process {
    fn start(mut command: Command) -> Process {
        let log = if std::env::var_os("PARTNER_CENTER_TEST_LOG").is_some() {
            Stdio::inherit()
        } else {
            Stdio::null()
        };
        Process(command.stdout(Stdio::piped()).stderr(log).spawn().unwrap())
    }

    /// The same for a command whose words count.
    fn start_to_its_end(mut command: Command) -> Process {
        Process(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    }

    /// Its exit code, and what it said: results, then errors.
    fn ended(mut self) -> (i32, String, String) {
        let (mut out, mut err) = (String::new(), String::new());
        self.0.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        self.0.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        (self.0.wait().unwrap().code().unwrap_or(-1), out, err)
    }

    /// Whether it has ended.
    fn has_ended(&mut self) -> bool {
        self.0.try_wait().unwrap().is_some()
    }

    /// `kill -9`.
    fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// The first line it says: from then on it can be asked to stop. At most once.
    fn first_line(&mut self) -> String {
        let mut line = String::new();
        BufReader::new(self.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        line
    }

    /// Asks it to stop as an orchestrator does. Gives its exit code and how long it took.
    async fn stop(&mut self) -> (Option<i32>, Duration) {
        if self.0.stdout.is_some() {
            self.first_line();
        }
        let asked = tokio::time::Instant::now();
        tests::server::send(&self.0, rustix::process::Signal::TERM).unwrap();
        let mut status = None;
        until("the process ends", PATIENCE, || {
            status = self.0.try_wait().unwrap();
            let ended = status.is_some();
            async move { ended }
        })
        .await;
        (status.unwrap().code(), asked.elapsed())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs that somebody asked for, and no others: nobody takes the turns of the calendar. Nor does anybody tidy: the
/// clock of a test stands before that of the processes, for which its uploads have expired.
async fn hold_the_calendar(world: &World) {
    for cleanup in ["import-cleanup", "export-cleanup", "key-cleanup", "file-cleanup"] {
        domain::operate::task::hold(&world.store, cleanup).await.unwrap();
    }
    for turn in ["nightly-estimate", "draft", "final"] {
        for month in 8..=12 {
            let sql = "INSERT INTO schedule (name, last_at) VALUES ($1, $2)";
            let values = [format!("{turn}:2026-{month:02}").into(), Timestamp::FOREVER.0.into()];
            exec(world.store.db(), sql, values).await.unwrap();
        }
    }
}

/// Makes an import whose file is here: it waits for a worker.
async fn upload(world: &World, text: &str) -> ImportId {
    let input = NewImport {
        file_name: FILE.into(),
        settled: true,
        native_provider: "Cloud".into(),
        total_bytes: i64::try_from(text.len()).unwrap(),
        ..Default::default()
    };
    let created = create(&world.store, &world.context, "upload", input).await.unwrap();
    let mut upload = Upload::begin(&world.store, &created.token).await.unwrap();
    upload.write(text.as_bytes()).await.unwrap();
    upload.finish().await.unwrap()
}

async fn ask_for(world: &World, text: &str, kind: RunKind) -> RunId {
    loop {
        match start(
            &world.store,
            &world.context,
            None,
            StartRun {
                month: month(text),
                kind,
                acknowledge: domain::settlement::checklist::CloseItem::ALL.to_vec(),
            },
        )
        .await
        {
            Ok(run) => return run,
            // An import that is in has asked for the same meanwhile.
            Err(Error::Refused(refusals)) if refusals[0].code == Code::RunExists => {
                until_no_run_lives(world).await;
            }
            Err(error) => panic!("{error}"),
        }
    }
}

/// The first column of the first row, as text. The test has connections too that a stopped server cut.
async fn look(world: &World, sql: &str) -> String {
    loop {
        match query_one(world.store.db(), sql, []).await {
            Ok(row) => return row.unwrap().try_get_by_index::<String>(0).unwrap(),
            Err(Error::Unavailable(_)) => tokio::time::sleep(Duration::from_millis(50)).await,
            Err(error) => panic!("{error}"),
        }
    }
}

async fn import_state(world: &World, id: ImportId) -> String {
    let state = look(world, &format!("SELECT state FROM bill_import WHERE id = {}", id.0)).await;
    // Nothing that happens here is the file's fault.
    assert_ne!(
        state,
        "FAILED",
        "{}",
        look(
            world,
            &format!("SELECT error_code || ' ' || error_detail FROM bill_import WHERE id = {}", id.0)
        )
        .await
    );
    state
}

async fn run_state(world: &World, id: RunId) -> String {
    look(world, &format!("SELECT state FROM settlement_run WHERE id = {}", id.0)).await
}

/// What the stories here settle, in this order.
const RUNS: [(&str, RunKind); 4] = [
    ("2026-09", RunKind::Estimate),
    ("2026-09", RunKind::Draft),
    ("2026-09", RunKind::Final),
    ("2026-10", RunKind::Estimate),
];

/// The books of `text` taken in and settled in one process that nothing disturbs.
async fn undisturbed(backend: Backend, text: &str) -> Vec<String> {
    let db = TestDatabase::fresh(backend).await.unwrap();
    let programme = Programme::set_up(&db).await;
    let id = upload(&programme.world, text).await;
    work::import(&programme.world.store, id).await.unwrap();
    let sql = "DELETE FROM settlement_run";
    exec(programme.world.store.db(), sql, []).await.unwrap();
    for (month, kind) in RUNS {
        programme.world.settle(month, kind).await;
    }
    programme.proved_books().await
}

/// Lets the leases of work that was killed end, as waiting for them would: just now.
async fn end_lease(world: &World, table: &str, held: &str) {
    let sql = format!("UPDATE {table} SET lease_until = $1 WHERE {held}");
    let now = domain::Clock::system().now();
    exec(world.store.db(), &sql, [now.plus(-1).0.into()]).await.unwrap();
}

/// Until no run waits or works.
async fn until_no_run_lives(world: &World) {
    let sql =
        "SELECT CAST(COUNT(*) AS VARCHAR(20)) FROM settlement_run WHERE state IN ('PENDING', 'RUNNING')";
    until("no run lives", PATIENCE, || async { look(world, sql).await == "0" }).await;
}

/// A bill of `count` rows of every kind.
fn text_of(count: usize) -> String {
    bill(&rows(count))
}
