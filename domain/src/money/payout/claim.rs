//! Claiming an order: the attempt is counted and committed before the gateway hears of it.

use entity::timestamp::{MINUTE, SECOND};
use entity::{
    Certification, PaymentRequestId, PayoutOrderId, PayoutOrderState, PayoutStep, business_information,
    payment_request, payout_order,
};
use sea_orm::{EntityTrait, FromQueryResult};

use super::gateway::Bill;
use super::order::step_of;
use super::record;
use crate::kernel::error::Result;
use crate::kernel::machine::hold;
use crate::kernel::store::{Store, Tx, exec, query, query_one};
use crate::money::payment::machine::Requests;

/// How long a process has an order, in microseconds: longer than it may ask, answer and all.
pub const LEASE: i64 = 2 * MINUTE;
/// Orders sent in one tick; the next goes on.
const AT_ONCE: i64 = 40;
/// A lease that ends later than this from now was taken before the clock went back.
pub(super) const CLOCKS_DIFFER: i64 = LEASE + 30 * SECOND;

/// An order in hand.
#[derive(Debug)]
pub(super) struct Claimed {
    pub(super) id: PayoutOrderId,
    pub(super) request_id: PaymentRequestId,
    pub(super) generation: i32,
    pub(super) step: PayoutStep,
    pub(super) state: PayoutOrderState,
    /// Attempts since the gateway last answered, this one included.
    pub(super) attempts: i32,
    /// The gateway cannot have it.
    pub(super) first: bool,
    pub(super) bill: Bill,
    pub(super) payout_no: Option<String>,
    /// Keys of earlier orders of the step, which failed.
    pub(super) earlier: Vec<String>,
}

/// The orders whose time has come.
pub(super) async fn due(store: &Store) -> Result<Vec<PayoutOrderId>> {
    let now = store.clock.now();
    let sql = "SELECT id FROM payout_order WHERE state IN ('PENDING', 'SENT') AND retry_at <= $1 \
               AND (lease_until <= $1 OR lease_until > $2) ORDER BY retry_at, id LIMIT $3";
    let rows =
        query(store.db(), sql, [now.0.into(), now.plus(CLOCKS_DIFFER).0.into(), AT_ONCE.into()]).await?;
    rows.iter().map(|row| Ok(PayoutOrderId(row.try_get_by_index(0)?))).collect()
}

/// Reads an order inside `tx`.
pub(super) async fn read(tx: &Tx, id: PayoutOrderId) -> Result<Option<payout_order::Model>> {
    let row = query_one(tx.orm(), "SELECT * FROM payout_order WHERE id = $1", [id.0.into()]).await?;
    Ok(row.map(|row| payout_order::Model::from_query_result(&row, "")).transpose()?)
}

/// Takes an order in hand; none if somebody else has it, or there is nothing to send.
pub(super) async fn claim(store: &Store, id: PayoutOrderId) -> Result<Option<Claimed>> {
    let found = payout_order::Entity::find_by_id(id).one(store.db()).await?;
    let Some(found) = found else { return Ok(None) };
    let tx = store.begin().await?;
    let now = store.clock.now();
    // Everything that changes an order holds its request first.
    let Some(request) = hold::<Requests>(&tx, found.request_id).await? else { return Ok(None) };
    let Some(order) = read(&tx, id).await? else { return Ok(None) };
    let held = order.lease_until > now && order.lease_until <= now.plus(CLOCKS_DIFFER);
    if !order.state.is_live() || held || order.retry_at > now {
        return Ok(None);
    }
    let known = business_information::Entity::find_by_id(request.partner_id).one(tx.orm()).await?;
    if step_of(&request) != Some(order.step) {
        record::close(&tx, now, &order, "WRONG_STATE", request.state.name()).await?;
        tx.commit().await?;
        return Ok(None);
    }
    let certification = known.as_ref().map_or(Certification::NotSubmitted, |row| row.certification);
    if order.sent_at.is_none() && certification != Certification::Certified {
        record::refuse_unsent(tx, store, now, &request, &order, "NOT_CERTIFIED", certification.name())
            .await?;
        return Ok(None);
    }
    let sql = "UPDATE payout_order SET attempts = attempts + 1, generation = generation + 1, lease_until = $1, \
               sent_at = COALESCE(sent_at, $2) WHERE id = $3";
    exec(tx.orm(), sql, [now.plus(LEASE).0.into(), now.0.into(), id.0.into()]).await?;
    let earlier = earlier(&tx, &order).await?;
    tx.commit().await?;
    crate::kernel::crash::point("payout.claim");
    Ok(Some(Claimed {
        id,
        request_id: request.id,
        generation: order.generation + 1,
        step: order.step,
        state: order.state,
        attempts: order.attempts + 1,
        first: order.sent_at.is_none(),
        bill: bill(&request, &order, known),
        payout_no: request.payout_no,
        earlier,
    }))
}

/// The keys of earlier orders of the step that failed.
async fn earlier(tx: &Tx, order: &payout_order::Model) -> Result<Vec<String>> {
    let sql = "SELECT idempotency_key FROM payout_order WHERE request_id = $1 AND step = $2 AND id <> $3 \
               AND state = 'FAILED' AND sent_at IS NOT NULL ORDER BY cycle DESC LIMIT 5";
    let values = [order.request_id.0.into(), order.step.name().into(), order.id.0.into()];
    query(tx.orm(), sql, values).await?.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

fn bill(
    request: &payment_request::Model,
    order: &payout_order::Model,
    known: Option<business_information::Model>,
) -> Bill {
    // An order that was sent before a change of the account is sent again as it was, not to what nobody has certified.
    let certified = |row: business_information::Model| {
        (row.legal_name, row.taxpayer_no, row.certified_account.unwrap_or_default())
    };
    let (legal_name, taxpayer_no, bank_account) = known.map_or_else(Default::default, certified);
    Bill {
        key: order.idempotency_key.clone(),
        request_id: request.id,
        partner_id: request.partner_id,
        legal_name,
        taxpayer_no,
        bank_account,
        way: request.way,
        amount: request.amount,
        currency: request.currency,
        month: request.month,
    }
}
