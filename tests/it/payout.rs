//! Payouts: orders to a gateway that are sent until they are answered, never twice and never lost.

mod answers;
mod callbacks;
pub(crate) mod gateway;
mod listed;
mod sandbox;
mod silence;

use domain::kernel::store::{exec, query};
use domain::money::payout::{Gateway, round};
use entity::{PartnerId, PaymentKind, PaymentRequestId, PaymentState, PayoutStep, PayoutWay};
use tests::world::World;

use crate::payment::{load, partner, put, request};

/// A request that waits for `step` of a certified partner, and the partner.
pub(crate) async fn waiting(world: &World, name: &str, step: PayoutStep) -> (PartnerId, PaymentRequestId) {
    let owner = partner(world, name, 100).await;
    let way = if step == PayoutStep::Issue { PayoutWay::CouponQuota } else { PayoutWay::BankTransfer };
    let id = request(world, owner, (PaymentKind::Incentive, way), 100).await;
    let state = if step == PayoutStep::Pay { PaymentState::Paying } else { PaymentState::AwaitPayout };
    put(world, id, state).await;
    if step == PayoutStep::Pay {
        let sql = "UPDATE payment_request SET payout_no = $1 WHERE id = $2";
        exec(world.store.db(), sql, [number(id).into(), id.0.into()]).await.unwrap();
    }
    (owner, id)
}

/// The number of the payout of a request that waits to be paid.
pub(crate) fn number(id: PaymentRequestId) -> String {
    format!("NO-{id}")
}

/// Works once, and says where the request stands.
async fn work(payouts: &Gateway, world: &World, id: PaymentRequestId) -> PaymentState {
    round(&world.store, payouts).await.unwrap();
    load(world, id).await.state
}

/// The orders of a request as text: step, cycle, state, attempts, reason.
async fn orders(world: &World, id: PaymentRequestId) -> Vec<String> {
    let sql = "SELECT step, cycle, state, attempts, COALESCE(reason_code, '-') FROM payout_order WHERE request_id = $1 ORDER BY id";
    let rows = query(world.store.db(), sql, [id.0.into()]).await.unwrap();
    let line = |row: &sea_orm::QueryResult| {
        let text = |n: usize| row.try_get_by_index::<String>(n).unwrap();
        let number = |n: usize| row.try_get_by_index::<i32>(n).unwrap();
        format!("{} {} {} {} {}", text(0), number(1), text(2), number(3), text(4))
    };
    rows.iter().map(line).collect()
}

/// Events of a kind about a request.
async fn events(world: &World, id: PaymentRequestId, kind: &str) -> usize {
    let sql = "SELECT 1 FROM event WHERE entity = $1 AND kind = $2";
    query(world.store.db(), sql, [id.to_string().into(), kind.into()]).await.unwrap().len()
}
