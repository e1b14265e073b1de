//! The receipt of an import: what came of every row, and to the last decimal what it was worth.

use entity::{ImportId, import_reject, import_total};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::kernel::error::Result;
use crate::kernel::store::Store;

/// Rejected rows read at once.
pub const REJECT_PAGE: u64 = 500;

/// The totals of an import by currency.
pub async fn totals(store: &Store, id: ImportId) -> Result<Vec<import_total::Model>> {
    Ok(import_total::Entity::find()
        .filter(import_total::Column::ImportId.eq(id))
        .order_by_asc(import_total::Column::Currency)
        .all(store.db())
        .await?)
}

/// Rejected rows behind line `after` (0 for the first), at most `limit`, in the order of the file.
pub async fn rejects(
    store: &Store,
    id: ImportId,
    after: i64,
    limit: u64,
) -> Result<Vec<import_reject::Model>> {
    Ok(import_reject::Entity::find()
        .filter(import_reject::Column::ImportId.eq(id))
        .filter(import_reject::Column::LineNo.gt(after))
        .order_by_asc(import_reject::Column::LineNo)
        .limit(limit)
        .all(store.db())
        .await?)
}
