//! Letting deadlines fall due: an event and an effect, once.

use entity::timestamp::{HOUR, MINUTE};
use entity::{DeadlineKind, Timestamp, deadline};
use sea_orm::{FromQueryResult, Value};

use super::tell::{DUE, tell};
use super::{BATCH, effect};
use crate::kernel::backoff::doubled;
use crate::kernel::crash;
use crate::kernel::error::Result;
use crate::kernel::store::{Store, Tx, exec, placeholders_behind, query, query_one};

/// First wait before a deadline whose effect failed is tried again; it doubles.
const AGAIN_FIRST: i64 = MINUTE;
/// Longest wait: what an operator mends works within the hour.
const AGAIN_LONGEST: i64 = HOUR;

/// Deadlines that have passed and wait to be found.
pub(crate) const PASSED: &str =
    "closed_at IS NULL AND fell_due_at IS NULL AND due_at <= $1 AND retry_at <= $1";

/// Deadlines of one kind that this process tries now.
struct Claim {
    kind: DeadlineKind,
    /// Tries so far, this one included; another number means that somebody else has them.
    attempts: i32,
    ids: Vec<Value>,
    /// Ids, as text, of the things they are about.
    entities: Vec<String>,
}

/// Time until a deadline is tried again that was tried `attempts` times. PURE.
fn again_after(attempts: i32) -> i64 {
    doubled(AGAIN_FIRST, attempts, AGAIN_LONGEST)
}

/// Lets everything that has passed fall due. Returns how many deadlines did.
pub async fn fall_due(store: &Store) -> Result<usize> {
    let mut total = 0;
    while let Some(claim) = claim(store).await? {
        match carry_out(store, &claim).await {
            Ok(fell_due) => total += fell_due,
            Err(error) if error.is_retryable() => return Err(error),
            Err(error) => {
                let (kind, count) = (claim.kind.name(), claim.ids.len());
                tracing::error!(kind, count, attempts = claim.attempts, %error, "deadlines could not fall due");
            }
        }
    }
    Ok(total)
}

/// Counts a try of some deadlines of one kind before it is made: many that were never tried, or one that failed.
async fn claim(store: &Store) -> Result<Option<Claim>> {
    // A kind that this program does not know cannot be read, and would hold up all the others.
    let known = DeadlineKind::ALL.iter().map(|kind| format!("'{kind}'")).collect::<Vec<_>>().join(",");
    let sql = format!(
        "SELECT kind, attempts FROM deadline WHERE {PASSED} AND kind IN ({known}) \
         ORDER BY CASE WHEN attempts = 0 THEN 0 ELSE 1 END, due_at, id LIMIT 1"
    );
    let now = store.clock.now();
    let Some(row) = query_one(store.db(), &sql, [now.0.into()]).await? else { return Ok(None) };
    let kind: DeadlineKind = row.try_get_by_index(0)?;
    let (tried, most): (i32, u64) = match row.try_get_by_index(1)? {
        0 => (0, BATCH),
        // The batch failed with one of them: from now on each is tried alone, so that the others fall due.
        tried => (tried, 1),
    };
    let tx = store.begin().await?;
    let sql = tx.holding_free(&format!(
        "SELECT id, entity FROM deadline WHERE {PASSED} AND kind = $2 AND attempts = $3 ORDER BY due_at, id LIMIT {most}"
    ));
    let rows = query(tx.orm(), &sql, [now.0.into(), kind.name().into(), tried.into()]).await?;
    let (mut claimed, mut entities) = (Vec::<Value>::new(), Vec::new());
    for row in &rows {
        claimed.push(row.try_get_by_index::<i64>(0)?.into());
        entities.push(row.try_get_by_index(1)?);
    }
    if claimed.is_empty() {
        // Others are at it.
        return Ok(None);
    }
    let attempts = tried.saturating_add(1);
    let sql = format!(
        "UPDATE deadline SET attempts = $1, retry_at = $2 WHERE id IN {}",
        placeholders_behind(2, claimed.len())
    );
    let values = [attempts.into(), now.plus(again_after(attempts)).0.into()];
    exec(tx.orm(), &sql, values.into_iter().chain(claimed.iter().cloned())).await?;
    tx.commit().await?;
    crash::point("deadline.claim");
    Ok(Some(Claim { kind, attempts, ids: claimed, entities }))
}

/// One transaction: the deadlines have fallen due, everybody is told, the effect has happened.
async fn carry_out(store: &Store, claim: &Claim) -> Result<usize> {
    let tx = store.begin().await?;
    // First the things, then their deadlines: in this order everybody holds them who ends a thing.
    effect::hold(claim.kind, &tx, &claim.entities).await?;
    let now = store.clock.now();
    // Closed or moved meanwhile, or somebody else has them: nothing to do.
    let sql = tx.holding(&format!(
        "SELECT * FROM deadline WHERE id IN {} AND closed_at IS NULL AND fell_due_at IS NULL AND due_at <= $1 \
         AND attempts = $2 ORDER BY due_at, id",
        placeholders_behind(2, claim.ids.len())
    ));
    let values = [now.0.into(), claim.attempts.into()];
    let rows = query(tx.orm(), &sql, values.into_iter().chain(claim.ids.iter().cloned())).await?;
    let rows: Vec<deadline::Model> =
        rows.iter().map(|row| Ok(deadline::Model::from_query_result(row, "")?)).collect::<Result<_>>()?;
    if rows.is_empty() {
        return Ok(0);
    }
    mark(&tx, now, &rows).await?;
    tell(&tx, store, now, DUE, &rows).await?;
    let passed: Vec<String> = rows.into_iter().map(|row| row.entity).collect();
    effect::run(claim.kind, &tx, store, now, &passed).await?;
    crash::point("deadline.due");
    tx.commit().await?;
    Ok(passed.len())
}

async fn mark(tx: &Tx, now: Timestamp, rows: &[deadline::Model]) -> Result<()> {
    let sql =
        format!("UPDATE deadline SET fell_due_at = $1 WHERE id IN {}", placeholders_behind(1, rows.len()));
    exec(tx.orm(), &sql, std::iter::once(now.0.into()).chain(rows.iter().map(|row| row.id.0.into()))).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour() {
        let waits: Vec<i64> = (0..9).map(|attempts| again_after(attempts) / MINUTE).collect();
        assert_eq!(waits, [1, 1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(again_after(i32::MAX), HOUR);
    }
}
