//! Who works on an import: a lease with a generation that fences late writers off.

use entity::{ImportId, Timestamp, bill_import};
use sea_orm::EntityTrait;

use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, exec};

/// How long a worker owns an import after each batch.
pub const LEASE: i64 = 60 * entity::timestamp::SECOND;
/// A lease that ends later than this from now was given before the clock went back: its worker is not waited
/// for. Twice the lease, so that clocks of two machines may differ by a lease.
const LEASE_AT_MOST: i64 = 2 * LEASE;
/// Claims after which an import that never gets anywhere is given up.
pub const ATTEMPTS: i32 = 20;

/// Takes an import over that waits, failed, or whose worker is gone.
pub async fn claim(store: &Store, id: ImportId) -> Result<bill_import::Model> {
    let now = store.clock.now();
    let claimed = exec(
        store.db(),
        "UPDATE bill_import SET state = 'RUNNING', generation = generation + 1, attempts = attempts + 1, \
         lease_until = $1, error_code = NULL, error_detail = NULL, finished_at = NULL \
         WHERE id = $2 AND (state IN ('AWAITING_UPLOAD', 'PENDING', 'FAILED') \
         OR (state = 'RUNNING' AND (lease_until < $3 OR lease_until > $4)))",
        [now.plus(LEASE).0.into(), id.0.into(), now.0.into(), now.plus(LEASE_AT_MOST).0.into()],
    )
    .await?
    .rows_affected();
    crate::kernel::crash::point("import.claim");
    let row = bill_import::Entity::find_by_id(id)
        .one(store.db())
        .await?
        .ok_or_else(|| Refusal::new(Code::NotFound, id.to_string()))?;
    if claimed == 0 {
        return Err(Refusal::new(Code::WrongState, row.state.name()).into());
    }
    Ok(row)
}

/// The condition that an import waits for a worker, or to be given up; `$1` is now.
pub(crate) fn waits() -> String {
    format!(
        "EXISTS (SELECT 1 FROM bill_import WHERE (state = 'PENDING' AND upload_token_hash IS NOT NULL AND attempts < {ATTEMPTS}) \
         OR (state = 'RUNNING' AND (lease_until < $1 OR lease_until > $1 + {LEASE_AT_MOST}) \
         AND (upload_token_hash IS NOT NULL OR attempts >= {ATTEMPTS})))"
    )
}

/// Imports that a worker should take: waiting ones, and those whose worker is gone. Imports from a file of
/// the command line are not among them: only its process can read the file. One that was taken over too often
/// without getting anywhere is parked as FAILED.
pub async fn due(store: &Store) -> Result<Vec<ImportId>> {
    let now = store.clock.now();
    let sql = "UPDATE bill_import SET state = 'FAILED', error_code = 'POISON', error_detail = $1, finished_at = $2, \
               generation = generation + 1 WHERE attempts >= $3 AND state = 'RUNNING' AND lease_until < $2";
    let detail = format!("{ATTEMPTS} attempts came to nothing; see the log");
    exec(store.db(), sql, [detail.into(), now.0.into(), ATTEMPTS.into()]).await?;
    let sql = "SELECT id FROM bill_import WHERE attempts < $1 AND upload_token_hash IS NOT NULL AND \
               (state = 'PENDING' OR (state = 'RUNNING' AND (lease_until < $2 OR lease_until > $3))) ORDER BY created_at LIMIT 16";
    let rows = crate::kernel::store::query(
        store.db(),
        sql,
        [ATTEMPTS.into(), now.0.into(), now.plus(LEASE_AT_MOST).0.into()],
    )
    .await?;
    rows.iter().map(|row| Ok(ImportId(row.try_get_by_index(0)?))).collect()
}

/// Keeps the lease while no batch is committed.
pub async fn renew(store: &Store, id: ImportId, generation: i32) -> Result<()> {
    let until = store.clock.now().plus(LEASE);
    let sql =
        "UPDATE bill_import SET lease_until = $1 WHERE id = $2 AND generation = $3 AND state = 'RUNNING'";
    let changed =
        exec(store.db(), sql, [until.0.into(), id.0.into(), generation.into()]).await?.rows_affected();
    if changed == 0 { Err(Error::LeaseLost) } else { Ok(()) }
}

/// Lets go of an import after a passing failure, so that the next claim need not wait for the lease to end.
pub async fn release(store: &Store, id: ImportId, generation: i32) -> Result<()> {
    // The attempt does not count: what passes by itself must not park the import.
    let sql = "UPDATE bill_import SET lease_until = $1, \
               attempts = CASE WHEN attempts > 0 THEN attempts - 1 ELSE 0 END \
               WHERE id = $2 AND generation = $3 AND state = 'RUNNING'";
    // Just over, not long ago: a final run waits a day for it.
    let over = store.clock.now().plus(-1);
    store.exec_when_back(sql, [over.0.into(), id.0.into(), generation.into()]).await
}

/// Gives up what never gets anywhere, and forgets the bytes of uploads that nobody will finish: of failed ones
/// after a week, of expired ones at once.
pub async fn tidy(store: &Store) -> Result<()> {
    let now = store.clock.now();
    let sql = "UPDATE bill_import SET state = 'FAILED', error_code = 'POISON', finished_at = $1, \
               error_detail = 'every attempt ended without a word; see the log, then import the file again' \
               WHERE state IN ('PENDING', 'RUNNING') AND attempts >= $2 AND lease_until < $1";
    exec(store.db(), sql, [now.0.into(), ATTEMPTS.into()]).await?;
    let tx = store.begin().await?;
    // An upload that goes on after all is refused from here on: its first chunks are gone.
    let expired = "UPDATE bill_import SET generation = generation + 1 \
                   WHERE state = 'AWAITING_UPLOAD' AND upload_expires_at < $1";
    exec(tx.orm(), expired, [now.0.into()]).await?;
    let ended = "SELECT id FROM bill_import WHERE (state = 'FAILED' AND finished_at < $1) \
                 OR (state = 'AWAITING_UPLOAD' AND upload_expires_at < $2)";
    let week = now.plus(-7 * entity::timestamp::DAY);
    for scratch in ["import_chunk", "import_carry"] {
        let sql = format!("DELETE FROM {scratch} WHERE import_id IN ({ended})");
        exec(tx.orm(), &sql, [week.0.into(), now.0.into()]).await?;
    }
    tx.commit().await
}

/// Ends an import with an error that the user can read. A later claim goes on behind the last batch.
pub async fn fail(store: &Store, id: ImportId, generation: i32, code: &str, detail: &str) -> Result<()> {
    let now: Timestamp = store.clock.now();
    let changed = exec(
        store.db(),
        "UPDATE bill_import SET state = 'FAILED', error_code = $1, error_detail = $2, finished_at = $3, \
         lease_until = 0 WHERE id = $4 AND generation = $5",
        [code.into(), detail.into(), now.0.into(), id.0.into(), generation.into()],
    )
    .await?
    .rows_affected();
    if changed == 0 { Err(Error::LeaseLost) } else { Ok(()) }
}
