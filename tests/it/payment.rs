//! Payment requests: every transition for every kind of actor, countersigning, bulk moves, the ledger behind them.

mod bank;
mod bulk;
mod clocks;
mod countersign;
mod invoices;
mod ledger;
mod transitions;

use domain::kernel::machine::hold;
use domain::kernel::store::{exec, query};
use domain::money::ledger::{Entry, Posting, post};
use domain::money::payment::countersign::{NewApprover, add_approver};
use domain::money::payment::create::{Item, NewRequest, create};
use domain::money::payment::machine::Requests;
use domain::{Actor, Code, Context, Error, Principal, Role};
use entity::{
    Certification, Currency, LedgerAccount, PartnerId, PartnerKind, PaymentKind, PaymentRequestId,
    PaymentSource, PaymentState, PayoutWay, payment_request,
};
use tests::partner::{balances, certify};
use tests::refused::code;
use tests::world::{World, month};

/// One unit of a currency, in micros.
pub(crate) const UNIT: i64 = 1_000_000;

pub(crate) fn cny() -> Currency {
    "CNY".parse().unwrap()
}

pub(crate) fn as_operator(subject: &str, roles: &[Role]) -> Context {
    let principal = Principal::Operator { roles: roles.to_vec() };
    Context { actor: Actor { subject: subject.into(), principal }, request_id: None }
}

pub(crate) fn as_partner(partner_id: PartnerId) -> Context {
    let actor =
        Actor { subject: format!("member of {partner_id}"), principal: Principal::Partner { partner_id } };
    Context { actor, request_id: None }
}

/// A partner whose business is certified, with as much to be paid.
pub(crate) async fn partner(world: &World, name: &str, units: i64) -> PartnerId {
    let id = world.partner(PartnerKind::SolutionProvider, name).await;
    certify(world, id, Certification::Certified).await;
    if units > 0 {
        earn(world, id, units).await;
    }
    id
}

/// The partner earned so much and may request it.
pub(crate) async fn earn(world: &World, partner_id: PartnerId, units: i64) {
    let tx = world.store.begin().await.unwrap();
    let amount = units * UNIT;
    let entry = |account, amount| Entry { account, currency: cny(), amount };
    let entries = vec![entry(LedgerAccount::Earned, -amount), entry(LedgerAccount::Payable, amount)];
    let posting = Posting { partner_id, kind: "TEST", entity: partner_id.to_string(), entries };
    post(&tx, world.store.clock.now(), posting).await.unwrap();
    tx.commit().await.unwrap();
}

/// A request of one item that nothing else holds.
pub(crate) async fn request(
    world: &World,
    partner_id: PartnerId,
    (kind, way): (PaymentKind, PayoutWay),
    units: i64,
) -> PaymentRequestId {
    let incentive = kind == PaymentKind::Incentive;
    let tx = world.store.begin().await.unwrap();
    let now = world.store.clock.now();
    let source = if incentive { PaymentSource::Entitlement } else { PaymentSource::SettlementBill };
    let new = NewRequest {
        partner_id,
        kind,
        way,
        category: if incentive { String::new() } else { "GOODS".into() },
        month: month("2026-09"),
        currency: cny(),
        state: if incentive { PaymentState::PendingSubmit } else { PaymentState::AwaitCountersign },
        items: vec![Item { source, id: world.store.ids.next(now), amount: units * UNIT }],
    };
    let request = create(&tx, &world.store, &world.context, now, new).await.unwrap();
    tx.commit().await.unwrap();
    request.id
}

async fn approver(world: &World, subject: &str, min_units: i64) {
    let input = NewApprover {
        category: "*".into(),
        currency: cny(),
        min_amount: min_units * UNIT,
        subject: subject.into(),
    };
    add_approver(&world.store, &world.context, None, input).await.unwrap();
}

pub(crate) async fn load(world: &World, id: PaymentRequestId) -> payment_request::Model {
    domain::money::payment::drive::load(&world.store, id).await.unwrap()
}

/// The balances of a partner as text, zeros left out.
pub(crate) async fn held(world: &World, partner: PartnerId) -> Vec<String> {
    balances(world, partner, UNIT).await
}

/// Puts a request into a state as if it had come there, with the ledger that goes with it.
pub(crate) async fn put(world: &World, id: PaymentRequestId, state: PaymentState) {
    use domain::money::payment::machine::holds_money;
    let before = load(world, id).await;
    let tx = world.store.begin().await.unwrap();
    hold::<Requests>(&tx, id).await.unwrap();
    let place = |state| match state {
        PaymentState::Paid => LedgerAccount::Paid,
        state if holds_money(state) => LedgerAccount::InPayout,
        _ => LedgerAccount::Payable,
    };
    let entry = |account, amount| Entry { account, currency: cny(), amount };
    let entries = vec![entry(place(before.state), -before.amount), entry(place(state), before.amount)];
    let posting = Posting { partner_id: before.partner_id, kind: "TEST", entity: id.to_string(), entries };
    post(&tx, world.store.clock.now(), posting).await.unwrap();
    let sql = "UPDATE payment_request SET state = $1, approved_by = 'first' WHERE id = $2";
    exec(tx.orm(), sql, [state.name().into(), id.0.into()]).await.unwrap();
    let sql = "UPDATE payment_request_item SET live = $1 WHERE request_id = $2";
    exec(tx.orm(), sql, [(state != PaymentState::Cancelled).into(), id.0.into()]).await.unwrap();
    tx.commit().await.unwrap();
}
