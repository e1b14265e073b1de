//! What nobody will finish or fetch any more is deleted: the row says so first, then the object goes.

use entity::FileId;

use crate::kernel::error::Result;
use crate::kernel::store::{Store, exec, query};

/// Files deleted at once.
const AT_ONCE: usize = 100;

/// Deletes files whose time is over, files that never came, and what earlier tries of both left behind.
pub async fn tidy(store: &Store) -> Result<()> {
    if store.files.require().is_err() {
        return Ok(());
    }
    let now = store.clock.now();
    let sql = "UPDATE stored_file SET state = 'DELETED' WHERE state = 'STORED' AND expires_at < $1";
    exec(store.db(), sql, [now.0.into()]).await?;
    // What interrupted tries left is found by the id of the file.
    let sql = "UPDATE stored_file SET state = 'DELETED', path = '' \
               WHERE state = 'AWAITING_UPLOAD' AND upload_expires_at < $1";
    exec(store.db(), sql, [now.0.into()]).await?;
    while delete_some(store).await? == AT_ONCE {}
    Ok(())
}

/// Deletes the objects of some deleted files; returns how many files.
async fn delete_some(store: &Store) -> Result<usize> {
    let sql = format!(
        "SELECT id FROM stored_file WHERE state = 'DELETED' AND path IS NOT NULL ORDER BY id LIMIT {AT_ONCE}"
    );
    let rows = query(store.db(), &sql, []).await?;
    for row in &rows {
        let id = FileId(row.try_get_by_index(0)?);
        store.files.clear(&id.to_string(), None).await?;
        exec(store.db(), "UPDATE stored_file SET path = NULL WHERE id = $1", [id.0.into()]).await?;
    }
    Ok(rows.len())
}
