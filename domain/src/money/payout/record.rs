//! Writing an answer down: order, request, money and event in one transaction.

use entity::{EventTopic, PaymentOperation, Timestamp, payment_request, payout_order};
use serde_json::json;

use super::claim::{Claimed, read};
use super::gateway::{Answer, Answered};
use super::verdict::{Verdict, backoff, judge};
use crate::kernel::error::{Code, Error, Result};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::machine::{Move, Turn, hold, step};
use crate::kernel::store::{Store, Tx, exec, query_one};
use crate::kernel::write::Context;
use crate::money::payment::machine::Requests;

/// Writes down what the gateway answered, unless somebody else has the order by now, or its end is known already.
pub(super) async fn record(store: &Store, claimed: &Claimed, answered: &Answered) -> Result<()> {
    let tx = store.begin().await?;
    let now = store.clock.now();
    let Some(request) = hold::<Requests>(&tx, claimed.request_id).await? else { return Ok(()) };
    let Some(order) = read(&tx, claimed.id).await? else { return Ok(()) };
    if !order.state.is_live() || order.generation != claimed.generation {
        tracing::info!(order = %claimed.id, "the answer of the gateway comes too late: it is known already");
        return Ok(());
    }
    let answer = number_is_free(&tx, &request, &answered.answer).await?;
    let verdict = judge(order.step, claimed.state, claimed.attempts, &answer);
    write(&tx, now, &order, &verdict, answered.status).await?;
    if let Some(operation) = verdict.operation {
        let reason = verdict.reason();
        let context = Context::system("payout");
        let turn = Turn { tx: &tx, store, context: &context, now };
        let how = Move::because(operation, reason.as_deref());
        match step::<Requests>(turn, request.clone(), how).await {
            Ok(_) => {}
            Err(Error::Refused(refusals))
                if operation == PaymentOperation::CreatePayout
                    && refusals.iter().any(|r| r.code == Code::NotCertified) =>
            {
                // The gateway has the payout, the partner lost its certification meanwhile: the order waits for it.
                tx.rollback().await?;
                let certification = refusals.first().map_or("", |refusal| refusal.detail.as_str());
                return wait(store, &order, "NOT_CERTIFIED", certification).await;
            }
            Err(error) => return Err(error),
        }
        if let (PaymentOperation::CreatePayout, Answer::Done(Some(number))) = (operation, &answer) {
            let sql = "UPDATE payment_request SET payout_no = $1 WHERE id = $2";
            exec(tx.orm(), sql, [number.as_str().into(), request.id.0.into()]).await?;
        }
    }
    if verdict.alert {
        let detail =
            json!({ "step": order.step.name(), "attempts": verdict.attempts, "reason": verdict.reason() });
        tell(&tx, store, now, &request, super::STALLED, detail).await?;
    }
    crate::kernel::crash::point("payout.answer");
    tx.commit().await
}

/// A number that another request has is no answer to build on.
async fn number_is_free(tx: &Tx, request: &payment_request::Model, answer: &Answer) -> Result<Answer> {
    if let Answer::Done(Some(number)) = answer {
        let sql = "SELECT id FROM payment_request WHERE payout_no = $1 AND id <> $2";
        if query_one(tx.orm(), sql, [number.as_str().into(), request.id.0.into()]).await?.is_some() {
            let message = format!("{number} belongs to another request / 付款单号已被占用");
            return Ok(Answer::Refused { code: "PAYOUT_NO_TAKEN".into(), message });
        }
    }
    Ok(answer.clone())
}

async fn write(
    tx: &Tx,
    now: Timestamp,
    order: &payout_order::Model,
    verdict: &Verdict,
    status: Option<u16>,
) -> Result<()> {
    let sql = "UPDATE payout_order SET state = $1, attempts = $2, retry_at = $3, lease_until = 0, answered_at = $4, \
               http_status = $5, reason_code = $6, reason = $7 WHERE id = $8";
    let values = [
        verdict.state.name().into(),
        verdict.attempts.into(),
        now.plus(verdict.wait).0.into(),
        now.0.into(),
        status.map(i32::from).into(),
        verdict.code.clone().into(),
        verdict.message.clone().into(),
        order.id.0.into(),
    ];
    exec(tx.orm(), sql, values).await?;
    Ok(())
}

/// Lets an order wait and says for what.
async fn wait(store: &Store, order: &payout_order::Model, code: &str, message: &str) -> Result<()> {
    let retry_at = store.clock.now().plus(backoff(order.attempts));
    let sql = "UPDATE payout_order SET retry_at = $1, lease_until = 0, reason_code = $2, reason = $3 \
               WHERE id = $4 AND generation = $5 AND state IN ('PENDING', 'SENT')";
    let values = [retry_at.0.into(), code.into(), message.into(), order.id.0.into(), order.generation.into()];
    exec(store.db(), sql, values).await?;
    Ok(())
}

/// Ends an order as failed, inside `tx`.
pub(super) async fn close(
    tx: &Tx,
    now: Timestamp,
    order: &payout_order::Model,
    code: &str,
    message: &str,
) -> Result<()> {
    let sql = "UPDATE payout_order SET state = 'FAILED', lease_until = 0, answered_at = $1, reason_code = $2, reason = $3 \
               WHERE id = $4";
    exec(tx.orm(), sql, [now.0.into(), code.into(), message.into(), order.id.0.into()]).await?;
    Ok(())
}

/// Ends an order that never left the house, and moves its request.
pub(super) async fn refuse_unsent(
    tx: Tx,
    store: &Store,
    now: Timestamp,
    request: &payment_request::Model,
    order: &payout_order::Model,
    code: &str,
    message: &str,
) -> Result<()> {
    close(&tx, now, order, code, message).await?;
    let answer = Answer::Refused { code: code.to_owned(), message: message.to_owned() };
    let verdict = judge(order.step, order.state, order.attempts, &answer);
    if let Some(operation) = verdict.operation {
        let context = Context::system("payout");
        let turn = Turn { tx: &tx, store, context: &context, now };
        let reason = verdict.reason();
        step::<Requests>(turn, request.clone(), Move::because(operation, reason.as_deref())).await?;
    }
    tx.commit().await
}

/// Tells that somebody should look at a payout.
pub(super) async fn tell(
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    request: &payment_request::Model,
    kind: &str,
    detail: serde_json::Value,
) -> Result<()> {
    let event = NewEvent {
        topic: EventTopic::PaymentRequest,
        kind,
        entity: request.id.to_string(),
        // The vendor's matter: the partner waits for its money, not for a gateway.
        partner_id: None,
        detail,
    };
    emit(tx, store, now, event).await?;
    Ok(())
}
