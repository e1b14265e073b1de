//! A month is not made final in the middle of an import: one half of a bill would stand in the month, the
//! other as corrections in the next.

use entity::timestamp::DAY;
use entity::{ImportId, Timestamp};
use sea_orm::ConnectionTrait;

use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{exec, query_one};

/// An import whose process has been silent for so long is not waited for any more: whoever cares had a day
/// to go on with it.
pub const SILENT_AT_MOST: i64 = DAY;

/// An import that is under way and has read rows, by key and name; whether its process lives or it waits to
/// be resumed.
pub async fn under_way<C: ConnectionTrait>(connection: &C, now: Timestamp) -> Result<Option<String>> {
    let sql = "SELECT id, file_name FROM bill_import WHERE state = 'RUNNING' AND (rows_read > 0 OR rows_posted > 0) \
               AND lease_until > $1 ORDER BY created_at, id LIMIT 1";
    let Some(row) = query_one(connection, sql, [now.plus(-SILENT_AT_MOST).0.into()]).await? else {
        return Ok(None);
    };
    let (id, name): (i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    Ok(Some(format!("{} ({name})", ImportId(id))))
}

/// Refuses while an import is under way.
pub async fn refuse_while_importing<C: ConnectionTrait>(connection: &C, now: Timestamp) -> Result<()> {
    match under_way(connection, now).await? {
        Some(import) => Err(Refusal::at("month", Code::ImportRunning, import).into()),
        None => Ok(()),
    }
}

/// Ends imports that are not waited for any more, where everybody sees it: as FAILED with the code ABANDONED.
/// Belongs into the transaction that closes a month without them.
pub async fn give_up_silent<C: ConnectionTrait>(connection: &C, now: Timestamp) -> Result<()> {
    let sql = "UPDATE bill_import SET state = 'FAILED', error_code = 'ABANDONED', error_detail = $1, \
               finished_at = $2, generation = generation + 1 \
               WHERE state = 'RUNNING' AND (rows_read > 0 OR rows_posted > 0) AND lease_until <= $3";
    let detail = "its process was silent for a day, and a month was made final without the rest; import the file \
                  again: rows that are in are recognised, others become corrections";
    exec(connection, sql, [detail.into(), now.0.into(), now.plus(-SILENT_AT_MOST).0.into()]).await?;
    Ok(())
}
