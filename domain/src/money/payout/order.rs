//! Making orders: a request that waits for the gateway has one, and never two.

use entity::timestamp::HOUR;
use entity::{
    PaymentOperation, PaymentRequestId, PaymentState, PayoutOrderState, PayoutStep, payment_request,
};

use crate::kernel::error::Result;
use crate::kernel::machine::hold;
use crate::kernel::store::{Store, exec, query, query_one};
use crate::money::payment::drive::step_as_system;
use crate::money::payment::machine::{Requests, needs_invoice};

/// Requests looked at in one tick; the next goes on.
const AT_ONCE: i64 = 200;
/// After so long a payout that could not be created is tried again, in microseconds.
const CREATION_AGAIN_AFTER: i64 = HOUR;
/// Tries of a creation, counted with the first, after which only people try again: five in some five hours.
pub(super) const CREATION_CYCLES: i32 = 5;

/// What a request waits for.
pub(super) fn step_of(request: &payment_request::Model) -> Option<PayoutStep> {
    match request.state {
        PaymentState::AwaitPayout if needs_invoice(request.way) => Some(PayoutStep::Create),
        PaymentState::AwaitPayout => Some(PayoutStep::Issue),
        PaymentState::Paying => Some(PayoutStep::Pay),
        _ => None,
    }
}

/// Requests that wait for the gateway and have no order.
pub(super) const MISSING: &str = "SELECT r.id FROM payment_request r WHERE r.state IN ('AWAIT_PAYOUT', 'PAYING') AND NOT EXISTS \
    (SELECT 1 FROM payout_order o WHERE o.request_id = r.id AND o.state IN ('PENDING', 'SENT'))";

/// Makes the orders that are missing.
pub(super) async fn make(store: &Store) -> Result<()> {
    let sql = format!("{MISSING} ORDER BY r.state_since, r.id LIMIT $1");
    for row in query(store.db(), &sql, [AT_ONCE.into()]).await? {
        make_for(store, PaymentRequestId(row.try_get_by_index(0)?)).await?;
    }
    Ok(())
}

/// Makes the order of a request, if it waits and has none.
async fn make_for(store: &Store, id: PaymentRequestId) -> Result<()> {
    let tx = store.begin().await?;
    let now = store.clock.now();
    let Some(request) = hold::<Requests>(&tx, id).await? else { return Ok(()) };
    let Some(step) = step_of(&request) else { return Ok(()) };
    let sql = "SELECT id, state, cycle FROM payout_order WHERE request_id = $1 AND step = $2 ORDER BY cycle DESC LIMIT 1";
    let latest = query_one(tx.orm(), sql, [id.0.into(), step.name().into()]).await?;
    let latest: Option<(i64, String, i32)> = match latest {
        Some(row) => Some((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?)),
        None => None,
    };
    match latest {
        Some((_, state, _)) if PayoutOrderState::from_name(&state).is_some_and(PayoutOrderState::is_live) => {
            return Ok(());
        }
        // Nobody knows whether the gateway has it: the same order under the same key.
        Some((order, state, cycle)) if state == PayoutOrderState::GivenUp.name() => {
            let sql = "UPDATE payout_order SET state = 'PENDING', cycle = $1, attempts = 0, retry_at = $2 WHERE id = $3";
            exec(tx.orm(), sql, [(cycle + 1).into(), now.0.into(), order.into()]).await?;
        }
        latest => {
            let cycle = latest.map_or(0, |(_, _, cycle)| cycle) + 1;
            let sql = "INSERT INTO payout_order (id, request_id, step, cycle, idempotency_key, state, attempts, retry_at, \
                       lease_until, generation, created_at) VALUES ($1, $2, $3, $4, $5, 'PENDING', 0, $6, 0, 0, $6)";
            let values = [
                store.ids.next(now).into(),
                id.0.into(),
                step.name().into(),
                cycle.into(),
                format!("{id}-{step}-{cycle}").into(),
                now.0.into(),
            ];
            exec(tx.orm(), sql, values).await?;
        }
    }
    crate::kernel::crash::point("payout.order");
    tx.commit().await
}

/// Requests whose payout could not be created an hour ago; `$1` is now.
pub(super) fn again() -> String {
    format!(
        "SELECT r.id FROM payment_request r WHERE r.state = 'PAYOUT_CREATE_FAILED' AND r.state_since <= $1 - {CREATION_AGAIN_AFTER} \
         AND COALESCE((SELECT MAX(o.cycle) FROM payout_order o WHERE o.request_id = r.id AND o.step = 'CREATE'), 0) < {CREATION_CYCLES}"
    )
}

/// Tries payouts again that could not be created an hour ago.
pub(super) async fn create_again(store: &Store) -> Result<()> {
    let sql = format!("{} ORDER BY r.state_since, r.id LIMIT $2", again());
    for row in query(store.db(), &sql, [store.clock.now().0.into(), AT_ONCE.into()]).await? {
        let id = PaymentRequestId(row.try_get_by_index(0)?);
        step_as_system(store, "payout", id, PaymentOperation::RetryPayoutCreation, None).await?;
    }
    Ok(())
}
