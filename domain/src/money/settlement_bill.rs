//! Bills of sellers as rows: what is told of them, and what becomes of them when their payment request is voided.

use entity::{
    Currency, EventTopic, MarketplaceCategory, Month, PartnerId, SettlementBillId, SettlementBillState,
    Timestamp, payment_request,
};
use serde_json::json;

use crate::kernel::error::{Error, Result};
use crate::kernel::event::{NewEvent, emit_all};
use crate::kernel::store::{Store, Tx, query};

/// Bills above zero are cancelled: their lines are free, and the next bill-out bills them again. Bills of zero and
/// below are carried forward again.
pub(crate) async fn voided(
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    request: &payment_request::Model,
) -> Result<()> {
    let sql = "UPDATE settlement_bill SET state = CASE WHEN amount > 0 THEN 'CANCELLED' ELSE 'CARRIED' END, \
               version = version + 1 WHERE id IN (SELECT source_id FROM payment_request_item \
               WHERE request_id = $1 AND source = 'SETTLEMENT_BILL') \
               RETURNING id, state, month, category, amount";
    let mut events = Vec::new();
    for row in query(tx.orm(), sql, [request.id.0.into()]).await? {
        let state: String = row.try_get_by_index(1)?;
        let state = SettlementBillState::from_name(&state)
            .ok_or_else(|| Error::Invariant(format!("a settlement bill is in no known state {state}")))?;
        let category: String = row.try_get_by_index(3)?;
        events.push(event(Told {
            id: SettlementBillId(row.try_get_by_index(0)?),
            partner_id: request.partner_id,
            state,
            month: Month(row.try_get_by_index(2)?),
            category: named_category(&category)?,
            amount: row.try_get_by_index(4)?,
            currency: request.currency,
        }));
    }
    emit_all(tx, store, now, &events).await
}

/// What an event says of a bill.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    pub(super) id: SettlementBillId,
    pub(super) partner_id: PartnerId,
    pub(super) state: SettlementBillState,
    pub(super) month: Month,
    pub(super) category: MarketplaceCategory,
    pub(super) amount: i64,
    pub(super) currency: Currency,
}

/// The event of a bill that came into a state. PURE.
pub(super) fn event<'a>(told: Told) -> NewEvent<'a> {
    NewEvent {
        topic: EventTopic::SettlementBill,
        kind: told.state.name(),
        entity: told.id.to_string(),
        partner_id: Some(told.partner_id),
        detail: json!({
            "month": told.month.to_string(),
            "category": told.category.name(),
            "amountMicros": told.amount,
            "currency": told.currency.as_str(),
        }),
    }
}

/// The category of a stored name.
pub(super) fn named_category(name: &str) -> Result<MarketplaceCategory> {
    MarketplaceCategory::from_name(name)
        .ok_or_else(|| Error::Invariant(format!("the marketplace has no category {name}")))
}
