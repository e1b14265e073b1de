//! Answering feedback, and taking it back.

use entity::{AssociationId, BillFeedbackId, FeedbackState, ImportId, InvoiceId, ProductId, bill_feedback};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect, Value};
use serde::{Deserialize, Serialize};

use super::{Concerns, End, check_text, ended, tell};
use crate::kernel::actor::Principal;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, exec, query_one};
use crate::kernel::write::{Begun, Context, Write};

/// The vendor's answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// The feedback.
    pub feedback_id: BillFeedbackId,
    /// The version the caller saw.
    pub expected_version: i32,
    /// Whether the partner is right.
    pub accept: bool,
    /// What the vendor says to it.
    pub answer: String,
    /// The id of what mended it, if the partner is right: an association, import, invoice or product.
    pub correction_entity: Option<String>,
}

/// Which feedback is taken back.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Withdraw {
    /// The feedback.
    pub feedback_id: BillFeedbackId,
    /// The version the caller saw.
    pub expected_version: i32,
}

/// Answers feedback.
pub async fn answer(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Answer,
) -> Result<BillFeedbackId> {
    check_text("answer", &input.answer)?;
    let write = match Write::begin(store, context, "billFeedbackAnswer", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let end = if input.accept { End::Accept } else { End::Reject };
    let (row, next) = ending(&write, input.feedback_id, input.expected_version, end).await?;
    if let Some(entity) = &input.correction_entity {
        check_correction(write.tx().orm(), entity, input.accept).await?;
    }
    let sql = "UPDATE bill_feedback SET state = $1, answer = $2, answered_by = $3, answered_at = $4, closed_at = $4, \
               correction_entity = $5, version = version + 1 WHERE id = $6";
    let values = [
        next.name().into(),
        input.answer.as_str().into(),
        write.actor().subject.as_str().into(),
        write.now.0.into(),
        input.correction_entity.clone().into(),
        row.id.0.into(),
    ];
    exec(write.tx().orm(), sql, values).await?;
    tell(&write, store, "ANSWERED", concerns(&row, next)).await?;
    write.finish(store, &row.id.to_string(), None, &input, &row.id).await?;
    Ok(row.id)
}

/// Takes feedback back. A partner takes its own back; another's does not exist for it.
pub async fn withdraw(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Withdraw,
) -> Result<BillFeedbackId> {
    let write = match Write::begin(store, context, "billFeedbackWithdraw", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let (row, next) = ending(&write, input.feedback_id, input.expected_version, End::Withdraw).await?;
    let sql = "UPDATE bill_feedback SET state = $1, closed_at = $2, version = version + 1 WHERE id = $3";
    exec(write.tx().orm(), sql, [next.name().into(), write.now.0.into(), row.id.0.into()]).await?;
    tell(&write, store, "WITHDRAWN", concerns(&row, next)).await?;
    write.finish(store, &row.id.to_string(), None, &input, &row.id).await?;
    Ok(row.id)
}

fn concerns(row: &bill_feedback::Model, state: FeedbackState) -> Concerns {
    Concerns { id: row.id, partner_id: row.partner_id, month: row.month, bill_id: row.bill_id, state }
}

/// The feedback as the caller saw it, locked, and the state it ends in.
async fn ending(
    write: &Write,
    id: BillFeedbackId,
    version: i32,
    end: End,
) -> Result<(bill_feedback::Model, FeedbackState)> {
    let missing = || Refusal::at("feedbackId", Code::NotFound, id.to_string());
    let found = bill_feedback::Entity::find_by_id(id).lock_exclusive().one(write.tx().orm()).await?;
    let row = found.ok_or_else(missing)?;
    if let Principal::Partner { partner_id } = write.actor().principal
        && partner_id != row.partner_id
    {
        return Err(missing().into());
    }
    if row.version != version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, row.version.to_string()).into());
    }
    let next = ended(row.state, end);
    let next = next.ok_or_else(|| Refusal::at("feedbackId", Code::WrongState, row.state.name()))?;
    Ok((row, next))
}

/// What mended the bill must exist, and be something that can mend one.
async fn check_correction<C: ConnectionTrait>(connection: &C, entity: &str, accept: bool) -> Result<()> {
    let refuse = |code, detail: &str| Refusal::at("correctionEntity", code, detail);
    if !accept {
        return Err(refuse(Code::Invalid, "only what was accepted is mended").into());
    }
    let Some((table, key)) = correction_row(entity) else {
        return Err(refuse(Code::Invalid, "the id of an association, import, invoice or product").into());
    };
    let sql = format!("SELECT 1 FROM {table} WHERE id = $1");
    match query_one(connection, &sql, [Value::from(key)]).await? {
        Some(_) => Ok(()),
        None => Err(refuse(Code::NotFound, entity).into()),
    }
}

/// Table and key of what can mend a bill. PURE.
fn correction_row(entity: &str) -> Option<(&'static str, i64)> {
    let association = entity.parse::<AssociationId>().map(|id| ("association", id.0));
    let import = || entity.parse::<ImportId>().map(|id| ("bill_import", id.0));
    let invoice = || entity.parse::<InvoiceId>().map(|id| ("invoice", id.0));
    let product = || entity.parse::<ProductId>().map(|id| ("product", id.0));
    association.or_else(|_| import()).or_else(|_| invoice()).or_else(|_| product()).ok()
}
