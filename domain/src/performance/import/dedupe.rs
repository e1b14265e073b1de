//! Which rows are in already. Equal rows of one file are all kept, numbered; a row whose number is there came
//! with an earlier import and is a duplicate; so the same file again changes nothing.

use entity::{CloudAccountId, Month};
use rusqlite::{Connection, OptionalExtension as _, params};
use sea_orm::DbBackend;

use super::entry::Entry;
use crate::kernel::bulk::{Bulk, Cells, Row};
use crate::kernel::error::{Error, Result};
use crate::kernel::raw::sqlite_error;
use crate::kernel::store::Store;

/// For each row, whether it is in already. Rows come in the order of their places.
pub async fn known(store: &Store, bulk: &mut Bulk, rows: &std::sync::Arc<Vec<Entry>>) -> Result<Vec<bool>> {
    if store.backend() == DbBackend::Sqlite {
        let rows = std::sync::Arc::clone(rows);
        return bulk.sqlite(move |connection| look_up(connection, &rows)).await;
    }
    bulk.begin_looking().await?;
    let known = look_up_far(bulk, rows).await?;
    bulk.commit().await?;
    Ok(known)
}

async fn look_up_far(bulk: &mut Bulk, rows: &[Entry]) -> Result<Vec<bool>> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(Vec::new()) };
    let near = bulk
        .numbers(format!(
            "SELECT 1::BIGINT FROM consumption_payment WHERE (month, account_id) >= ({}, {}) \
             AND (month, account_id) <= ({}, {}) LIMIT 1",
            first.place.month.0, first.place.account.0, last.place.month.0, last.place.account.0
        ))
        .await?;
    let mut known = vec![false; rows.len()];
    if near.is_empty() {
        return Ok(known);
    }
    let table = format!("CREATE TEMP TABLE IF NOT EXISTS {} ({KEY}) ON COMMIT DELETE ROWS", KeyRow::TABLE);
    bulk.execute(table).await?;
    let keys = rows.iter().enumerate().map(|(at, row)| KeyRow { at, row: (row.place, row.occurrence) });
    bulk.write(keys.collect()).await?;
    // The lateral look-up keeps the planner, which knows nothing of the temporary table, from reading all payments.
    let found = "SELECT k.at FROM import_key k CROSS JOIN LATERAL (SELECT 1 FROM consumption_payment p \
        WHERE p.month = k.month AND p.account_id = k.account_id AND p.consumed_at = k.consumed_at \
        AND p.fingerprint = k.fingerprint AND p.occurrence = k.occurrence LIMIT 1) p";
    for at in bulk.numbers(found.to_owned()).await? {
        let at = usize::try_from(at).ok().and_then(|at| known.get_mut(at));
        *at.ok_or_else(|| Error::Invariant("a key that was not asked for".into()))? = true;
    }
    Ok(known)
}

/// One look an account, and one a row where the account has payments.
fn look_up(connection: &mut Connection, rows: &[Entry]) -> Result<Vec<bool>> {
    let mut any = connection
        .prepare_cached("SELECT 1 FROM consumption_payment WHERE month = ?1 AND account_id = ?2 LIMIT 1")
        .map_err(sqlite_error)?;
    let mut this = connection
        .prepare_cached(
            "SELECT 1 FROM consumption_payment WHERE month = ?1 AND account_id = ?2 AND consumed_at = ?3 \
             AND fingerprint = ?4 AND occurrence = ?5",
        )
        .map_err(sqlite_error)?;
    let mut known = Vec::with_capacity(rows.len());
    let (mut at, mut has_some): (Option<(Month, CloudAccountId)>, bool) = (None, false);
    for row in rows {
        let place = &row.place;
        if at != Some((place.month, place.account)) {
            at = Some((place.month, place.account));
            has_some = any.exists(params![place.month.0, place.account.0]).map_err(sqlite_error)?;
        }
        known.push(
            has_some
                && this
                    .query_row(
                        params![
                            place.month.0,
                            place.account.0,
                            place.consumed_at.0,
                            place.fingerprint,
                            row.occurrence
                        ],
                        |_| Ok(()),
                    )
                    .optional()
                    .map_err(sqlite_error)?
                    .is_some(),
        );
    }
    Ok(known)
}

/// Columns of the temporary table of keys.
const KEY: &str =
    "at BIGINT, month INTEGER, account_id BIGINT, consumed_at BIGINT, fingerprint BYTEA, occurrence INTEGER";

/// The identity of a row, with its number in the batch.
struct KeyRow {
    at: usize,
    row: (super::entry::Place, i32),
}

impl Row for KeyRow {
    const TABLE: &'static str = "import_key";
    const COLUMNS: &'static str = "at, month, account_id, consumed_at, fingerprint, occurrence";
    const WIDTH: usize = 6;
    const CONFLICT: &'static str = "";

    fn cells(&self, cells: &mut impl Cells) -> Result<()> {
        let (place, occurrence) = &self.row;
        cells.i64(i64::try_from(self.at).unwrap_or(i64::MAX))?;
        cells.i32(place.month.0)?;
        cells.i64(place.account.0)?;
        cells.i64(place.consumed_at.0)?;
        cells.bytes(&place.fingerprint)?;
        cells.i32(*occurrence)
    }
}
