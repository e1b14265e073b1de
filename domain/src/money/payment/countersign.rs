//! Countersigning: who has to agree, rounds, and votes (assumptions 22 and 23). Nobody agrees to what he made or
//! started. Votes of earlier rounds stay.

use entity::{
    ApproverId, CountersignVote, Currency, PaymentOperation, PaymentRequestId, PaymentState,
    countersign_approver, payment_request,
};
use sea_orm::{EntityTrait, Value};
use serde::{Deserialize, Serialize};

use super::machine::Requests;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::machine::{Move, Turn, hold, step};
use crate::kernel::store::{Store, Tx, exec, insert_rows, query, query_one};
use crate::kernel::write::{Begun, Context, Write};

/// Longest name of a person, in characters: what identity providers put into tokens.
const SUBJECT_LIMIT: usize = 200;
/// Longest name of a category, in characters.
const CATEGORY_LIMIT: usize = 64;
/// Category of a line that holds for every bill.
pub const EVERY_CATEGORY: &str = "*";

/// A line of the list of approvers to be made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewApprover {
    /// Category of the bill, or `*`.
    pub category: String,
    /// The currency of the amount.
    pub currency: Currency,
    /// From this amount on, in micros.
    pub min_amount: i64,
    /// The person, as tokens name it.
    pub subject: String,
}

/// Puts a person on the list. Rounds that are open keep their approvers.
pub async fn add_approver(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: NewApprover,
) -> Result<ApproverId> {
    check(&input)?;
    let write = match Write::begin(store, context, "countersignApproverAdd", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let id = ApproverId(store.ids.next(write.now));
    let sql = "INSERT INTO countersign_approver (id, category, currency, min_amount, subject, created_by, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let values = [
        id.0.into(),
        input.category.as_str().into(),
        input.currency.into(),
        input.min_amount.into(),
        input.subject.as_str().into(),
        write.actor().subject.as_str().into(),
        write.now.0.into(),
    ];
    if exec(write.tx().orm(), sql, values).await?.rows_affected() == 0 {
        return Err(Refusal::at("subject", Code::AlreadyExists, input.subject).into());
    }
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// Takes a line off the list and returns its id.
pub async fn remove_approver(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    id: ApproverId,
) -> Result<ApproverId> {
    let write = match Write::begin(store, context, "countersignApproverRemove", key, &id).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let line = countersign_approver::Entity::find_by_id(id).one(write.tx().orm()).await?;
    let line = line.ok_or_else(|| Refusal::at("id", Code::NotFound, id.to_string()))?;
    countersign_approver::Entity::delete_by_id(id).exec(write.tx().orm()).await?;
    let detail = NewApprover {
        category: line.category,
        currency: line.currency,
        min_amount: line.min_amount,
        subject: line.subject,
    };
    write.finish(store, &id.to_string(), None, &detail, &id).await?;
    Ok(id)
}

fn check(input: &NewApprover) -> Result<()> {
    let mut refusals = Vec::new();
    let mut text = |field: &str, text: &str, limit: usize| {
        let length = text.chars().count();
        if text.trim().is_empty() || length > limit || text.chars().any(char::is_control) {
            let detail = format!("{field} has 1 to {limit} characters and no control characters");
            refusals.push(Refusal::at(field, Code::Invalid, detail));
        }
    };
    text("category", &input.category, CATEGORY_LIMIT);
    text("subject", &input.subject, SUBJECT_LIMIT);
    if input.min_amount < 0 {
        refusals.push(Refusal::at("minAmount", Code::Invalid, "an amount is zero or above"));
    }
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}

/// Who has to agree to a request that `starter` starts: everybody whose line covers its category and amount, but
/// whoever made or started it.
pub(super) async fn approvers(
    tx: &Tx,
    request: &payment_request::Model,
    starter: &str,
) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT subject FROM countersign_approver WHERE category IN ($1, $2) AND currency = $3 \
               AND min_amount <= $4 AND subject NOT IN ($5, $6) ORDER BY subject";
    let values = [
        request.category.as_str().into(),
        EVERY_CATEGORY.into(),
        request.currency.into(),
        request.amount.into(),
        request.created_by.as_str().into(),
        starter.into(),
    ];
    let rows = query(tx.orm(), sql, values).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
}

