//! The baseline of the rebuild, and the work that is measured.

use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use domain::kernel::store::{exec, query, query_one};
use domain::kernel::stream::Reader;
use domain::performance::recompute::{mark_all_dirty, recompute_all, recompute_some};
use domain::{Clock, Ids, Store};
use entity::{Month, Timestamp};

/// The argument with which the bench starts itself as a worker that recomputes until nothing waits.
pub(crate) const WORKER_ARGUMENT: &str = "recompute-worker";

/// The bare one-statement as-of aggregation to partner grain.
pub(crate) async fn as_of(store: &Store, month: Month) -> Result<Duration> {
    let begun = Instant::now();
    let sql = "SELECT s.partner_id, s.mode, p.product_id, p.currency, CAST(SUM(p.cash) AS BIGINT), COUNT(*) \
               FROM consumption_payment p JOIN cloud_account a ON a.id = p.account_id \
               JOIN association s ON s.customer_id = a.customer_id AND p.consumed_at >= s.valid_from AND p.consumed_at < s.valid_to \
               WHERE p.month = $1 GROUP BY s.partner_id, s.mode, p.product_id, p.currency";
    ensure!(!query(store.db(), sql, [month.0.into()]).await?.is_empty(), "nothing aggregated");
    Ok(begun.elapsed())
}

/// Every payment of the month read once with the columns that counting needs, summed by account and product.
pub(crate) async fn raw_pass(store: &Store, month: Month) -> Result<Duration> {
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

/// Moves one customer to another partner for all of its past.
pub(crate) async fn correct_one(store: &Store) -> Result<()> {
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
    domain::programme::marks::mark_dirty(tx.orm(), customer, from, now).await?;
    domain::programme::marks::bump(tx.orm()).await?;
    Ok(tx.commit().await?)
}

/// Every customer of the month computed anew by some processes at once.
pub(crate) async fn workers(store: &Store, url: &str, month: Month, count: usize) -> Result<Duration> {
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

/// The work of the bench as a worker.
pub(crate) async fn work(url: &str) -> Result<()> {
    let store = Store::connect(url, 2, Clock::system(), Ids::random()).await?;
    recompute_all(&store).await?;
    Ok(())
}
