//! Moving many payment requests at once, by a person: all of them or those that can be moved.

use std::collections::BTreeMap;

use entity::{PaymentActor, PaymentOperation, PaymentRequestId, payment_request};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};

use super::invoice;
use super::machine::Requests;
use crate::kernel::actor::Principal;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::machine::{Machine, Move, Transition, Turn, step};
use crate::kernel::many::{BulkPolicy, Outcome, Outcomes};
use crate::kernel::store::{Store, placeholders_behind, query};
use crate::kernel::write::{Begun, Context, Write};

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

/// Moves the requests and says for each what became of it, in the order asked for. With ALL_OR_NOTHING every refusal
/// of every request is named at once.
pub async fn move_requests(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Moves,
) -> Result<Vec<Outcome<PaymentRequestId>>> {
    let mut outcomes = Outcomes::of("requests", input.requests.iter().map(|seen| seen.id))?;
    check(&input)?;
    let write = match Write::begin(store, context, "paymentRequestMove", key, &input).await? {
        Begun::Replay(outcomes) => return Ok(outcomes),
        Begun::Fresh(write) => write,
    };
    let held = hold_all(&write, &input).await?;
    // In the order of partners, in which their ledgers are held; what there is not comes first.
    let mut order: Vec<_> = input.requests.iter().map(|seen| held.get(&seen.id)).enumerate().collect();
    order.sort_by_key(|(_, request)| request.map(|request| (request.partner_id, request.id)));
    for (i, request) in order {
        outcomes.note(i, one(&write, store, context, &input, input.requests[i], request).await)?;
    }
    let (about, outcomes) = (outcomes.about(), outcomes.under(input.policy)?);
    write.finish(store, &about, input.reason.as_deref(), &(&input, &outcomes), &outcomes).await?;
    Ok(outcomes)
}

fn check(input: &Moves) -> Result<()> {
    let by_hand = |t: &Transition<Requests>| {
        t.operation == input.operation
            && t.by.iter().any(|by| !matches!(by, PaymentActor::System | PaymentActor::Approver))
    };
    if !Requests::TABLE.iter().any(by_hand) {
        let detail = format!("{}: SYSTEM, countersignVote", input.operation);
        return Err(Refusal::at("operation", Code::NotAllowed, detail).into());
    }
    Ok(())
}

/// Every request the caller may know of, held in the order of partners: whoever holds several waits for others in the
/// same order.
async fn hold_all(
    write: &Write,
    input: &Moves,
) -> Result<BTreeMap<PaymentRequestId, payment_request::Model>> {
    let tx = write.tx();
    let list = placeholders_behind(0, input.requests.len());
    let mut values: Vec<sea_orm::Value> = input.requests.iter().map(|seen| seen.id.0.into()).collect();
    let mut own = String::new();
    if let Principal::Partner { partner_id } = write.actor().principal {
        values.push(partner_id.0.into());
        own = format!(" AND partner_id = ${}", values.len());
    }
    let sql = format!("SELECT * FROM payment_request WHERE id IN {list}{own} ORDER BY partner_id, id");
    let rows = query(tx.orm(), &tx.holding(&sql), values).await?;
    let requests = rows.iter().map(|row| payment_request::Model::from_query_result(row, ""));
    requests.map(|request| Ok(request.map(|request| (request.id, request))?)).collect()
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
    let how = Move::because(input.operation, reason);
    let after = step::<Requests>(Turn::of(write, store, context), request.clone(), how).await?;
    // What is invoiced anew has room beside nothing that was invoiced before.
    if matches!(input.operation, PaymentOperation::RejectInvoices | PaymentOperation::ReopenInvoicing) {
        invoice::reject::all(write.tx(), &after, reason).await?;
    }
    Ok(())
}
