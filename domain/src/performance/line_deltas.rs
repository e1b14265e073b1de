//! Performance lines are changed by delta, in the transaction that brings the facts.

use entity::{AssociationMode, CustomerId, Month};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, Value};

use super::line::{KEY_COLUMNS, LineKey, LineSum, UPSERT};
use super::partner_sum::{self, Changes};
use crate::kernel::error::Result;
use crate::kernel::store::insert_rows;

/// Changes of lines, by posting month and customer.
pub type Deltas = FxHashMap<(Month, CustomerId, LineKey), LineSum>;

/// Adds `deltas` to the lines and to the sums to the partner.
pub async fn apply<C: ConnectionTrait>(connection: &C, deltas: Deltas) -> Result<()> {
    let changes = Changes::of(&deltas);
    add(connection, deltas).await?;
    partner_sum::keep(connection, changes).await
}

/// Adds `deltas` to the lines alone; the caller keeps the sums to the partner. Rows go in the order of the
/// key, so that two writers never wait for each other in a circle.
pub async fn add<C: ConnectionTrait>(connection: &C, deltas: Deltas) -> Result<()> {
    const WIDTH: usize = 12;
    let mut rows: Vec<_> = deltas.into_iter().collect();
    rows.sort_unstable_by_key(|((month, customer, key), _)| {
        (*month, key.bill_to_id, key.partner_id, *customer, *key)
    });
    let mut values: Vec<Value> = Vec::with_capacity(rows.len() * WIDTH);
    for ((month, customer, key), sum) in rows {
        values.extend([
            Value::from(month.0),
            customer.0.into(),
            key.origin_month.0.into(),
            key.partner_id.0.into(),
            key.bill_to_id.0.into(),
            key.mode.map_or(0, AssociationMode::code).into(),
            key.product_id.0.into(),
            key.charging_mode.code().into(),
            key.currency.into(),
            key.reason.code().into(),
            sum.amount.into(),
            sum.payments.into(),
        ]);
    }
    let head = format!("INSERT INTO performance_line (month, customer_id, {KEY_COLUMNS}, amount, payments)");
    insert_rows(connection, &head, WIDTH, values, UPSERT).await?;
    Ok(())
}
