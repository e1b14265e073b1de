//! Comments on opportunities; they are never changed.

use entity::{CommentId, OpportunityId};
use serde::{Deserialize, Serialize};

use super::audience;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, exec};
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::content::draft::visible;

/// Longest comment, in characters: what is longer is a document to attach.
pub const COMMENT_LIMIT: usize = 2_000;

/// A comment to be written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewComment {
    /// Opportunity that it is about.
    pub opportunity_id: OpportunityId,
    /// For the vendor's staff only.
    pub internal: bool,
    /// Text, 1 to [`COMMENT_LIMIT`] characters.
    pub text: String,
}

/// A comment that was written, with its opportunity.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Commented {
    /// Opportunity that it is about.
    pub opportunity_id: OpportunityId,
    /// Key of the comment.
    pub comment_id: CommentId,
}

/// Says it. Whoever sees the opportunity may, in any state; the partner that has it then reads it, and no other.
pub async fn add(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: NewComment,
) -> Result<Commented> {
    let length = input.text.trim().chars().count();
    if length == 0 || length > COMMENT_LIMIT {
        let detail = format!("a comment has 1 to {COMMENT_LIMIT} characters");
        return Err(Refusal::at("text", Code::Invalid, detail).into());
    }
    let write = match Write::begin(store, context, "opportunityCommentAdd", key, &input).await? {
        Begun::Replay(said) => return Ok(said),
        Begun::Fresh(write) => write,
    };
    let row = visible(&write, input.opportunity_id).await?;
    let side = audience::internal(&write, &row, input.internal)?;
    let id = CommentId(store.ids.next(write.now));
    let sql = "INSERT INTO opportunity_comment (id, opportunity_id, side, internal, partner_id, note, created_by, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = [
        id.0.into(),
        row.id.0.into(),
        side.name().into(),
        input.internal.into(),
        row.partner_id.map(|partner| partner.0).into(),
        input.text.trim().into(),
        write.actor().subject.as_str().into(),
        write.now.0.into(),
    ];
    exec(write.tx().orm(), sql, values).await?;
    audience::tell(&write, store, &row, "COMMENTED", (&id.to_string(), input.internal)).await?;
    let said = Commented { opportunity_id: row.id, comment_id: id };
    write.finish(store, &row.id.to_string(), None, &(id, input.internal), &said).await?;
    Ok(said)
}
