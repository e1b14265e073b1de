//! Full rebuild and verification against what the database does by itself; late facts and a corrected association
//! against everything anew; two processes against one.

use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use domain::performance::recompute::{mark_all_dirty, recompute_all, recompute_some};
use domain::settlement::sums::{digest, line_totals};
use domain::settlement::verify::verify;
use domain::store::{exec, query, query_one};
use domain::stream::Reader;
use domain::{Clock, Ids, StoppedClock, Store};
use entity::{Month, Timestamp};
use sea_orm::DbBackend;
use tests::db::{Backend, TestDatabase};

use crate::setting::{MONTH, SEED};

/// The argument with which the bench starts itself as a worker that recomputes until nothing waits.
pub(crate) const WORKER_ARGUMENT: &str = "recompute-worker";

/// A measured path: its name, how long it took, and what it is held against.
#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) path: &'static str,
    pub(crate) took: Duration,
    pub(crate) against: &'static str,
    pub(crate) base: Duration,
}

/// Median of three.
async fn median<F: AsyncFnMut() -> Result<Duration>>(mut run: F) -> Result<Duration> {
    let mut took = [run().await?, run().await?, run().await?];
    took.sort_unstable();
    Ok(took[1])
}

/// Verification, which contains the full rebuild, against the bare as-of statement (PostgreSQL) or one raw pass
/// over the payments with a hash map of the same grain (SQLite).
pub(crate) async fn measure_verify(store: &Store, month: Month) -> Result<Measured> {
    let took = median(async || {
        let begun = Instant::now();
        let checks = verify(store, None).await?;
        ensure!(checks.iter().all(|c| c.holds), "{checks:?}");
        Ok(begun.elapsed())
    })
    .await?;
    let (against, base) = match store.backend() {
        DbBackend::Postgres => ("as-of statement", median(async || as_of(store, month).await).await?),
        _ => ("raw stepping pass", median(async || raw_pass(store, month).await).await?),
    };
    Ok(Measured { path: "verify", took, against, base })
}

/// The bare one-statement as-of aggregation to partner grain.
async fn as_of(store: &Store, month: Month) -> Result<Duration> {
    let begun = Instant::now();
    let sql = "SELECT s.partner_id, s.mode, p.product_id, p.currency, CAST(SUM(p.cash) AS BIGINT), COUNT(*) \
               FROM consumption_payment p JOIN cloud_account a ON a.id = p.account_id \
               JOIN association s ON s.customer_id = a.customer_id AND p.consumed_at >= s.valid_from AND p.consumed_at < s.valid_to \
               WHERE p.month = $1 GROUP BY s.partner_id, s.mode, p.product_id, p.currency";
    ensure!(!query(store.db(), sql, [month.0.into()]).await?.is_empty(), "nothing aggregated");
    Ok(begun.elapsed())
}

/// Every payment of the month read once with the columns that counting needs, summed by account and product.
async fn raw_pass(store: &Store, month: Month) -> Result<Duration> {
    let begun = Instant::now();
    let reader = Reader::take(store, None).await?;
    let pass = move |reader: &mut Reader| {
        let mut sums: std::collections::HashMap<(i64, i64), i64> = std::collections::HashMap::new();
        let sql = "SELECT account_id, product_id, consumed_at, settled, category, charging_mode, cash, credit, voucher, \
                   cash_coupon, stored_value_card, bonus, debt, write_off FROM consumption_payment WHERE month = $1";
        reader.each(sql, &[i64::from(month.0)], |row| {
            let key = (row.int()?, row.int()?);
            for _ in 0..4 {
                row.int()?;
            }
            let mut sum = 0;
            for _ in 0..8 {
                sum += row.int()?;
            }
            *sums.entry(key).or_default() += sum;
            Ok(())
        })?;
        Ok(sums.len())
    };
    let (_reader, groups) = reader.with(pass).await?;
    ensure!(groups > 0, "nothing was read");
    Ok(begun.elapsed())
}

/// Every customer of the month computed anew from its payments.
pub(crate) async fn full_recomputation(store: &Store, month: Month) -> Result<Duration> {
    mark_all_dirty(store, month).await?;
    let begun = Instant::now();
    recompute_all(store).await?;
    Ok(begun.elapsed())
}

/// The digest of the lines of a month.
pub(crate) async fn books(store: &Store, month: Month) -> Result<String> {
    Ok(digest(&line_totals(store.db(), month, -1, i64::MAX).await?))
}

