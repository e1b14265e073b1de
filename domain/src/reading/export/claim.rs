//! The lease on an export, with a generation that fences late writers off.

use entity::{EventTopic, ExportId, Timestamp, export_job};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::kernel::error::{Error, Result};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::store::{Store, Tx, exec, query};

/// Time for which a worker has an export leased after each note of its progress.
pub const LEASE: i64 = 60 * entity::timestamp::SECOND;
/// A lease that ends later than this from now was given before the clock went back: its worker is not waited for.
/// Twice the lease, so that clocks of two machines may differ by a lease.
const LEASE_AT_MOST: i64 = 2 * LEASE;
/// Tries after which an export that never gets anywhere is given up. What passes by itself is no try.
pub const ATTEMPTS: i32 = 5;
/// Wait after a try that failed, by its number.
const AGAIN_AFTER: i64 = 30 * entity::timestamp::SECOND;
/// Wait for what passes by itself: a full disk, a file store that is away.
const PASSES_WITHIN: i64 = entity::timestamp::MINUTE;
/// Exports that one look finds, or gives up.
const FOUND_AT_ONCE: u32 = 16;

/// Takes an export that waits, or whose worker is gone; nothing if there is none to take.
pub(super) async fn claim(store: &Store, id: ExportId) -> Result<Option<export_job::Model>> {
    let now = store.clock.now();
    // Every try begins at the first row: nothing is left of a file that was not finished.
    let sql = "UPDATE export_job SET state = 'RUNNING', generation = generation + 1, attempts = attempts + 1, \
               lease_until = $1, rows_total = NULL, rows_done = 0, bytes = 0 WHERE id = $2 AND attempts < $3 AND \
               ((state = 'PENDING' AND retry_at <= $4) OR (state = 'RUNNING' AND (lease_until < $4 OR lease_until > $5)))";
    let values = [
        now.plus(LEASE).0.into(),
        id.0.into(),
        ATTEMPTS.into(),
        now.0.into(),
        now.plus(LEASE_AT_MOST).0.into(),
    ];
    let claimed = exec(store.db(), sql, values).await?.rows_affected() > 0;
    crate::kernel::crash::point("export.claim");
    if !claimed {
        return Ok(None);
    }
    Ok(export_job::Entity::find_by_id(id).one(store.db()).await?)
}

/// The condition that an export waits for a worker, or to be given up; `$1` is now.
pub(crate) fn waits() -> String {
    format!(
        "EXISTS (SELECT 1 FROM export_job WHERE (state = 'PENDING' AND (retry_at <= $1 OR expires_at < $1 OR attempts >= {ATTEMPTS})) \
         OR (state = 'RUNNING' AND (lease_until < $1 OR lease_until > $1 + {LEASE_AT_MOST})))"
    )
}

/// Exports that a worker should take. One that was tried too often, or waited too long, is given up.
pub async fn due(store: &Store) -> Result<Vec<ExportId>> {
    let now = store.clock.now();
    let hopeless = format!(
        "SELECT id FROM export_job WHERE (attempts >= {ATTEMPTS} OR expires_at < $1) AND \
         (state = 'PENDING' OR (state = 'RUNNING' AND lease_until < $1)) LIMIT {FOUND_AT_ONCE}"
    );
    for row in query(store.db(), &hopeless, [now.0.into()]).await? {
        give_up(store, ExportId(row.try_get_by_index(0)?)).await?;
    }
    let sql = format!(
        "SELECT id FROM export_job WHERE attempts < {ATTEMPTS} AND ((state = 'PENDING' AND retry_at <= $1) \
         OR (state = 'RUNNING' AND (lease_until < $1 OR lease_until > $2))) ORDER BY retry_at, id LIMIT {FOUND_AT_ONCE}"
    );
    let rows = query(store.db(), &sql, [now.0.into(), now.plus(LEASE_AT_MOST).0.into()]).await?;
    rows.iter().map(|row| Ok(ExportId(row.try_get_by_index(0)?))).collect()
}

/// Progress of a try.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Progress {
    /// Rows there are, if they were counted.
    pub(super) total: Option<i64>,
    /// Number of rows that were written.
    pub(super) rows: i64,
    /// Number of bytes of the file so far.
    pub(super) bytes: i64,
}

