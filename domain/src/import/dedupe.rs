//! Which rows are new. Equal rows of one file are all kept, numbered; a row that an earlier import brought is
//! a duplicate; so the same file again changes nothing.

use entity::{CloudAccountId, ImportId, Month, Timestamp};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, Value};

use crate::error::Result;
use crate::store::{insert_rows, join_from_keys, many_placeholders, query};

/// Keys of one look-up statement.
const LOOKUP: usize = 500;

/// Where a row stands among the payments: its identity without the occurrence number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowKey {
    /// Month of the row.
    pub month: Month,
    /// Account of the row.
    pub account: CloudAccountId,
    /// When it was consumed.
    pub consumed_at: Timestamp,
    /// Identity of the row's content.
    pub fingerprint: [u8; 16],
}

/// How often a row was met before the row at hand. PURE.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    /// Stored so far, by whichever import.
    stored: i32,
    /// Of these, stored by other imports: earlier ones, or one that runs at the same time.
    earlier: i32,
    /// Met by this import, in batches before and so far in this one.
    here: i32,
}

/// For each row its occurrence number, or `None` for a duplicate.
pub async fn occurrences<C: ConnectionTrait>(
    connection: &C,
    import: ImportId,
    keys: &[RowKey],
) -> Result<Vec<Option<i32>>> {
    let mut met: FxHashMap<RowKey, Met> = stored(connection, import, keys).await?;
    let numbers = keys
        .iter()
        .map(|key| {
            let met = met.entry(*key).or_default();
            met.here += 1;
            (met.here > met.stored).then_some(met.here)
        })
        .collect();
    // Only rows known from earlier imports need a memory of their own: the others are counted as payments.
    let mut seen: Vec<_> = met.into_iter().filter(|(_, met)| met.earlier > 0).collect();
    seen.sort_unstable_by_key(|(key, _)| key.fingerprint);
    let values = seen.iter().flat_map(|(key, met)| {
        [import.0.into(), key.fingerprint.to_vec().into(), met.here.into()] as [Value; 3]
    });
    let head = "INSERT INTO import_seen (import_id, fingerprint, times)";
    let tail = "ON CONFLICT (import_id, fingerprint) DO UPDATE SET times = excluded.times";
    insert_rows(connection, head, 3, values.collect(), tail).await?;
    Ok(numbers)
}

async fn stored<C: ConnectionTrait>(
    connection: &C,
    import: ImportId,
    keys: &[RowKey],
) -> Result<FxHashMap<RowKey, Met>> {
    let mut distinct: Vec<RowKey> = keys.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let mut met: FxHashMap<RowKey, Met> = FxHashMap::default();
    for chunk in distinct.chunks(LOOKUP) {
        let n = chunk.len() * 4 + 1;
        let sql = format!(
            "WITH k (month, account_id, consumed_at, fingerprint) AS (VALUES {}) \
             SELECT p.month, p.account_id, p.consumed_at, p.fingerprint, p.import_id = ${n}, \
             (SELECT s.times FROM import_seen s WHERE s.import_id = ${n} AND s.fingerprint = p.fingerprint) \
             FROM k {} consumption_payment p ON p.month = k.month AND p.account_id = k.account_id \
             AND p.consumed_at = k.consumed_at AND p.fingerprint = k.fingerprint",
            many_placeholders(connection, chunk.len(), 4),
            join_from_keys(connection)
        );
        let values = chunk.iter().flat_map(|key| {
            [
                Value::from(key.month.0),
                key.account.0.into(),
                key.consumed_at.0.into(),
                key.fingerprint.to_vec().into(),
            ]
        });
        for row in query(connection, &sql, values.chain([import.0.into()])).await? {
            let Ok(fingerprint) = row.try_get_by_index::<Vec<u8>>(3)?.try_into() else { continue };
            let key = RowKey {
                month: Month(row.try_get_by_index(0)?),
                account: CloudAccountId(row.try_get_by_index(1)?),
                consumed_at: Timestamp(row.try_get_by_index(2)?),
                fingerprint,
            };
            let (mine, seen): (bool, Option<i32>) = (row.try_get_by_index(4)?, row.try_get_by_index(5)?);
            let known = met.entry(key).or_default();
            known.stored += 1;
            known.earlier += i32::from(!mine);
            known.here = seen.unwrap_or(known.here + i32::from(mine));
        }
    }
    Ok(met)
}