/// Asks every approver, in a new round.
pub(super) async fn open_round(
    tx: &Tx,
    request: &payment_request::Model,
    approvers: &[String],
) -> Result<()> {
    let rows = approvers.iter().flat_map(|subject| -> [Value; 3] {
        [request.id.0.into(), request.round.into(), subject.as_str().into()]
    });
    let head = "INSERT INTO countersign_vote (request_id, round, subject)";
    insert_rows(tx.orm(), head, 3, rows.collect(), "").await?;
    Ok(())
}

/// Somebody whose agreement to the round of a request is missing.
pub(super) async fn missing_voice(tx: &Tx, request: &payment_request::Model) -> Result<Option<String>> {
    let sql = "SELECT subject FROM countersign_vote WHERE request_id = $1 AND round = $2 \
               AND (vote IS NULL OR vote <> 'APPROVE') ORDER BY subject LIMIT 1";
    let row = query_one(tx.orm(), sql, [request.id.0.into(), request.round.into()]).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// A vote of the caller.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Vote {
    /// The request.
    pub request_id: PaymentRequestId,
    /// The round the caller saw.
    pub round: i32,
    /// Agree or refuse.
    pub vote: CountersignVote,
    /// Why; needed to refuse.
    pub reason: Option<String>,
}

/// Votes. The last agreement ends the round well, the first refusal ends it at once.
pub async fn vote(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Vote,
) -> Result<PaymentRequestId> {
    let write = match Write::begin(store, context, "countersignVote", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    let missing = || Refusal::at("id", Code::NotFound, input.request_id.to_string());
    let request = hold::<Requests>(tx, input.request_id).await?.ok_or_else(missing)?;
    if request.state != PaymentState::Countersigning {
        return Err(Refusal::at("id", Code::WrongState, request.state.name()).into());
    }
    if request.round != input.round {
        return Err(Refusal::at("round", Code::VersionConflict, request.round.to_string()).into());
    }
    record(&write, &input).await?;
    let waiting = waiting(tx, &request).await?;
    let operation = match input.vote {
        CountersignVote::Reject => Some(PaymentOperation::RejectCountersign),
        CountersignVote::Approve if waiting == 0 => Some(PaymentOperation::CompleteCountersign),
        CountersignVote::Approve => None,
    };
    if let Some(operation) = operation {
        let how = Move::because(operation, input.reason.as_deref());
        step::<Requests>(Turn::of(&write, store, context), request, how).await?;
    }
    let (id, reason) = (input.request_id, input.reason.clone());
    write.finish(store, &id.to_string(), reason.as_deref(), &input, &id).await?;
    Ok(id)
}

/// Writes the caller's vote: once in a round, and only if it was asked for.
async fn record(write: &Write, input: &Vote) -> Result<()> {
    let reason = input.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if input.vote == CountersignVote::Reject && reason.is_none() {
        return Err(Refusal::at("reason", Code::ReasonRequired, input.vote.name()).into());
    }
    let sql = "UPDATE countersign_vote SET vote = $1, reason = $2, voted_at = $3 \
               WHERE request_id = $4 AND round = $5 AND subject = $6 AND vote IS NULL";
    let values = [
        input.vote.name().into(),
        reason.map(str::to_owned).into(),
        write.now.0.into(),
        input.request_id.0.into(),
        input.round.into(),
        write.actor().subject.as_str().into(),
    ];
    if exec(write.tx().orm(), sql, values).await?.rows_affected() == 0 {
        let subject = write.actor().subject.as_str();
        return Err(Refusal::at("id", Code::NotAsked, subject).into());
    }
    Ok(())
}

async fn waiting(tx: &Tx, request: &payment_request::Model) -> Result<usize> {
    let sql = "SELECT subject FROM countersign_vote WHERE request_id = $1 AND round = $2 AND vote IS NULL";
    Ok(query(tx.orm(), sql, [request.id.0.into(), request.round.into()]).await?.len())
}
