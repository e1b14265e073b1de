//! Making a payment request out of what a partner may be paid.

use entity::{
    Currency, Month, PartnerId, PaymentActor, PaymentKind, PaymentOperation, PaymentRequestId, PaymentSource,
    PaymentState, PayoutWay, PceClaimOperation, Timestamp, payment_request, payment_transition,
};
use sea_orm::Value;

use super::machine::Requests;
use super::{clocks, effect, tell};
use crate::kernel::amount::money;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::event::emit_all;
use crate::kernel::machine::trail::{self, Entry, Trailed};
use crate::kernel::machine::{Machine, Turn};
use crate::kernel::store::{Store, Tx, insert_rows, query_one};
use crate::kernel::write::Context;
use crate::money::opportunity_incentive::follow::follow;

/// Most items of one request: its invoice list stays readable.
pub const ITEMS_LIMIT: usize = 500;

/// Something that is paid, or set off when below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// What kind of thing.
    pub source: PaymentSource,
    /// Its key.
    pub id: i64,
    /// In micros.
    pub amount: i64,
}

/// A request to be made.
#[derive(Clone, Debug)]
pub struct NewRequest {
    /// Who is paid.
    pub partner_id: PartnerId,
    /// What is paid.
    pub kind: PaymentKind,
    /// How.
    pub way: PayoutWay,
    /// Category of the bill; empty for incentives.
    pub category: String,
    /// The latest month it pays.
    pub month: Month,
    /// The currency of all items.
    pub currency: Currency,
    /// Where it begins: PENDING_CONFIRM or AWAIT_COUNTERSIGN for the marketplace, PENDING_SUBMIT for incentives.
    pub state: PaymentState,
    /// What is paid.
    pub items: Vec<Item>,
}

/// Makes the request inside `tx`. Refuses items that another request holds, and sums that are not above zero.
pub async fn create(
    tx: &Tx,
    store: &Store,
    context: &Context,
    now: Timestamp,
    new: NewRequest,
) -> Result<payment_request::Model> {
    let made = create_many(tx, store, context, now, vec![new]).await?.pop();
    made.ok_or_else(|| Error::Invariant("a payment request was not made".into()))
}

/// Makes many requests inside `tx`, in the order given, in as few statements as there can be.
pub async fn create_many(
    tx: &Tx,
    store: &Store,
    context: &Context,
    now: Timestamp,
    new: Vec<NewRequest>,
) -> Result<Vec<payment_request::Model>> {
    let mut made = Vec::with_capacity(new.len());
    let mut items = Vec::with_capacity(new.len());
    for new in new {
        let amount = amount(&new)?;
        made.push(model(store, context, now, &new, amount));
        items.push(new.items);
    }
    insert(tx, &made).await?;
    insert_items(tx, &made, &items).await?;
    let turn = Turn { tx, store, context, now };
    trail::write::<Requests>(turn, made.iter().map(|request| first_step(turn, request))).await?;
    let incentives = made.iter().filter(|request| request.kind == PaymentKind::Incentive);
    let incentives: Vec<_> = incentives.map(|request| request.id).collect();
    follow(turn, &incentives, PceClaimOperation::Request).await?;
    effect::reserve_new(tx, now, &made, &items, PaymentOperation::Create.name()).await?;
    clocks::begin_all(tx, store, now, &made).await?;
    let events: Vec<_> =
        made.iter().map(|request| tell::event(request, None, PaymentOperation::Create, None)).collect();
    emit_all(tx, store, now, &events).await?;
    Ok(made)
}

fn first_step(turn: Turn<'_>, request: &payment_request::Model) -> payment_transition::Model {
    let entry = Entry {
        operation: PaymentOperation::Create,
        from: None,
        actor: &turn.context.actor.subject,
        party: acts_as(turn.context, request),
        code: None,
        reason: None,
        at: turn.now,
    };
    Requests::kept(request, entry)
}

