//! Messages of the gateway: each is taken once, and none moves a request that is not waiting for it.

use entity::{
    PaymentRequestId, PayoutCallbackOutcome, PayoutOrderId, PayoutOrderState, PayoutStep, Timestamp,
    business_information, payment_request,
};
use sea_orm::EntityTrait;
use serde::Deserialize;
use serde_json::json;

use super::gateway::Answer;
use super::record::tell;
use super::send::tidy;
use super::verdict::judge;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::machine::{self, Move, Turn, hold, step};
use crate::kernel::store::{Store, Tx, exec, query_one};
use crate::kernel::write::Context;
use crate::money::payment::machine::Requests;

/// Longest message, in bytes: ours have some hundred.
pub const BODY_LIMIT: usize = 16 * 1024;
/// Longest id of a message, and longest key, in bytes: a UUID with room for a prefix.
const KEY_LIMIT: usize = 128;

/// What a payment came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Told {
    /// It is paid.
    Paid,
    /// It is not and will not be.
    Failed,
    /// The same, because of the bank data.
    InfoError,
}

/// A message of the gateway.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Callback {
    /// Names the message: a second one of the same name is the same message.
    pub event_id: String,
    /// The key of the order.
    pub idempotency_key: String,
    /// The number of the payout.
    pub payout_no: Option<String>,
    /// What it came to.
    pub state: Told,
    /// Why.
    pub reason: Option<String>,
}

/// Reads a message that is known to be of the gateway.
pub fn read(body: &str) -> Result<Callback> {
    let wrong = |detail: &str| Refusal::new(Code::Invalid, detail);
    let callback: Callback = serde_json::from_str(body).map_err(|error| wrong(&error.to_string()))?;
    for key in [&callback.event_id, &callback.idempotency_key] {
        if key.is_empty() || key.len() > KEY_LIMIT || !key.bytes().all(|b| b.is_ascii_graphic()) {
            let detail = format!("eventId and idempotencyKey have 1 to {KEY_LIMIT} visible ASCII characters");
            return Err(wrong(&detail).into());
        }
    }
    Ok(callback)
}

/// Takes a message: says what became of it, which for a repeated one is what became of the first.
pub async fn receive(store: &Store, body: &str) -> Result<PayoutCallbackOutcome> {
    let callback = read(body)?;
    let tx = store.begin().await?;
    let now = store.clock.now();
    // A second message of the same name waits here for the first to commit.
    let sql = "INSERT INTO payout_callback (event_id, idempotency_key, payout_no, body, received_at, outcome, detail) \
               VALUES ($1, $2, $3, $4, $5, 'WAITING', '') ON CONFLICT DO NOTHING";
    let values = [
        callback.event_id.as_str().into(),
        callback.idempotency_key.as_str().into(),
        callback.payout_no.clone().into(),
        body.into(),
        now.0.into(),
    ];
    if exec(tx.orm(), sql, values).await?.rows_affected() == 0 {
        let sql = "SELECT outcome FROM payout_callback WHERE event_id = $1";
        let known = query_one(tx.orm(), sql, [callback.event_id.as_str().into()]).await?;
        tx.rollback().await?;
        let known: Option<String> = known.map(|row| row.try_get_by_index(0)).transpose()?;
        return Ok(known
            .and_then(|name| PayoutCallbackOutcome::from_name(&name))
            .unwrap_or(PayoutCallbackOutcome::Ignored));
    }
    settle(tx, store, now, &callback).await
}

/// Applies a message whose row is held, and commits.
pub(super) async fn settle(
    tx: Tx,
    store: &Store,
    now: Timestamp,
    callback: &Callback,
) -> Result<PayoutCallbackOutcome> {
    let (outcome, detail) = apply(&tx, store, now, callback).await?;
    let sql = "UPDATE payout_callback SET outcome = $1, detail = $2 WHERE event_id = $3";
    let values = [outcome.name().into(), detail.into(), callback.event_id.as_str().into()];
    exec(tx.orm(), sql, values).await?;
    crate::kernel::crash::point("payout.callback");
    tx.commit().await?;
    Ok(outcome)
}

/// The order a message is about.
struct Order {
    id: PayoutOrderId,
    step: PayoutStep,
    state: PayoutOrderState,
    sent: bool,
}