/// Notes how far the export is, and keeps its lease.
pub(super) async fn note(store: &Store, job: &export_job::Model, progress: Progress) -> Result<()> {
    let sql = "UPDATE export_job SET rows_total = $1, rows_done = $2, bytes = $3, lease_until = $4 \
               WHERE id = $5 AND generation = $6 AND state = 'RUNNING'";
    let values = [
        progress.total.into(),
        progress.rows.into(),
        progress.bytes.into(),
        store.clock.now().plus(LEASE).0.into(),
        job.id.0.into(),
        job.generation.into(),
    ];
    crate::kernel::crash::point("export.write");
    if exec(store.db(), sql, values).await?.rows_affected() == 0 { Err(Error::LeaseLost) } else { Ok(()) }
}

/// Lets go of an export after trouble that passes by itself: it does not count as a try.
pub(super) async fn put_off(store: &Store, job: &export_job::Model, error: &Error) -> Result<()> {
    let wait = if matches!(error, Error::Stopping) { 0 } else { PASSES_WITHIN };
    let sql = "UPDATE export_job SET state = 'PENDING', attempts = attempts - 1, retry_at = $1, lease_until = 0, \
               error_code = $2, error_detail = $3 WHERE id = $4 AND generation = $5 AND state = 'RUNNING'";
    let code = super::trouble::code(error);
    let values = [
        store.clock.now().plus(wait).0.into(),
        code.into(),
        code.map(|_| error.to_string()).into(),
        job.id.0.into(),
        job.generation.into(),
    ];
    store.exec_when_back(sql, values).await
}

/// Notes a try that failed; the next look gives up what was tried too often.
pub(super) async fn failed(store: &Store, job: &export_job::Model, error: &Error) -> Result<()> {
    let sql = "UPDATE export_job SET state = 'PENDING', retry_at = $1, lease_until = 0, error_code = 'INTERNAL', \
               error_detail = $2 WHERE id = $3 AND generation = $4 AND state = 'RUNNING'";
    let values = [
        store.clock.now().plus(AGAIN_AFTER * i64::from(job.attempts)).0.into(),
        error.to_string().into(),
        job.id.0.into(),
        job.generation.into(),
    ];
    store.exec_when_back(sql, values).await
}

/// Ends an export that was tried too often, or waited too long. Its file is not waited for.
async fn give_up(store: &Store, id: ExportId) -> Result<()> {
    let now = store.clock.now();
    let tx = store.begin().await?;
    let sql = "UPDATE export_job SET state = 'FAILED', finished_at = $1, generation = generation + 1, \
               error_code = CASE WHEN attempts < $2 THEN 'TOO_LATE' ELSE 'POISON' END WHERE id = $3 AND \
               (attempts >= $2 OR expires_at < $1) AND (state = 'PENDING' OR (state = 'RUNNING' AND lease_until < $1))";
    if exec(tx.orm(), sql, [now.0.into(), ATTEMPTS.into(), id.0.into()]).await?.rows_affected() == 0 {
        return tx.rollback().await;
    }
    if let Some(job) = export_job::Entity::find_by_id(id).one(tx.orm()).await? {
        let sql = "UPDATE stored_file SET upload_expires_at = 0 WHERE id = $1 AND state = 'AWAITING_UPLOAD'";
        exec(tx.orm(), sql, [job.file_id.0.into()]).await?;
        let why = json!({ "what": job.what.name(), "error": job.error_code });
        tell(&tx, store, now, &job, "FAILED", why).await?;
    }
    tx.commit().await
}

/// Tells that an export ended.
pub(super) async fn tell(
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    job: &export_job::Model,
    kind: &str,
    detail: Value,
) -> Result<()> {
    let (entity, partner_id) = (job.id.to_string(), job.partner_id);
    emit(tx, store, now, NewEvent { topic: EventTopic::Export, kind, entity, partner_id, detail }).await?;
    Ok(())
}

/// Exports whose file is gone say so.
pub async fn tidy(store: &Store) -> Result<()> {
    let expired = "UPDATE export_job SET state = 'EXPIRED' WHERE state = 'COMPLETED' AND expires_at < $1";
    exec(store.db(), expired, [store.clock.now().0.into()]).await?;
    Ok(())
}
