//! A process that ends at any step, or is killed at any moment: the next one goes on, and the books are those
//! of a run that nothing disturbed.

mod killed;
mod points;
mod stories;

use std::path::{Path, PathBuf};
use std::process::Stdio;

use entity::PartnerKind;
use tests::db::TestDatabase;
use tests::dump::dump;
use tests::world::{World, at, bill, row};
use tokio::process::{Child, Command};

/// When the first process works: the worlds of tests stand there too.
const FIRST: &str = "2026-10-15T12:00:00Z";
/// How much later the next one does, in microseconds: every lease is over, the hourly turns are free again.
const LATER: i64 = 2 * entity::timestamp::HOUR;

/// A small programme, with the account that later is linked to `Late`.
pub(crate) struct Programme {
    pub(crate) world: World,
    late: String,
}

impl Programme {
    pub(crate) async fn set_up(db: &TestDatabase) -> Self {
        let world = World::open(db).await;
        let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
        let distributor = world.partner(PartnerKind::Distributor, "Distributor").await;
        let reseller = world.partner(PartnerKind::Reseller, "Reseller").await;
        world.link(reseller, distributor).await;
        for (name, partner) in [("A", provider), ("B", reseller), ("C", distributor), ("Late", provider)] {
            let customer = world.customer(name).await;
            world.associate(customer, partner, "2026-01-01T00:00:00Z").await;
        }
        world.customer("Nobody").await;
        world.policy("2026-01", 123_456).await;
        tests::market::certified_seller(&world, "Shop").await;
        tests::market::seller(&world, "Uncertified").await;
        tests::market::goods_terms(&world, "2026-01", 50_000, 10_000).await;
        let sql = "SELECT id FROM customer WHERE name = 'Late'";
        let row = domain::kernel::store::query_one(world.store.db(), sql, []).await.unwrap().unwrap();
        let late: i64 = row.try_get_by_index(0).unwrap();
        Self { world, late: late.to_string() }
    }

    /// The books, after they were proved. Letters are left out: whoever works alone posts none.
    pub(crate) async fn proved_books(&self) -> Vec<String> {
        self.world.verify().await;
        self.dumped(false).await
    }

    /// The letters to people.
    async fn letters(&self) -> Vec<String> {
        self.dumped(true).await
    }

    async fn dumped(&self, letters: bool) -> Vec<String> {
        let lines = dump(&self.world.store).await;
        lines.into_iter().filter(|line| line.starts_with("message: ") == letters).collect()
    }
}

/// Rows of every kind a bill has: refunds, many decimals, equal lines, strangers, a bad row in a thousand.
pub(crate) fn rows(count: usize) -> Vec<String> {
    let accounts = ["A", "B", "C", "Nobody", "Second", "Stranger"];
    (0..count)
        .map(|i| {
            let day = i % 28 + 1;
            let month = if i % 5 == 0 { 10 } else { 9 };
            let when = format!("2026-{month:02}-{day:02}T0{}:00:00Z", i % 10);
            let amount = match i % 1_000 {
                999 => "1,234.56".to_owned(),
                n if n % 50 == 7 => format!("-{}.25", n % 9),
                n => format!("{}.{:07}", n % 90, (i * 7_919) % 10_000_000),
            };
            // Every tenth row is the one before it once more.
            let note = format!("row {}", if i % 10 == 0 { i } else { i - i % 2 });
            let amount = if amount.contains(',') { format!("\"{amount}\"") } else { amount };
            row(accounts[i % accounts.len()], &amount, &when, &note)
        })
        .collect()
}

/// Writes a bill of `rows` into `directory`.
pub(crate) fn write_bill(directory: &Path, name: &str, rows: &[String]) -> PathBuf {
    let path = directory.join(name);
    std::fs::write(&path, bill(rows)).unwrap();
    path
}

/// Starts a process that works `steps` at `now`.
fn spawn(db: &TestDatabase, now: &str, arm: Option<(&str, i64)>, steps: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crash_child"));
    command.arg(&db.url).arg(now);
    if let Some((point, nth)) = arm {
        command.arg("--arm").arg(point).arg(nth.to_string());
    }
    command.args(steps).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.kill_on_drop(true).spawn().unwrap()
}

/// Another process works `steps` at `now` and ends where it is told to, or works them to their end.
pub(crate) async fn crashed(db: &TestDatabase, now: &str, arm: (&str, i64), steps: &[&str]) {
    work(db, now, Some(arm), steps).await;
}

/// Works `steps` to their end, or to the crash if one is armed. Says whether it crashed, and where its clock
/// stood.
async fn work(db: &TestDatabase, now: &str, arm: Option<(&str, i64)>, steps: &[&str]) -> (bool, String) {
    let output = spawn(db, now, arm, steps).wait_with_output().await.unwrap();
    let crashed = std::os::unix::process::ExitStatusExt::signal(&output.status).is_some();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() || (arm.is_some() && crashed), "{arm:?} {}: {words}", output.status);
    let said = String::from_utf8_lossy(&output.stdout);
    let stood_at = said.lines().rev().find_map(|line| line.strip_prefix("now ")).unwrap_or(now);
    (crashed, stood_at.to_owned())
}
