//! Issuing confirmed bills: what they earn can be requested from then on, but for what customers have not paid.

use std::collections::BTreeMap;
use std::sync::Arc;

use entity::{
    AssociationMode, EventTopic, IncentiveBillId, LedgerAccount, Timestamp, incentive_bill,
    incentive_bill_line,
};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::entitle::{self, NewEntitlement};
use super::machine::{BillOperation, Bills};
use super::{freezing, split, terms};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::machine::{Move, Turn, next, step};
use crate::kernel::many::{BulkPolicy, Outcome, Outcomes};
use crate::kernel::store::{Store, Tx, placeholders_behind, query};
use crate::kernel::write::{Begun, Context, Write};
use crate::money::ledger::{Entry, Posting, post};
use crate::settlement::catalogue::Catalogue;

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
    /// The bills, at most [`BULK_LIMIT`](crate::kernel::many::BULK_LIMIT).
    pub bills: Vec<SeenBill>,
    /// What becomes of the others when one is refused.
    pub policy: BulkPolicy,
}

/// Issues bills and says for each what became of it, in the order asked for.
pub async fn issue(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Issue,
) -> Result<Vec<Outcome<IncentiveBillId>>> {
    let mut outcomes = Outcomes::of("bills", input.bills.iter().map(|seen| seen.id))?;
    let write = match Write::begin(store, context, "incentiveBillIssue", key, &input).await? {
        Begun::Replay(outcomes) => return Ok(outcomes),
        Begun::Fresh(write) => write,
    };
    // What is unpaid must not change under the bills that are issued now.
    write.tx().lock_history(true).await?;
    let orm = write.tx().orm();
    let window = terms::window(orm, &terms::load(orm).await?, write.now).await?;
    let issuing = Arc::new(Issuing { catalogue: Catalogue::load(orm).await?, window });
    let turn = Turn::of(&write, store, context);
    let mut held = hold_all(write.tx(), &input).await?;
    // In the order of partners, in which their ledgers are held; what there is not comes first.
    let mut order: Vec<usize> = (0..input.bills.len()).collect();
    order.sort_by_key(|i| held.get(&input.bills[*i].id).map(|bill| (bill.partner_id, bill.id)));
    for i in order {
        let seen = input.bills[i];
        outcomes.note(i, one(turn, held.remove(&seen.id), seen, &issuing).await)?;
    }
    let (about, outcomes) = (outcomes.about(), outcomes.under(input.policy)?);
    write.finish(store, &about, None, &(&input, &outcomes), &outcomes).await?;
    Ok(outcomes)
}

/// The bills there are, held in the order of partners.
async fn hold_all(tx: &Tx, input: &Issue) -> Result<BTreeMap<IncentiveBillId, incentive_bill::Model>> {
    let list = placeholders_behind(0, input.bills.len());
    let sql = tx.holding(&format!("SELECT * FROM incentive_bill WHERE id IN {list} ORDER BY partner_id, id"));
    let ids = input.bills.iter().map(|seen| seen.id.0.into());
    let rows = query(tx.orm(), &sql, ids).await?;
    let bills = rows.iter().map(|row| incentive_bill::Model::from_query_result(row, ""));
    bills.map(|bill| Ok(bill.map(|bill| (bill.id, bill))?)).collect()
}

/// Catalogue and window with which all bills of one call are issued.
#[derive(Debug)]
pub struct Issuing {
    catalogue: Catalogue,
    /// Instants from which their earnings can be requested, and at which they lapse.
    window: (Timestamp, Timestamp),
}

/// Issues one bill, or refuses before anything of it is written.
async fn one(
    turn: Turn<'_>,
    bill: Option<incentive_bill::Model>,
    seen: SeenBill,
    issuing: &Arc<Issuing>,
) -> Result<()> {
    let bill = bill.ok_or_else(|| Refusal::at("id", Code::NotFound, seen.id.to_string()))?;
    if bill.version != seen.expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, bill.version.to_string()).into());
    }
    next::<Bills>("id", (), bill.state, BillOperation::Issue)?;
    let how = Move::plain(BillOperation::Issue).with(Some(Arc::clone(issuing)));
    step::<Bills>(turn, bill, how).await?;
    Ok(())
}

/// Entitles, freezes or sets off what a bill earns, posts it, and tells.
pub(super) async fn issue_held(
    turn: Turn<'_>,
    bill: &incentive_bill::Model,
    issuing: Option<&Issuing>,
) -> Result<()> {
    let issuing = issuing.ok_or_else(|| Error::Invariant("a bill is issued with nothing".into()))?;
    let Turn { tx, store, now, .. } = turn;
    let lines = incentive_bill_line::Entity::find()
        .filter(incentive_bill_line::Column::BillId.eq(bill.id))
        .order_by_asc(incentive_bill_line::Column::LineNo)
        .all(tx.orm())
        .await?;
    let mut amounts = split::by_mode(&lines);
    freezing::net(tx, bill, &mut amounts).await?;
    let corrected = freezing::correct(tx, bill, now).await?;
    let frozen = freezing::freeze(tx, store, &issuing.catalogue, bill, &lines, now).await?;
    entitle(turn, bill, &amounts, issuing.window).await?;
    post_issue(tx, bill, &amounts, frozen, corrected, now).await?;
    let detail = json!({ "month": bill.month.to_string(), "amountMicros": bill.amount, "frozenMicros": frozen,
        "currency": bill.currency.as_str() });
    let event = NewEvent {
        topic: EventTopic::IncentiveBill,
        kind: bill.state.name(),
        entity: bill.id.to_string(),
        partner_id: Some(bill.partner_id),
        detail,
    };
    emit(tx, store, now, event).await?;
    Ok(())
}

async fn entitle(
    turn: Turn<'_>,
    bill: &incentive_bill::Model,
    amounts: &BTreeMap<AssociationMode, i64>,
    (from, until): (Timestamp, Timestamp),
) -> Result<()> {
    let now = turn.now;
    let new = |(mode, amount): (&AssociationMode, &i64)| NewEntitlement {
        kind: entity::EntitlementKind::Earned,
        mode: *mode,
        amount: *amount,
        available_from: if *amount > 0 { from } else { now },
        expires_at: (*amount > 0).then_some(until),
    };
    let all: Vec<_> = amounts.iter().filter(|(_, amount)| **amount != 0).map(new).collect();
    entitle::insert(turn.tx, turn.store, bill, &all, now).await
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
