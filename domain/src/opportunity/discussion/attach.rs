//! Attaching files to an opportunity, and taking them off. What kinds of file there are, and how large, is that of all
//! uploads (`files`).

use entity::{FileId, FilePurpose, FileState, OpportunityId, opportunity, opportunity_file, stored_file};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use super::audience;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, exec, query_one};
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::content::draft::{side, visible};

/// Files of one opportunity: a page of a list shows them.
pub const FILES_LIMIT: i64 = 50;

/// A file, and the opportunity it is attached to.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Attachment {
    /// Opportunity that the file is attached to.
    pub opportunity_id: OpportunityId,
    /// Stored file with the bytes.
    pub file_id: FileId,
}

/// A file to attach.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct NewAttachment {
    /// The file, and the opportunity it goes to.
    pub attachment: Attachment,
    /// For the vendor's staff only.
    pub internal: bool,
}

/// Attaches a file that the caller's side uploaded for it, in any state.
pub async fn attach(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: NewAttachment,
) -> Result<OpportunityId> {
    let write = match Write::begin(store, context, "opportunityFileAttach", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let row = visible(&write, input.attachment.opportunity_id).await?;
    let side = audience::internal(&write, &row, input.internal)?;
    let file = file(&write, context, &row, input.attachment.file_id).await?;
    let sql = "INSERT INTO opportunity_file (opportunity_id, file_id, side, internal, partner_id, attached_by, attached_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        row.id.0.into(),
        file.id.0.into(),
        side.name().into(),
        input.internal.into(),
        row.partner_id.map(|partner| partner.0).into(),
        write.actor().subject.as_str().into(),
        write.now.0.into(),
    ];
    exec(write.tx().orm(), sql, values).await?;
    audience::tell(&write, store, &row, "FILE_ATTACHED", (&file.id.to_string(), input.internal)).await?;
    write.finish(store, &row.id.to_string(), None, &input, &row.id).await?;
    Ok(row.id)
}

/// Takes a file off that the caller's side attached. The file itself stays with who uploaded it.
pub async fn detach(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Attachment,
) -> Result<OpportunityId> {
    let write = match Write::begin(store, context, "opportunityFileDetach", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let row = visible(&write, input.opportunity_id).await?;
    let (side, _) = side(write.actor(), row.partner_id);
    let found = opportunity_file::Entity::find_by_id((row.id, input.file_id)).one(write.tx().orm()).await?;
    let own = context.actor.partner();
    let attached = found.filter(|file| own.is_none() || (!file.internal && file.partner_id == own));
    let missing = || Refusal::at("fileId", Code::NotFound, input.file_id.to_string());
    let attached = attached.ok_or_else(missing)?;
    if attached.side != side {
        return Err(Refusal::at("fileId", Code::NotAllowed, attached.side.name()).into());
    }
    let sql = "DELETE FROM opportunity_file WHERE opportunity_id = $1 AND file_id = $2";
    exec(write.tx().orm(), sql, [row.id.0.into(), input.file_id.0.into()]).await?;
    let what = (&*input.file_id.to_string(), attached.internal);
    audience::tell(&write, store, &row, "FILE_DETACHED", what).await?;
    write.finish(store, &row.id.to_string(), None, &input, &row.id).await?;
    Ok(row.id)
}

/// The file, if it is there, was uploaded by the caller's side for an opportunity, and still has room on this one.
async fn file(
    write: &Write,
    context: &Context,
    row: &opportunity::Model,
    id: FileId,
) -> Result<stored_file::Model> {
    let tx = write.tx().orm();
    let refuse = |code, detail: &str| Refusal::at("fileId", code, detail);
    let found = stored_file::Entity::find_by_id(id).one(tx).await?;
    let own = |file: &stored_file::Model| {
        file.purpose == FilePurpose::Opportunity && file.partner_id == context.actor.partner()
    };
    let file = found.filter(own).ok_or_else(|| refuse(Code::NotFound, &id.to_string()))?;
    if file.state != FileState::Stored {
        return Err(refuse(Code::WrongState, file.state.name()).into());
    }
    if opportunity_file::Entity::find_by_id((row.id, id)).one(tx).await?.is_some() {
        return Err(refuse(Code::AlreadyExists, &file.name).into());
    }
    let sql = "SELECT COUNT(*) FROM opportunity_file WHERE opportunity_id = $1";
    let count: i64 =
        query_one(tx, sql, [row.id.0.into()]).await?.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    if count >= FILES_LIMIT {
        return Err(refuse(Code::LimitReached, &FILES_LIMIT.to_string()).into());
    }
    Ok(file)
}