fn acts_as(context: &Context, request: &payment_request::Model) -> PaymentActor {
    let parties = Requests::parties(&context.actor, Some(request.partner_id));
    parties.into_iter().next().unwrap_or(PaymentActor::System)
}

fn model(
    store: &Store,
    context: &Context,
    now: Timestamp,
    new: &NewRequest,
    amount: i64,
) -> payment_request::Model {
    payment_request::Model {
        id: PaymentRequestId(store.ids.next(now)),
        partner_id: new.partner_id,
        kind: new.kind,
        way: new.way,
        category: new.category.clone(),
        month: new.month,
        currency: new.currency,
        amount,
        state: new.state,
        state_since: now,
        reason: None,
        transitions: 1,
        round: 0,
        payout_no: None,
        approved_by: None,
        created_by: context.actor.subject.clone(),
        created_at: now,
        version: 1,
    }
}

fn amount(new: &NewRequest) -> Result<i64> {
    if new.items.is_empty() || new.items.len() > ITEMS_LIMIT {
        let detail = format!("a payment request has 1 to {ITEMS_LIMIT} items");
        return Err(Refusal::at("items", Code::Invalid, detail).into());
    }
    let sum = new.items.iter().try_fold(0_i64, |sum, item| sum.checked_add(item.amount));
    let sum = sum.ok_or_else(|| Error::Invariant("a payment request overflows".into()))?;
    if sum <= 0 {
        return Err(Refusal::at("items", Code::NothingToPay, money(sum, new.currency)).into());
    }
    Ok(sum)
}

async fn insert(tx: &Tx, requests: &[payment_request::Model]) -> Result<()> {
    let rows = requests.iter().flat_map(|request| -> [Value; 15] {
        [
            request.id.0.into(),
            request.partner_id.0.into(),
            request.kind.name().into(),
            request.way.name().into(),
            request.category.as_str().into(),
            request.month.0.into(),
            request.currency.into(),
            request.amount.into(),
            request.state.name().into(),
            request.state_since.0.into(),
            request.transitions.into(),
            request.round.into(),
            request.created_by.as_str().into(),
            request.created_at.0.into(),
            request.version.into(),
        ]
    });
    let head = "INSERT INTO payment_request (id, partner_id, kind, way, category, month, currency, amount, state, state_since, \
                transitions, round, created_by, created_at, version)";
    insert_rows(tx.orm(), head, 15, rows.collect(), "").await?;
    Ok(())
}

/// One live request holds a source; the database itself refuses a second.
async fn insert_items(tx: &Tx, requests: &[payment_request::Model], items: &[Vec<Item>]) -> Result<()> {
    let mut all: Vec<(PaymentRequestId, &Item)> = Vec::new();
    let mut rows: Vec<Value> = Vec::new();
    for (request, items) in requests.iter().zip(items) {
        for (item, no) in items.iter().zip(1_i32..) {
            let (source, live) = (item.source.name(), true);
            rows.extend::<[Value; 6]>([
                request.id.0.into(),
                no.into(),
                source.into(),
                item.id.into(),
                item.amount.into(),
                live.into(),
            ]);
            all.push((request.id, item));
        }
    }
    let head = "INSERT INTO payment_request_item (request_id, item_no, source, source_id, amount, live)";
    let inserted = insert_rows(tx.orm(), head, 6, rows, "ON CONFLICT DO NOTHING").await?;
    if usize::try_from(inserted).is_ok_and(|n| n == all.len()) {
        return Ok(());
    }
    for (request, item) in all {
        let sql = "SELECT request_id FROM payment_request_item WHERE source = $1 AND source_id = $2 AND live AND request_id <> $3";
        let values = [item.source.name().into(), item.id.into(), request.0.into()];
        if let Some(row) = query_one(tx.orm(), sql, values).await? {
            let other = PaymentRequestId(row.try_get_by_index(0)?);
            return Err(Refusal::at("items", Code::AlreadyRequested, other.to_string()).into());
        }
    }
    Err(Refusal::at("items", Code::Invalid, "the same item twice").into())
}
