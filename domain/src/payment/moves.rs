//! Moving many payment requests at once, by a person: all of them or those that can be moved.

use entity::{PartnerId, PaymentActor, PaymentOperation, PaymentRequestId, payment_request};
use serde::{Deserialize, Serialize};

use super::apply::{hold, step};
use super::{invoice, machine};
use crate::actor::Principal;
use crate::error::{Code, Error, Refusal, Result};
use crate::store::{Store, Tx, query};
use crate::write::{Begun, Context, Write};

/// Most requests of one call: one transaction holds them all.
pub const BULK_LIMIT: usize = 100;

/// What becomes of the others when one is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BulkPolicy {
    /// Nothing moves.
    AllOrNothing,
    /// They move.
    SkipFailed,
}

/// A request, as the caller saw it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Seen {
    /// The request.
    pub id: PaymentRequestId,
    /// The version the caller saw.
    pub expected_version: i32,
}

/// What is to be done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Moves {
    /// The operation, the same for all.
    pub operation: PaymentOperation,
    /// The requests.
    pub requests: Vec<Seen>,
    /// Why; some operations need it.
    pub reason: Option<String>,
    /// What becomes of the others when one is refused.
    pub policy: BulkPolicy,
}

/// What became of one request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outcome {
    /// The request.
    pub id: PaymentRequestId,
    /// Why it did not move; empty if it did.
    pub refusals: Vec<Refusal>,
}

/// Moves the requests and says for each what became of it, in the order asked for. With ALL_OR_NOTHING every refusal
/// of every request is named at once.
pub async fn move_requests(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Moves,
) -> Result<Vec<Outcome>> {
    check(&input)?;
    let write = match Write::begin(store, context, "paymentRequestMove", key, &input).await? {
        Begun::Replay(outcomes) => return Ok(outcomes),
        Begun::Fresh(write) => write,
    };
    let held = hold_all(&write, &input).await?;
    let mut outcomes = Vec::with_capacity(input.requests.len());
    for (i, seen) in input.requests.iter().enumerate() {
        let request = held.iter().find(|request| request.id == seen.id);
        let moved = one(&write, store, context, &input, *seen, request).await;
        let refusals = match moved {
            Ok(()) => vec![],
            Err(Error::Refused(refusals)) => refusals.into_iter().map(|refusal| at_row(i, refusal)).collect(),
            Err(error) => return Err(error),
        };
        outcomes.push(Outcome { id: seen.id, refusals });
    }
    if input.policy == BulkPolicy::AllOrNothing {
        let refusals: Vec<Refusal> = outcomes.iter().flat_map(|o| o.refusals.clone()).collect();
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
    }
    let about = match &input.requests[..] {
        [one] => one.id.to_string(),
        many => format!("{} payment requests", many.len()),
    };
    write.finish(store, &about, input.reason.as_deref(), &(&input, &outcomes), &outcomes).await?;
    Ok(outcomes)
}

fn at_row(i: usize, refusal: Refusal) -> Refusal {
    let path = ["requests".to_owned(), i.to_string()].into_iter().chain(refusal.path).collect();
    Refusal { path, ..refusal }
}

fn check(input: &Moves) -> Result<()> {
    if input.requests.is_empty() || input.requests.len() > BULK_LIMIT {
        let detail = format!("1 to {BULK_LIMIT} requests at once");
        return Err(Refusal::at("requests", Code::Invalid, detail).into());
    }
    let mut ids: Vec<_> = input.requests.iter().map(|seen| seen.id).collect();
    ids.sort_unstable();
    if ids.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(Refusal::at("requests", Code::Invalid, "the same request twice").into());
    }
    let by_hand = |t: &machine::Transition| {
        t.operation == input.operation
            && t.by.iter().any(|by| !matches!(by, PaymentActor::System | PaymentActor::Approver))
    };
    if !machine::TABLE.iter().any(by_hand) {
        let detail = format!("{}: SYSTEM, countersignVote", input.operation);
        return Err(Refusal::at("operation", Code::NotAllowed, detail).into());
    }
    Ok(())
}

/// Holds every request the caller may know of, in the order of partners: whoever holds several waits for others in
/// the same order.
async fn hold_all(write: &Write, input: &Moves) -> Result<Vec<payment_request::Model>> {
    let tx = write.tx();
    let mut order = partners(tx, input).await?;
    if let Principal::Partner { partner_id } = write.actor().principal {
        order.retain(|(partner, _)| *partner == partner_id);
    }
    order.sort_unstable();
    let mut held = Vec::with_capacity(order.len());
    for (_, id) in order {
        held.extend(hold(tx, id).await?);
    }
    Ok(held)
}

async fn partners(tx: &Tx, input: &Moves) -> Result<Vec<(PartnerId, PaymentRequestId)>> {
    let list = crate::store::placeholders(1, input.requests.len());
    let sql = format!("SELECT partner_id, id FROM payment_request WHERE id IN {list}");
    let ids: Vec<_> = input.requests.iter().map(|seen| seen.id.0.into()).collect();
    let rows = query(tx.orm(), &sql, ids).await?;
    rows.iter()
        .map(|row| Ok((PartnerId(row.try_get_by_index(0)?), PaymentRequestId(row.try_get_by_index(1)?))))
        .collect()
}

/// Moves one, or refuses before anything of it is written.
async fn one(
    write: &Write,
    store: &Store,
    context: &Context,
    input: &Moves,
    seen: Seen,
    request: Option<&payment_request::Model>,
) -> Result<()> {
    let request = request.ok_or_else(|| Refusal::at("id", Code::NotFound, seen.id.to_string()))?;
    if request.version != seen.expected_version {
        let detail = request.version.to_string();
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, detail).into());
    }
    let reason = input.reason.as_deref();
    let after = step(write.tx(), store, context, write.now, request, input.operation, reason).await?;
    // What is invoiced anew has room beside nothing that was invoiced before.
    if matches!(input.operation, PaymentOperation::RejectInvoices | PaymentOperation::ReopenInvoicing) {
        invoice::reject::all(write.tx(), &after, reason).await?;
    }
    Ok(())
}
