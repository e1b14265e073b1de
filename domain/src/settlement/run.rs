//! Carrying a run on: claim it, do one step after the other, each in a transaction of its own that is fenced
//! by the run's generation. A crash anywhere loses at most the step at hand.

use entity::timestamp::{MINUTE, SECOND};
use entity::{RunId, RunPhase, RunState, settlement_run};
use sea_orm::{ConnectionTrait, EntityTrait};

use super::{bill, close, freeze};
use crate::kernel::crash;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, Tx, exec, query};

/// How long a worker owns a run after each step.
pub const LEASE: i64 = 45 * SECOND;
/// A lease that ends later than this from now was given before the clock went back: its worker is not waited
/// for. Twice the lease, so that clocks of two machines may differ by a lease.
const LEASE_AT_MOST: i64 = 2 * LEASE;
/// Claims without a finished step after which a run is parked as FAILED.
pub const ATTEMPTS: i32 = 5;
/// Wait after the first failure; it doubles with each further one.
pub const RETRY_AFTER: i64 = 5 * SECOND;
/// Longest wait between two attempts.
pub const RETRY_AT_MOST: i64 = 5 * MINUTE;
/// Pause after which a final run looks again whether an import is still under way.
pub const IMPORT_LOOK: i64 = 15 * SECOND;
/// What a worker may take; `$1` is now, `$2` the latest lease and `$3` the latest retry that a clock gave
/// which did not go back since.
const FREE: &str = "((state = 'PENDING' AND (retry_at <= $1 OR retry_at > $3)) \
    OR (state = 'RUNNING' AND (lease_until < $1 OR lease_until > $2)))";

/// A claimed run: what every write of it must show.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// The run.
    pub id: RunId,
    /// The generation of this claim.
    pub generation: i32,
}

/// Reads a run.
pub async fn load<C: ConnectionTrait>(connection: &C, id: RunId) -> Result<settlement_run::Model> {
    let row = settlement_run::Entity::find_by_id(id).one(connection).await?;
    row.ok_or_else(|| Refusal::new(Code::NotFound, id.to_string()).into())
}

/// The condition that a run waits for a worker; `$1` is now.
pub(crate) fn waits() -> String {
    let free = FREE.replace("$2", &format!("$1 + {LEASE_AT_MOST}"));
    let free = free.replace("$3", &format!("$1 + {}", 2 * RETRY_AT_MOST));
    format!("EXISTS (SELECT 1 FROM settlement_run WHERE {free})")
}

/// Runs that a worker should carry on: waiting ones whose time has come, and those whose worker is gone.
pub async fn due(store: &Store) -> Result<Vec<RunId>> {
    let now = store.clock.now();
    let sql = format!("SELECT id FROM settlement_run WHERE {FREE} ORDER BY created_at LIMIT 16");
    let values = [now.0, now.plus(LEASE_AT_MOST).0, now.plus(2 * RETRY_AT_MOST).0].map(sea_orm::Value::from);
    query(store.db(), &sql, values).await?.iter().map(|row| Ok(RunId(row.try_get_by_index(0)?))).collect()
}

/// Takes a run over, or says that there is nothing to take. The attempt is counted before the work begins.
async fn claim(store: &Store, id: RunId, owner: &str) -> Result<Option<Claim>> {
    let now = store.clock.now();
    let changed = exec(
        store.db(),
        &format!(
            "UPDATE settlement_run SET state = 'RUNNING', generation = generation + 1, attempts = attempts + 1, \
             lease_owner = $4, lease_until = $5, started_at = COALESCE(started_at, $1) WHERE id = $6 AND {FREE}"
        ),
        [
            now.0.into(),
            now.plus(LEASE_AT_MOST).0.into(),
            now.plus(2 * RETRY_AT_MOST).0.into(),
            owner.into(),
            now.plus(LEASE).0.into(),
            id.0.into(),
        ],
    )
    .await?
    .rows_affected();
    if changed == 0 {
        return Ok(None);
    }
    crash::point("settle.claim");
    let run = load(store.db(), id).await?;
    let claim = Claim { id, generation: run.generation };
    if run.attempts > ATTEMPTS {
        let detail = format!("{} attempts came to nothing; see the log, then resume", ATTEMPTS);
        fail(store, claim, "POISON", &detail).await?;
        return Ok(None);
    }
    Ok(Some(claim))
}