async fn apply(
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    callback: &Callback,
) -> Result<(PayoutCallbackOutcome, String)> {
    use PayoutCallbackOutcome::{Applied, Ignored, Waiting};
    let key = callback.idempotency_key.as_str();
    let sql = "SELECT request_id FROM payout_order WHERE idempotency_key = $1";
    let Some(row) = query_one(tx.orm(), sql, [key.into()]).await? else {
        return Ok((Waiting, "UNKNOWN_ORDER".into()));
    };
    let request_id = PaymentRequestId(row.try_get_by_index(0)?);
    let (Some(request), Some(order)) = (hold::<Requests>(tx, request_id).await?, order(tx, key).await?)
    else {
        return Ok((Waiting, "UNKNOWN_ORDER".into()));
    };
    if order.step == PayoutStep::Create {
        return Ok((Ignored, "NOT_A_PAYMENT".into()));
    }
    if !order.sent {
        return Ok((Waiting, "NOT_SENT".into()));
    }
    if let (Some(theirs), Some(ours)) = (&callback.payout_no, &request.payout_no)
        && theirs != ours
    {
        return Ok((Ignored, "OTHER_PAYOUT".into()));
    }
    let verdict = judge(order.step, order.state, 0, &answer(callback, &account(tx, &request).await?));
    let Some(operation) = verdict.operation else {
        return Err(Error::Invariant(format!("{key}: a message that ends nothing")));
    };
    let sort = (request.kind, request.way);
    if !order.state.is_live() || machine::find::<Requests>(sort, request.state, operation).is_none() {
        let paid_before = order.state == PayoutOrderState::Done;
        if paid_before != (callback.state == Told::Paid) {
            // Two ends of one payment: a person has to ask the bank.
            let (known, told) = (order.state.name(), told(callback));
            let reason = format!("{known}, {told}");
            let detail = json!({ "idempotencyKey": key, "known": known, "told": told, "reason": reason });
            tell(tx, store, now, &request, super::CONFLICT, detail).await?;
        }
        return Ok((Ignored, format!("{} {}", order.state, request.state)));
    }
    // Whoever asks the gateway now finds another generation and writes nothing.
    let sql = "UPDATE payout_order SET state = $1, answered_at = $2, lease_until = 0, generation = generation + 1, \
               reason_code = $3, reason = $4 WHERE id = $5";
    let reason = verdict.reason();
    let values = [
        verdict.state.name().into(),
        now.0.into(),
        verdict.code.into(),
        verdict.message.into(),
        order.id.0.into(),
    ];
    exec(tx.orm(), sql, values).await?;
    let context = Context::system("payout");
    let turn = Turn { tx, store, context: &context, now };
    step::<Requests>(turn, request, Move::because(operation, reason.as_deref())).await?;
    Ok((Applied, operation.name().to_owned()))
}

/// What a message says, as if it had been asked for.
fn answer(callback: &Callback, bank_account: &str) -> Answer {
    match callback.state {
        Told::Paid => Answer::Done(None),
        Told::Failed | Told::InfoError => Answer::Refused {
            code: told(callback).to_owned(),
            message: tidy(callback.reason.as_deref().unwrap_or(""), bank_account),
        },
    }
}

/// The bank account of whoever is paid, which no reason may tell.
async fn account(tx: &Tx, request: &payment_request::Model) -> Result<String> {
    let known = business_information::Entity::find_by_id(request.partner_id).one(tx.orm()).await?;
    Ok(known.and_then(|row| row.certified_account).unwrap_or_default())
}

const fn told(callback: &Callback) -> &'static str {
    match callback.state {
        Told::Paid => "PAID",
        Told::Failed => "FAILED",
        Told::InfoError => "INFO_ERROR",
    }
}

/// The order of a key. Its request is held.
async fn order(tx: &Tx, key: &str) -> Result<Option<Order>> {
    let sql = "SELECT id, step, state, sent_at FROM payout_order WHERE idempotency_key = $1";
    let Some(row) = query_one(tx.orm(), sql, [key.into()]).await? else { return Ok(None) };
    Ok(Some(Order {
        id: PayoutOrderId(row.try_get_by_index(0)?),
        step: row.try_get_by_index(1)?,
        state: row.try_get_by_index(2)?,
        sent: row.try_get_by_index::<Option<i64>>(3)?.is_some(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_taken_at_their_limit_and_refused_one_past() {
        let body = |id: &str| format!(r#"{{"eventId":"{id}","idempotencyKey":"k","state":"INFO_ERROR"}}"#);
        assert_eq!(read(&body(&"x".repeat(KEY_LIMIT))).unwrap().state, Told::InfoError);
        for wrong in [String::new(), "x".repeat(KEY_LIMIT + 1), "a b".into(), "é".into()] {
            assert!(read(&body(&wrong)).is_err(), "{wrong}");
        }
        assert!(read("{}").is_err());
        assert!(read(r#"{"eventId":"1","idempotencyKey":"k","state":"MAYBE"}"#).is_err());
    }
}
