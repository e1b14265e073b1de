//! Answering feedback, and taking it back.

use entity::{BillFeedbackId, bill_feedback};
use serde::{Deserialize, Serialize};

use super::check_text;
use super::machine::{End, Feedback, Said};
use crate::kernel::actor::Principal;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::machine::{Move, Turn, hold, next, step};
use crate::kernel::store::Store;
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
    let row = held(&write, input.feedback_id, input.expected_version, end).await?;
    let said = Said { answer: Some(input.answer.clone()), correction: input.correction_entity.clone() };
    let turn = Turn::of(&write, store, context);
    let row = step::<Feedback>(turn, row, Move::plain(end).with(said)).await?;
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
    let row = held(&write, input.feedback_id, input.expected_version, End::Withdraw).await?;
    let row = step::<Feedback>(Turn::of(&write, store, context), row, Move::plain(End::Withdraw)).await?;
    write.finish(store, &row.id.to_string(), None, &input, &row.id).await?;
    Ok(row.id)
}

/// The feedback as the caller saw it, held, if it can end so. What is somebody else's does not exist for a partner.
async fn held(write: &Write, id: BillFeedbackId, version: i32, end: End) -> Result<bill_feedback::Model> {
    let missing = || Refusal::at("id", Code::NotFound, id.to_string());
    let row = hold::<Feedback>(write.tx(), id).await?.ok_or_else(missing)?;
    if let Principal::Partner { partner_id } = write.actor().principal
        && partner_id != row.partner_id
    {
        return Err(missing().into());
    }
    if row.version != version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, row.version.to_string()).into());
    }
    next::<Feedback>("id", (), row.state, end)?;
    Ok(row)
}
