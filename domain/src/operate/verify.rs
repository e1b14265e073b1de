//! The proof that the books hold. Every identity is computed from the rows themselves, never from a total
//! that was kept; the first row that breaks one is named. Nothing is written.

use entity::{Month, MonthState, RunKind, RunState, settlement_month, settlement_run, settlement_shard};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::Store;
use crate::settlement::sums::{LineTotal, digest_like};

mod fingerprint;
mod gather;
mod identities;
mod instant;
mod partner_sums;
mod rebuild;
mod reprice;
mod seen;
mod work;

pub use crate::kernel::check::Check;
use work::{Books, Work};

/// Checks one month, or all of them and what is about the whole, as of one instant. Customers that wait to be
/// computed anew are left out of what is compared with payments, and counted in a line of their own: whoever
/// wants them in calls [`crate::performance::recompute::recompute_all`] before.
pub async fn verify(store: &Store, month: Option<Month>) -> Result<Vec<Check>> {
    let mut work = Work::begin(store).await?;
    let mut find = settlement_month::Entity::find().order_by_asc(settlement_month::Column::Month);
    if let Some(month) = month {
        find = find.filter(settlement_month::Column::Month.eq(month));
    }
    let months = find.all(work.tx()).await?;
    if let Some(month) = month.filter(|_| months.is_empty()) {
        return Err(Refusal::at("month", Code::NotFound, month.to_string()).into());
    }
    let mut payments = work.payments(month).await?;
    let mut books = Books::default();
    let mut of_months = Vec::new();
    // The lines of one month are gathered at a time: of those before only sums are kept.
    for row in &months {
        let mut lines = work.lines(row.month, month.is_some()).await?;
        let totals = lines.totals();
        books.add(&mut payments.balance, lines);
        of_months.push(of_month(&mut work, row, totals).await?);
    }
    let mut checks = Vec::new();
    checks.extend(work.waiting_check());
    for (row, of_month) in months.iter().zip(of_months) {
        checks.extend(
            identities::payments_are_lines_or_unmatched(work.tx(), row.month, &payments, &books).await?,
        );
        checks
            .push(rebuild::lines_are_what_payments_amount_to(&mut work, row.month, &payments, &books).await?);
        checks.extend(of_month);
    }
    if month.is_none() {
        checks.extend(identities::receipts_are_payments(work.tx(), &payments).await?);
        checks.push(identities::nothing_twice(work.tx(), &payments).await?);
        checks.extend(crate::money::incentive::prove::prove(work.tx()).await?);
        checks.extend(crate::opportunity::prove::prove(work.tx()).await?);
        checks.extend(crate::money::opportunity_incentive::prove::prove(work.tx()).await?);
        checks.extend(crate::money::payment::prove::prove(work.tx()).await?);
        checks.extend(crate::money::market::prove::prove(work.tx()).await?);
        checks.extend(crate::money::ledger::prove::prove(work.tx()).await?);
    }
    Ok(checks)
}

/// Proves the lines posted in a month against the bills, and against the figures kept when the month was
/// closed.
async fn of_month(
    work: &mut Work,
    row: &settlement_month::Model,
    totals: Vec<LineTotal>,
) -> Result<Vec<Check>> {
    let mut checks = vec![partner_sums::kept_sums_are_lines(work, row.month, &totals).await?];
    let totals = totals.as_slice();
    checks.extend(identities::counted_is_billed(work.tx(), row.month, totals).await?);
    checks.push(identities::bills_are_their_lines(work.tx(), row.month).await?);
    if row.state == MonthState::Final {
        checks.push(reprice::bills_are_priced_right(work.tx(), row.month, totals).await?);
        checks.push(final_month_is_unchanged(work.tx(), row, totals).await?);
    }
    Ok(checks)
}

/// The lines of a final month still have the digest they were closed with.
async fn final_month_is_unchanged<C: ConnectionTrait>(
    connection: &C,
    row: &settlement_month::Model,
    totals: &[LineTotal],
) -> Result<Check> {
    let run = settlement_run::Entity::find()
        .filter(settlement_run::Column::Month.eq(row.month))
        .filter(settlement_run::Column::Kind.eq(RunKind::Final))
        .filter(settlement_run::Column::State.eq(RunState::Succeeded))
        .one(connection)
        .await?;
    let mut hasher = blake3::Hasher::new();
    let mut example = None;
    if let Some(run) = run {
        let shards = settlement_shard::Entity::find()
            .filter(settlement_shard::Column::RunId.eq(run.id))
            .order_by_asc(settlement_shard::Column::Shard)
            .all(connection)
            .await?;
        for shard in shards {
            // Totals stand in the order of who is billed: a shard is a stretch of them.
            let from = totals.partition_point(|t| t.bill_to_id.0 <= shard.from_id.0);
            let to = totals.partition_point(|t| t.bill_to_id.0 <= shard.to_id.0);
            let now = digest_like(shard.digest.as_deref(), totals.get(from..to).unwrap_or_default());
            if shard.digest.as_deref() != Some(&now) && example.is_none() {
                example = Some(format!("the lines of partners {} to {} changed", shard.from_id, shard.to_id));
            }
            hasher.update(now.as_bytes());
        }
    }
    let stored = row.lines_digest.clone().unwrap_or_default();
    let check =
        Check::equal("final month unchanged (digest)", stored, hasher.finalize().to_hex().to_string());
    Ok(check.of(row.month, None).example(example))
}

/// Micros as a plain decimal.
fn money(micros: impl Into<i128>) -> String {
    let micros = micros.into();
    let sign = if micros < 0 { "-" } else { "" };
    format!("{sign}{}.{:06}", micros.unsigned_abs() / 1_000_000, micros.unsigned_abs() % 1_000_000)
}
