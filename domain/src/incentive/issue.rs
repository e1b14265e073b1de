//! Issuing confirmed bills: what they earn can be requested from then on, but for what customers have not paid.

use std::collections::BTreeMap;

use entity::{
    AssociationMode, BillState, EventTopic, IncentiveBillId, LedgerAccount, PartnerId, Timestamp,
    incentive_bill, incentive_bill_line,
};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::entitle::{self, NewEntitlement};
use super::{freezing, split, terms};
use crate::error::{Code, Error, Refusal, Result};
use crate::event::{NewEvent, emit};
use crate::ledger::{Entry, Posting, post};
use crate::payment::moves::{BULK_LIMIT, BulkPolicy};
use crate::settlement::catalogue::Catalogue;
use crate::store::{Store, Tx, exec, query, query_one};
use crate::write::{Begun, Context, Write};

/// A bill, as the caller saw it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SeenBill {
    /// The bill.
    pub id: IncentiveBillId,
    /// The version the caller saw.
    pub expected_version: i32,
}

/// What is to be issued.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Issue {
    /// The bills, at most [`BULK_LIMIT`].
    pub bills: Vec<SeenBill>,
    /// What becomes of the others when one is refused.
    pub policy: BulkPolicy,
}

/// What became of one bill.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outcome {
    /// The bill.
    pub id: IncentiveBillId,
    /// Why it was not issued; empty if it was.
    pub refusals: Vec<Refusal>,
}

/// The state after issuing, if a bill of `state` can be issued. PURE.
#[must_use]
pub const fn issued(state: BillState) -> Option<BillState> {
    match state {
        BillState::Issuing => Some(BillState::Issued),
        _ => None,
    }
}

/// Issues bills and says for each what became of it, in the order asked for.
pub async fn issue(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Issue,
) -> Result<Vec<Outcome>> {
    if input.bills.is_empty() || input.bills.len() > BULK_LIMIT {
        return Err(Refusal::at("bills", Code::Invalid, format!("1 to {BULK_LIMIT} bills at once")).into());
    }
    let write = match Write::begin(store, context, "incentiveBillIssue", key, &input).await? {
        Begun::Replay(outcomes) => return Ok(outcomes),
        Begun::Fresh(write) => write,
    };
    // What is unpaid must not change under the bills that are issued now.
    write.tx().lock_history(true).await?;
    let catalogue = Catalogue::load(write.tx().orm()).await?;
    let mut outcomes: Vec<Outcome> =
        input.bills.iter().map(|seen| Outcome { id: seen.id, refusals: vec![] }).collect();
    for (i, bill) in hold_all(write.tx(), &input).await? {
        let Some(outcome) = outcomes.get_mut(i) else { continue };
        let seen = input.bills.get(i).map_or(0, |seen| seen.expected_version);
        match one(&write, store, &catalogue, bill, seen, outcome.id).await {
            Ok(()) => {}
            Err(Error::Refused(refusals)) => {
                let at = |r: Refusal| {
                    let path = ["bills".to_owned(), i.to_string()].into_iter().chain(r.path).collect();
                    Refusal { path, ..r }
                };
                outcome.refusals = refusals.into_iter().map(at).collect();
            }
            Err(error) => return Err(error),
        }
    }
    let refusals: Vec<Refusal> = outcomes.iter().flat_map(|o| o.refusals.clone()).collect();
    if input.policy == BulkPolicy::AllOrNothing && !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    let about = match &input.bills[..] {
        [one] => one.id.to_string(),
        many => format!("{} incentive bills", many.len()),
    };
    write.finish(store, &about, None, &(&input, &outcomes), &outcomes).await?;
    Ok(outcomes)
}

/// The bills with their places in the input, held in the order of partners; none where there is no such bill.
async fn hold_all(tx: &Tx, input: &Issue) -> Result<Vec<(usize, Option<incentive_bill::Model>)>> {
    let list = crate::store::placeholders(1, input.bills.len());
    let sql = format!("SELECT id, partner_id FROM incentive_bill WHERE id IN {list}");
    let ids: Vec<_> = input.bills.iter().map(|seen| seen.id.0.into()).collect();
    let mut partners: BTreeMap<IncentiveBillId, PartnerId> = BTreeMap::new();
    for row in query(tx.orm(), &sql, ids).await? {
        partners.insert(IncentiveBillId(row.try_get_by_index(0)?), PartnerId(row.try_get_by_index(1)?));
    }
    let mut order: Vec<_> = input
        .bills
        .iter()
        .enumerate()
        .map(|(i, seen)| (partners.get(&seen.id).copied().unwrap_or(PartnerId(0)), seen.id, i))
        .collect();
    order.sort_unstable();
    let mut held = Vec::with_capacity(order.len());
    for (_, id, i) in order {
        let sql = tx.holding("SELECT * FROM incentive_bill WHERE id = $1");
        let row = query_one(tx.orm(), &sql, [id.0.into()]).await?;
        held.push((i, row.map(|row| incentive_bill::Model::from_query_result(&row, "")).transpose()?));
    }
    Ok(held)
}

