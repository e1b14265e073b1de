//! Announcing a file: the answer is a one-time URL for its bytes.

use entity::{FileId, FilePurpose, FileState, PartnerId, Timestamp};
use serde::{Deserialize, Serialize};

use super::sniff::{ENDINGS, FileKind};
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, Tx, exec};
use crate::kernel::write::{Begun, Context, Write};
use crate::performance::import::create::token_hash;

/// Longest name of a file, in bytes: what file systems take.
pub const FILE_NAME_LIMIT: usize = 255;
/// How long an upload URL can be used.
pub const UPLOAD_LIFETIME: i64 = 24 * entity::timestamp::HOUR;

/// A file to come.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// What it is for.
    pub purpose: FilePurpose,
    /// Its name, for people; the ending says what it must be.
    pub name: String,
    /// Whose it is; nothing for the vendor's own.
    pub partner_id: Option<PartnerId>,
}

/// A file that waits for its bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Announced {
    /// The file.
    pub id: FileId,
    /// The one-time token of its upload URL.
    pub token: String,
}

/// What the mutation is given.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileRequest {
    /// What the file is for.
    pub purpose: FilePurpose,
    /// Its name.
    pub name: String,
}

/// The mutation `fileCreate`: a file of the caller's own partner, or of the vendor.
pub async fn request(store: &Store, context: &Context, key: &str, input: FileRequest) -> Result<Announced> {
    if input.purpose == FilePurpose::Export {
        let detail = "exports make their files themselves: exportCreate";
        return Err(Refusal::at("purpose", Code::Invalid, detail).into());
    }
    check_name(&input.name)?;
    store.files.require()?;
    let write = match Write::begin(store, context, "fileCreate", Some(key), &input).await? {
        Begun::Replay(announced) => return Ok(announced),
        Begun::Fresh(write) => write,
    };
    let new =
        NewFile { purpose: input.purpose, name: input.name.clone(), partner_id: context.actor.partner() };
    let (id, token) = create(write.tx(), store, write.now, context, new).await?;
    let announced = Announced { id, token };
    write.finish(store, &id.to_string(), None, &input, &announced).await?;
    Ok(announced)
}

/// Announces a file within a transaction. Returns it with the one-time token of its upload URL, `/files/TOKEN`.
pub async fn create(
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    context: &Context,
    new: NewFile,
) -> Result<(FileId, String)> {
    check_name(&new.name)?;
    let (id, token) = (FileId(store.ids.next(now)), store.ids.token());
    let sql = "INSERT INTO stored_file (id, purpose, name, bytes, partner_id, state, upload_token_hash, \
               upload_expires_at, created_by, created_at) VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9)";
    let values = [
        id.0.into(),
        new.purpose.name().into(),
        new.name.into(),
        new.partner_id.map(|partner| partner.0).into(),
        FileState::AwaitingUpload.name().into(),
        token_hash(&token).into(),
        now.plus(UPLOAD_LIFETIME).0.into(),
        context.actor.subject.as_str().into(),
        now.0.into(),
    ];
    exec(tx.orm(), sql, values).await?;
    Ok((id, token))
}

fn check_name(name: &str) -> Result<()> {
    let plain = !name.chars().any(|c| c.is_control() || c == '/' || c == '\\');
    if name.is_empty() || name.len() > FILE_NAME_LIMIT || !plain {
        let detail =
            format!("a file name has 1 to {FILE_NAME_LIMIT} bytes, no slashes and no control characters");
        return Err(Refusal::at("name", Code::Invalid, detail).into());
    }
    if FileKind::of_name(name).is_none() {
        return Err(Refusal::at("name", Code::FileKind, format!("{name} ({ENDINGS})")).into());
    }
    Ok(())
}
