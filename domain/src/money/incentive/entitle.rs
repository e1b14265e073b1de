//! Rows of what partners may request.

use entity::{AssociationMode, EntitlementKind, Timestamp, incentive_bill};
use sea_orm::Value;

use crate::kernel::error::Result;
use crate::kernel::store::{Store, Tx, insert_rows};

/// Something a partner may request, or owes.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewEntitlement {
    pub(super) kind: EntitlementKind,
    pub(super) mode: AssociationMode,
    pub(super) amount: i64,
    pub(super) available_from: Timestamp,
    pub(super) expires_at: Option<Timestamp>,
}

/// Writes what comes from a bill.
pub(super) async fn insert(
    tx: &Tx,
    store: &Store,
    bill: &incentive_bill::Model,
    all: &[NewEntitlement],
    now: Timestamp,
) -> Result<()> {
    let rows = all.iter().flat_map(|new| -> [Value; 12] {
        [
            store.ids.next(now).into(),
            bill.partner_id.0.into(),
            bill.id.0.into(),
            bill.month.0.into(),
            new.kind.name().into(),
            new.mode.code().into(),
            bill.currency.into(),
            new.amount.into(),
            "OPEN".into(),
            new.available_from.0.into(),
            new.expires_at.map(|at| at.0).into(),
            now.0.into(),
        ]
    });
    let head = "INSERT INTO incentive_entitlement (id, partner_id, bill_id, month, kind, mode, currency, amount, state, \
                available_from, expires_at, created_at)";
    insert_rows(tx.orm(), head, 12, rows.collect(), "").await?;
    Ok(())
}
