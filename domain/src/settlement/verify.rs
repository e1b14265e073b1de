//! The proof that the books hold. Every identity is computed from the rows themselves, never from a total
//! that was kept; the first row that breaks one is named.

use entity::{
    Currency, Month, MonthState, RunKind, RunState, settlement_month, settlement_run, settlement_shard,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::sums::{digest, line_totals};
use crate::error::{Code, Refusal, Result};
use crate::store::{Store, query, query_one};

mod identities;
mod rebuild;
mod reprice;

/// One identity that was checked.
#[derive(Clone, Debug)]
pub struct Check {
    /// What was compared, e.g. "payments = lines + unmatched".
    pub name: &'static str,
    /// For which month; none for the whole.
    pub month: Option<Month>,
    /// In which currency; none for counts and digests.
    pub currency: Option<Currency>,
    /// The left side.
    pub left: String,
    /// The right side.
    pub right: String,
    /// Whether they are equal.
    pub holds: bool,
    /// The first row that breaks it.
    pub counter_example: Option<String>,
}

impl Check {
    fn equal(name: &'static str, left: impl Into<String>, right: impl Into<String>) -> Self {
        let (left, right) = (left.into(), right.into());
        let holds = left == right;
        Self { name, month: None, currency: None, holds, left, right, counter_example: None }
    }

    fn of(mut self, month: Month, currency: Option<Currency>) -> Self {
        self.month = Some(month);
        self.currency = currency;
        self
    }

    fn example(mut self, example: Option<String>) -> Self {
        self.counter_example = if self.holds { None } else { example };
        self
    }
}

/// Checks one month, or all of them and what is about the whole. Customers with waiting changes are worked in
/// first, so that what is compared is complete.
pub async fn verify(store: &Store, month: Option<Month>) -> Result<Vec<Check>> {
    crate::performance::recompute::recompute_all(store).await?;
    let mut find = settlement_month::Entity::find().order_by_asc(settlement_month::Column::Month);
    if let Some(month) = month {
        find = find.filter(settlement_month::Column::Month.eq(month));
    }
    let mut checks = Vec::new();
    let months = find.all(store.db()).await?;
    if let Some(month) = month.filter(|_| months.is_empty()) {
        return Err(Refusal::at("month", Code::NotFound, month.to_string()).into());
    }
    for row in months {
        checks.extend(identities::payments_are_lines_or_unmatched(store, row.month).await?);
        checks.push(rebuild::lines_are_what_payments_amount_to(store, row.month).await?);
        checks.extend(identities::counted_is_billed(store, row.month).await?);
        checks.push(identities::bills_are_their_lines(store, row.month).await?);
        if row.state == MonthState::Final {
            checks.push(reprice::bills_are_priced_right(store, row.month).await?);
            checks.push(final_month_is_unchanged(store, &row).await?);
        }
    }
    if month.is_none() {
        checks.extend(identities::receipts_are_payments(store).await?);
        checks.push(identities::nothing_twice(store).await?);
    }
    Ok(checks)
}

/// The lines of a final month still have the digest they were closed with.
async fn final_month_is_unchanged(store: &Store, row: &settlement_month::Model) -> Result<Check> {
    let run = settlement_run::Entity::find()
        .filter(settlement_run::Column::Month.eq(row.month))
        .filter(settlement_run::Column::Kind.eq(RunKind::Final))
        .filter(settlement_run::Column::State.eq(RunState::Succeeded))
        .one(store.db())
        .await?;
    let mut hasher = blake3::Hasher::new();
    let mut example = None;
    if let Some(run) = run {
        let shards = settlement_shard::Entity::find()
            .filter(settlement_shard::Column::RunId.eq(run.id))
            .order_by_asc(settlement_shard::Column::Shard)
            .all(store.db())
            .await?;
        for shard in shards {
            let now = digest(&line_totals(store.db(), row.month, shard.from_id.0, shard.to_id.0).await?);
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

/// A sum in micros from the first column of a query, 0 if there is no row.
async fn sum(store: &Store, sql: &str, values: Vec<sea_orm::Value>) -> Result<i64> {
    let row = query_one(store.db(), sql, values).await?;
    Ok(row.map(|row| row.try_get_by_index::<Option<i64>>(0)).transpose()?.flatten().unwrap_or(0))
}

/// The currencies that `month` knows.
async fn currencies(store: &Store, month: Month) -> Result<Vec<Currency>> {
    let sql = "SELECT currency FROM performance_line WHERE month = $1 OR origin_month = $1 \
               UNION SELECT currency FROM unmatched_total WHERE month = $1 \
               UNION SELECT currency FROM consumption_payment WHERE month = $1 ORDER BY 1";
    query(store.db(), sql, [month.0.into()]).await?.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// Micros as a plain decimal.
fn money(micros: i64) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    format!("{sign}{}.{:06}", micros.unsigned_abs() / 1_000_000, micros.unsigned_abs() % 1_000_000)
}