/// One association corrected in the past, worked in, against everything computed anew, with equal books.
pub(crate) async fn measure_correction(store: &Store, month: Month) -> Result<Measured> {
    let begun = Instant::now();
    correct_one(store).await?;
    recompute_all(store).await?;
    let took = begun.elapsed();
    let delta = books(store, month).await?;
    let base = full_recomputation(store, month).await?;
    ensure!(delta == books(store, month).await?, "the books differ");
    Ok(Measured { path: "association corrected", took, against: "full recomputation", base })
}

/// Moves one customer to another partner for all of its past.
async fn correct_one(store: &Store) -> Result<()> {
    let tx = store.begin().await?;
    tx.lock_history(true).await?;
    let sql = "SELECT s.id, s.customer_id, (SELECT p.id FROM partner p WHERE p.id <> s.partner_id ORDER BY p.id LIMIT 1) \
               FROM association s ORDER BY s.id DESC LIMIT 1";
    let row = query_one(tx.orm(), sql, []).await?.context("an association")?;
    let (id, customer, partner): (i64, i64, i64) =
        (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    exec(tx.orm(), "UPDATE association SET partner_id = $1 WHERE id = $2", [partner.into(), id.into()])
        .await?;
    let (customer, from, now) = (entity::CustomerId(customer), Timestamp(0), store.clock.now());
    domain::performance::recompute::mark_dirty(tx.orm(), customer, from, now).await?;
    domain::performance::history::bump(tx.orm()).await?;
    Ok(tx.commit().await?)
}

/// A full recomputation by two processes against one. PostgreSQL only: SQLite has one writer.
pub(crate) async fn measure_processes(store: &Store, url: &str, month: Month) -> Result<Option<Measured>> {
    if store.backend() != DbBackend::Postgres {
        return Ok(None);
    }
    let one = median(async || workers(store, url, month, 1).await).await?;
    let two = median(async || workers(store, url, month, 2).await).await?;
    Ok(Some(Measured { path: "full recomputation, 2 processes", took: two, against: "1 process", base: one }))
}

async fn workers(store: &Store, url: &str, month: Month, count: usize) -> Result<Duration> {
    mark_all_dirty(store, month).await?;
    let begun = Instant::now();
    let mut children = Vec::new();
    for _ in 0..count {
        let child = std::process::Command::new(std::env::current_exe()?)
            .args([WORKER_ARGUMENT, url])
            .stdin(Stdio::null())
            .spawn()?;
        children.push(child);
    }
    for mut child in children {
        ensure!(child.wait()?.success(), "a worker failed");
    }
    let took = begun.elapsed();
    ensure!(recompute_some(store).await? == 0, "something still waits");
    Ok(took)
}

/// What the bench does as a worker.
pub(crate) async fn work(url: &str) -> Result<()> {
    let store = Store::connect(url, 2, Clock::system(), Ids::random()).await?;
    recompute_all(&store).await?;
    Ok(())
}

/// Fills the month with payments by one statement: as many as `rows`, a fifth of them of ten accounts, two in a
/// hundred refunds. What they count is computed by a full recomputation, which is returned.
pub(crate) async fn fill(store: &Store, month: Month, rows: usize) -> Result<Duration> {
    let accounts: i64 =
        query(store.db(), "SELECT COUNT(*) FROM cloud_account", []).await?[0].try_get_by_index(0)?;
    exec(store.db(), "INSERT INTO settlement_month (month, starts_at, ends_at, state, closed, rule_version, cash_coupon_counts, version) \
        VALUES ($1, 1788192000000000, 1790784000000000, 'OPEN', $2, 1, $2, 1) ON CONFLICT DO NOTHING", [month.0.into(), false.into()]).await?;
    for product in 1..=16_i64 {
        let sql = "INSERT INTO product (id, provider, code, name, class, created_at) VALUES ($1, 'Cloud', $2, $2, 'Compute', 0)";
        exec(store.db(), sql, [product.into(), format!("sku{product}").into()]).await?;
    }
    exec(store.db(), "INSERT INTO bill_import (id, file_name, settled, native_provider, state, total_bytes, read_bytes, \
        rows_read, rows_accepted, rows_duplicate, rows_rejected, rows_unmatched, generation, lease_until, attempts, created_by, created_at) \
        VALUES (1, 'bill', $1, 'Cloud', 'COMPLETED', 0, 0, $2, $2, 0, 0, 0, 1, 0, 0, 'bench', 0)", [true.into(), (rows as i64).into()]).await?;
    let postgres = store.backend() == DbBackend::Postgres;
    // Numbers that look random and are the same on both databases, however often they are asked for.
    let mut salt = 0;
    let mut random = |n: i64| {
        salt += 1;
        format!(
            "((CAST(i AS BIGINT) * 1103515245 + {}) % 2147483647 / {} % {n})",
            salt * 12_345_678,
            7 * salt
        )
    };
    let (series, bytes) = match store.backend() {
        DbBackend::Postgres => {
            (format!("generate_series(1, {rows}) AS s(i)"), "decode(md5(CAST(i AS TEXT)), 'hex')")
        }
        _ => (
            format!(
                "(WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < {rows}) SELECT i FROM s) s"
            ),
            "randomblob(16)",
        ),
    };
    let sql = format!(
        "INSERT INTO consumption_payment (month, account_id, consumed_at, fingerprint, occurrence, import_id, line_no, settled, \
         charging_mode, detail_type, category, correction, product_id, region, currency, official, discount, truncated, payable, \
         cash, credit, voucher, cash_coupon, stored_value_card, bonus, debt, write_off) \
         SELECT {}, a.id, 1788192000000000 + r.i * (2592000000000 / {rows}), {bytes}, 0, 1, r.i, {}, {}, 1, 1, {}, \
         1 + r.product, 'cn-east-1', 'USD', r.amount, 0, 0, r.amount, r.amount, 0, 0, 0, 0, 0, 0, 0 \
         FROM (SELECT i, CASE WHEN {} < 20 THEN {} ELSE {} END AS account, {} AS product, \
         (CASE WHEN {} < 2 THEN -1 ELSE 1 END) * {} AS amount FROM {series}) r \
         JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM cloud_account) a ON a.n = r.account \
         ORDER BY a.id, r.i",
        month.0,
        if postgres { "TRUE" } else { "1" },
        entity::ChargingMode::ALL[0].code(),
        if postgres { "FALSE" } else { "0" },
        random(100),
        random(10.min(accounts)),
        random(accounts),
        random(16),
        random(100),
        random(20_000_000),
    );
    exec(store.db(), &sql, []).await?;
    let sum: i64 = query(store.db(), "SELECT CAST(SUM(payable) AS BIGINT) FROM consumption_payment", [])
        .await?[0]
        .try_get_by_index(0)?;
    let exact =
        format!("{}{}.{:06}", if sum < 0 { "-" } else { "" }, sum.abs() / 1_000_000, sum.abs() % 1_000_000);
    let sql = "INSERT INTO import_total (import_id, currency, source_total, accepted_total, stored_micros) VALUES (1, 'USD', $1, $1, $2)";
    exec(store.db(), sql, [exact.into(), sum.into()]).await?;
    if store.backend() == DbBackend::Postgres {
        exec(store.db(), "ANALYZE", []).await?;
    }
    full_recomputation(store, month).await
}

/// `bench rebuild`: full rebuild, verification and recomputation over payments that the database wrote by itself.
pub(crate) async fn main(setting: &crate::setting::Setting) -> Result<()> {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(database) = TestDatabase::fresh(backend).await else { continue };
        println!("\n{backend:?}");
        let clock = StoppedClock::at(Timestamp::parse_rfc3339("2026-10-15T00:00:00Z").context("an instant")?);
        let store = Store::connect(&database.url, 4, Clock::stopped(&clock), Ids::seeded(SEED)).await?;
        crate::programme::fill(&store, setting.size, SEED).await?;
        println!("first full computation {:.2?}", fill(&store, MONTH, setting.rows).await?);
        let mut measured = Vec::new();
        measured.extend(measure_processes(&store, &database.url, MONTH).await?);
        measured.push(measure_correction(&store, MONTH).await?);
        measured.push(measure_verify(&store, MONTH).await?);
        for m in measured {
            let ratio = m.took.as_secs_f64() / m.base.as_secs_f64();
            println!("{} {:.2?}, {} {:.2?}, ratio {ratio:.2}", m.path, m.took, m.against, m.base);
        }
        println!("peak {} MB", crate::memory::peak_mb("self"));
    }
    Ok(())
}