/// Carries run `id` on until it ends, is paused, or another worker has it. `progress` is called after each
/// step with the run as it stands. Returns the run.
pub async fn advance(
    store: &Store,
    id: RunId,
    owner: &str,
    mut progress: impl FnMut(&settlement_run::Model) + Send,
) -> Result<settlement_run::Model> {
    let Some(claim) = claim(store, id, owner).await? else { return load(store.db(), id).await };
    let mut desk = bill::Desk::default();
    loop {
        let run = load(store.db(), id).await?;
        progress(&run);
        if run.state != RunState::Running || run.generation != claim.generation {
            return Ok(run);
        }
        if store.stopping.is_asked() {
            return let_go(store, claim).await;
        }
        let step = match run.phase {
            RunPhase::Freeze => freeze::freeze(store, claim, &run).await,
            RunPhase::Bill => bill::next_shard(store, claim, &run, &mut desk).await,
            RunPhase::Close => close::close(store, claim, &run).await,
        };
        match step {
            Ok(()) => {}
            Err(Error::LeaseLost) => return load(store.db(), id).await,
            Err(error) => return settle_failure(store, claim, &run, error).await,
        }
    }
}

/// A refusal or a broken invariant ends the run as FAILED; what may pass by itself is tried again later.
async fn settle_failure(
    store: &Store,
    claim: Claim,
    run: &settlement_run::Model,
    error: Error,
) -> Result<settlement_run::Model> {
    tracing::warn!(run = %claim.id, %error, "a step of a settlement run failed");
    match error {
        // It is begun before the import and meets it on its way: it waits, and closes the month when all of
        // the import is in.
        Error::Refused(refusals) if refusals.iter().all(|r| r.code == Code::ImportRunning) => {
            wait(store, claim, IMPORT_LOOK, &refusals).await?;
        }
        // Something came up since it was asked for. It is asked for anew: by the calendar when that is mended, by a
        // person who acknowledges it.
        Error::Refused(refusals) if refusals.iter().all(|r| r.code == Code::CloseBlocked) => {
            give_up(store, claim, &refusals).await?;
        }
        Error::Refused(refusals) => {
            let code = refusals.first().map_or("REFUSED", |r| r.code.name());
            let detail =
                refusals.first().map_or(String::new(), |r| r.code.message(crate::Lang::En, &r.detail));
            fail(store, claim, code, &detail).await?;
        }
        Error::Invariant(detail) => fail(store, claim, "INVARIANT", &detail).await?,
        Error::Stopping => return let_go(store, claim).await,
        // The database is away, busy or full: nothing of the run's own, so the attempt does not count.
        error if error.is_retryable() => {
            let retry_at = store.clock.now().plus(RETRY_AFTER);
            let sql = "UPDATE settlement_run SET state = 'PENDING', retry_at = $1, error_code = 'RETRY', \
                       error_detail = $2, lease_until = 0, attempts = CASE WHEN attempts > 0 THEN attempts - 1 ELSE 0 END \
                       WHERE id = $3 AND generation = $4 AND state = 'RUNNING'";
            let detail = error.to_string();
            let values = [retry_at.0.into(), detail.into(), claim.id.0.into(), claim.generation.into()];
            store.exec_when_back(sql, values).await?;
        }
        error => {
            let wait = RETRY_AFTER.saturating_mul(1 << run.attempts.clamp(0, 10)).min(RETRY_AT_MOST);
            let retry_at = store.clock.now().plus(wait);
            let sql = "UPDATE settlement_run SET state = 'PENDING', retry_at = $1, error_code = 'RETRY', \
                       error_detail = $2, lease_until = 0 WHERE id = $3 AND generation = $4 AND state = 'RUNNING'";
            let detail = error.to_string();
            let values = [retry_at.0.into(), detail.into(), claim.id.0.into(), claim.generation.into()];
            exec(store.db(), sql, values).await?;
        }
    }
    load(store.db(), claim.id).await
}

