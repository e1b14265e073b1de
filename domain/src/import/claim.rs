//! Who works on an import: a lease with a generation that fences late writers off.

use entity::{ImportId, Timestamp, bill_import};
use sea_orm::EntityTrait;

use crate::error::{Code, Error, Refusal, Result};
use crate::store::{Store, exec};

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
    crate::crash::point("import.claim");
    let row = bill_import::Entity::find_by_id(id)
        .one(store.db())
        .await?
        .ok_or_else(|| Refusal::new(Code::NotFound, id.to_string()))?;
    if claimed == 0 {
        return Err(Refusal::new(Code::WrongState, row.state.name()).into());
    }
    Ok(row)
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
    let rows = crate::store::query(
        store.db(),
        sql,
        [ATTEMPTS.into(), now.0.into(), now.plus(LEASE_AT_MOST).0.into()],
    )
    .await?;
    rows.iter().map(|row| Ok(ImportId(row.try_get_by_index(0)?))).collect()
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