/// Issues one bill, or refuses before anything of it is written.
async fn one(
    write: &Write,
    store: &Store,
    catalogue: &Catalogue,
    bill: Option<incentive_bill::Model>,
    expected_version: i32,
    id: IncentiveBillId,
) -> Result<()> {
    let (tx, now) = (write.tx(), write.now);
    let bill = bill.ok_or_else(|| Refusal::at("id", Code::NotFound, id.to_string()))?;
    if bill.version != expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, bill.version.to_string()).into());
    }
    let next = issued(bill.state).ok_or_else(|| Refusal::at("id", Code::WrongState, bill.state.name()))?;
    let sql = "UPDATE incentive_bill SET state = $1, version = version + 1 WHERE id = $2";
    exec(tx.orm(), sql, [next.name().into(), bill.id.0.into()]).await?;
    let lines = incentive_bill_line::Entity::find()
        .filter(incentive_bill_line::Column::BillId.eq(bill.id))
        .order_by_asc(incentive_bill_line::Column::LineNo)
        .all(tx.orm())
        .await?;
    let mut amounts = split::by_mode(&lines);
    freezing::net(tx, &bill, &mut amounts).await?;
    let corrected = freezing::correct(tx, &bill, now).await?;
    let frozen = freezing::freeze(tx, store, catalogue, &bill, &lines, now).await?;
    entitle_all(tx, store, &bill, &amounts, now).await?;
    post_issue(tx, &bill, &amounts, frozen, corrected, now).await?;
    let detail = json!({ "month": bill.month.to_string(), "amountMicros": bill.amount, "frozenMicros": frozen,
        "currency": bill.currency.as_str() });
    let event = NewEvent {
        topic: EventTopic::IncentiveBill,
        kind: next.name(),
        entity: bill.id.to_string(),
        partner_id: Some(bill.partner_id),
        detail,
    };
    emit(tx, store, now, event).await?;
    Ok(())
}

async fn entitle_all(
    tx: &Tx,
    store: &Store,
    bill: &incentive_bill::Model,
    amounts: &BTreeMap<AssociationMode, i64>,
    now: Timestamp,
) -> Result<()> {
    let window = terms::window(tx.orm(), &terms::load(tx.orm()).await?, now).await?;
    let new = |(mode, amount): (&AssociationMode, &i64)| NewEntitlement {
        kind: entity::EntitlementKind::Earned,
        mode: *mode,
        amount: *amount,
        available_from: if *amount > 0 { window.0 } else { now },
        expires_at: (*amount > 0).then_some(window.1),
    };
    let all: Vec<_> = amounts.iter().filter(|(_, amount)| **amount != 0).map(new).collect();
    entitle::insert(tx, store, bill, &all, now).await
}

/// One posting for everything a bill brings.
async fn post_issue(
    tx: &Tx,
    bill: &incentive_bill::Model,
    amounts: &BTreeMap<AssociationMode, i64>,
    frozen: i64,
    corrected: i64,
    now: Timestamp,
) -> Result<()> {
    use LedgerAccount::{Carried, Earned, Frozen, Payable};
    let currency = bill.currency;
    let entry = |account, amount| Entry { account, currency, amount };
    let mut entries = vec![
        entry(Earned, -frozen),
        entry(Frozen, frozen),
        entry(Earned, corrected),
        entry(Frozen, -corrected),
    ];
    for amount in amounts.values() {
        entries.push(entry(Earned, -amount));
        entries.push(entry(if *amount > 0 { Payable } else { Carried }, *amount));
    }
    let posting =
        Posting { partner_id: bill.partner_id, kind: "BILL_ISSUED", entity: bill.id.to_string(), entries };
    post(tx, now, posting).await?;
    Ok(())
}