/// Lets go of a run because this process stops: another one goes on at once.
async fn let_go(store: &Store, claim: Claim) -> Result<settlement_run::Model> {
    let sql = "UPDATE settlement_run SET state = 'PENDING', retry_at = $1, lease_until = 0, attempts = 0 \
               WHERE id = $2 AND generation = $3 AND state = 'RUNNING'";
    let values = [store.clock.now().0.into(), claim.id.0.into(), claim.generation.into()];
    exec(store.db(), sql, values).await?;
    load(store.db(), claim.id).await
}

/// Puts a run back until something is over that it waits for: not an attempt that came to nothing.
async fn wait(store: &Store, claim: Claim, pause: i64, refusals: &[Refusal]) -> Result<()> {
    let Some(refusal) = refusals.first() else { return Ok(()) };
    let sql = "UPDATE settlement_run SET state = 'PENDING', retry_at = $1, error_code = $2, error_detail = $3, \
               lease_until = 0, attempts = 0 WHERE id = $4 AND generation = $5 AND state = 'RUNNING'";
    let values = [
        store.clock.now().plus(pause).0.into(),
        refusal.code.name().into(),
        refusal.code.message(crate::Lang::En, &refusal.detail).into(),
        claim.id.0.into(),
        claim.generation.into(),
    ];
    exec(store.db(), sql, values).await?;
    Ok(())
}

/// Ends a run that has not frozen its month, saying everything that holds the month up.
async fn give_up(store: &Store, claim: Claim, refusals: &[Refusal]) -> Result<()> {
    let detail: Vec<_> = refusals.iter().map(|refusal| refusal.detail.as_str()).collect();
    let sql = "UPDATE settlement_run SET state = 'CANCELLED', error_code = $1, error_detail = $2, lease_until = 0, \
               finished_at = $3 WHERE id = $4 AND generation = $5 AND state = 'RUNNING' AND phase = 'FREEZE'";
    let values = [
        Code::CloseBlocked.name().into(),
        detail.join("; ").into(),
        store.clock.now().0.into(),
        claim.id.0.into(),
        claim.generation.into(),
    ];
    exec(store.db(), sql, values).await?;
    Ok(())
}

/// Parks a run as FAILED with a reason.
async fn fail(store: &Store, claim: Claim, code: &str, detail: &str) -> Result<()> {
    let sql = "UPDATE settlement_run SET state = 'FAILED', error_code = $1, error_detail = $2, lease_until = 0 \
               WHERE id = $3 AND generation = $4 AND state = 'RUNNING'";
    exec(store.db(), sql, [code.into(), detail.into(), claim.id.0.into(), claim.generation.into()]).await?;
    Ok(())
}

/// Refuses to write for a run that another worker took over, or that was paused; renews the lease and says
/// that a step was made. Belongs into every transaction of a run.
pub async fn fence(store: &Store, tx: &Tx, claim: Claim) -> Result<()> {
    let until = store.clock.now().plus(LEASE);
    let sql = "UPDATE settlement_run SET lease_until = $1, attempts = 0 \
               WHERE id = $2 AND generation = $3 AND state = 'RUNNING'";
    let values = [until.0.into(), claim.id.0.into(), claim.generation.into()];
    if exec(tx.orm(), sql, values).await?.rows_affected() == 0 { Err(Error::LeaseLost) } else { Ok(()) }
}
