//! A gateway that pays nothing: it answers as it was told, and sends its messages at the tick after.

use entity::{PartnerId, PayoutOrderState, PayoutSandboxOutcome, PayoutStep};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::callback;
use super::gateway::{Answer, Call, Gateway};
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, exec, query, query_one};
use crate::kernel::write::{Begun, Context, Write};
use crate::programme::partner;

/// The row for partners nothing else was said about.
const EVERYBODY: i64 = 0;
/// Messages sent in one tick; the next goes on.
const AT_ONCE: i64 = 200;

/// How the sandbox shall behave.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TellSandbox {
    /// Towards whom; none for everybody nothing else was said about.
    pub partner_id: Option<PartnerId>,
    /// How.
    pub outcome: PayoutSandboxOutcome,
}

/// Tells the sandbox how to behave from now on; refused where payouts go to a gateway.
pub async fn tell(
    store: &Store,
    gateway: &Gateway,
    context: &Context,
    key: Option<&str>,
    input: TellSandbox,
) -> Result<PayoutSandboxOutcome> {
    let write = match Write::begin(store, context, "payoutSandboxTell", key, &input).await? {
        Begun::Replay(outcome) => return Ok(outcome),
        Begun::Fresh(write) => write,
    };
    if !matches!(gateway, Gateway::Sandbox) {
        return Err(Refusal::new(Code::NoSandbox, "").into());
    }
    let orm = write.tx().orm();
    if let Some(id) = input.partner_id {
        partner::find(orm, "partnerId", id).await?;
    }
    let sql = "INSERT INTO payout_sandbox (partner_id, outcome) VALUES ($1, $2) \
               ON CONFLICT (partner_id) DO UPDATE SET outcome = excluded.outcome";
    let row = input.partner_id.map_or(EVERYBODY, |id| id.0);
    exec(orm, sql, [row.into(), input.outcome.name().into()]).await?;
    let about = input.partner_id.map_or_else(|| "sandbox".to_owned(), |id| id.to_string());
    write.finish(store, &about, None, &input, &input.outcome).await?;
    Ok(input.outcome)
}

/// How it behaves towards `partner`.
async fn told<C: ConnectionTrait>(connection: &C, partner: PartnerId) -> Result<PayoutSandboxOutcome> {
    let sql =
        "SELECT outcome FROM payout_sandbox WHERE partner_id IN ($1, $2) ORDER BY partner_id DESC LIMIT 1";
    let row = query_one(connection, sql, [partner.0.into(), EVERYBODY.into()]).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(PayoutSandboxOutcome::Succeed))
}

/// What it answers.
pub(super) async fn answer(store: &Store, call: Call) -> Result<Answer> {
    use PayoutSandboxOutcome as Outcome;
    let (partner, created) = match &call {
        Call::Status(key) => return status(store, key).await,
        Call::Create(bill) => (bill.partner_id, Some(format!("SBX-{}", bill.key))),
        Call::Issue(bill) | Call::Pay(bill, _) => (bill.partner_id, None),
    };
    Ok(match (call, told(store.db(), partner).await?) {
        (Call::Create(_), Outcome::CreateRefused) => refused("PAYOUT_REFUSED"),
        (Call::Create(_), Outcome::CreateTimeout) => Answer::Unsure("timeout / 超时".into()),
        (Call::Issue(_), Outcome::IssueFailed) => refused("ISSUE_FAILED"),
        (Call::Pay(..), Outcome::PaymentRefused) => refused("BANK_ACCOUNT_REJECTED"),
        (Call::Pay(..), _) => Answer::Accepted,
        _ => Answer::Done(created),
    })
}

fn refused(code: &str) -> Answer {
    Answer::Refused { code: code.into(), message: "sandbox / 沙箱".into() }
}

/// What became of a key. All it remembers are our own rows.
async fn status(store: &Store, key: &str) -> Result<Answer> {
    let sql = "SELECT o.state, r.partner_id FROM payout_order o JOIN payment_request r ON r.id = o.request_id \
               WHERE o.idempotency_key = $1";
    let Some(row) = query_one(store.db(), sql, [key.into()]).await? else { return Ok(Answer::NotKnown) };
    let state: PayoutOrderState = row.try_get_by_index(0)?;
    Ok(match state {
        PayoutOrderState::Done => Answer::Done(None),
        PayoutOrderState::Failed => refused("FAILED"),
        PayoutOrderState::Sent => match told(store.db(), PartnerId(row.try_get_by_index(1)?)).await? {
            PayoutSandboxOutcome::InfoError => refused("INFO_ERROR"),
            _ => Answer::Done(None),
        },
        PayoutOrderState::Pending | PayoutOrderState::GivenUp => Answer::NotKnown,
    })
}

/// Sends the messages about payments it took at an earlier tick.
pub(super) async fn call_back(store: &Store) -> Result<()> {
    use PayoutSandboxOutcome as Outcome;
    let sql = "SELECT o.idempotency_key, r.partner_id FROM payout_order o JOIN payment_request r ON r.id = o.request_id \
               WHERE o.state = 'SENT' AND o.step = $1 AND COALESCE((SELECT s.outcome FROM payout_sandbox s \
               WHERE s.partner_id IN (r.partner_id, 0) ORDER BY s.partner_id DESC LIMIT 1), 'SUCCEED') <> 'LOST_CALLBACK' \
               ORDER BY o.id LIMIT $2";
    for row in query(store.db(), sql, [PayoutStep::Pay.name().into(), AT_ONCE.into()]).await? {
        let (key, partner): (String, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let failed = told(store.db(), PartnerId(partner)).await? == Outcome::InfoError;
        let message = json!({
            "eventId": format!("sandbox-{key}"),
            "idempotencyKey": key,
            "state": if failed { "INFO_ERROR" } else { "PAID" },
            "reason": failed.then_some("sandbox / 沙箱"),
        });
        callback::receive(store, &message.to_string()).await?;
    }
    Ok(())
}
