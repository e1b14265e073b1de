//! Beginning an import, over the API or on the command line.

use entity::{ImportId, ImportMode, ImportState, Timestamp, bill_import};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::hex::hex;
use crate::kernel::store::{Store, exec};
use crate::kernel::text::cleaned;
use crate::kernel::write::{Begun, Context, Write};

/// Longest file name, in bytes.
pub const FILE_NAME_LIMIT: usize = 255;
/// How long an upload URL can be used.
pub const UPLOAD_LIFETIME: i64 = 24 * entity::timestamp::HOUR;

/// What an import needs to know before its file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct NewImport {
    /// Name of the file, for people.
    pub file_name: String,
    /// Whether what the file bills is paid.
    pub settled: bool,
    /// Provider of native rows that name none.
    pub native_provider: String,
    /// Size of the file in bytes, 0 if unknown.
    pub total_bytes: i64,
    /// The column that holds the provider's own id of a line, where the format has none.
    #[serde(default)]
    pub line_id: Option<String>,
    /// Fate of charges that are in and not in the file.
    #[serde(default)]
    pub mode: Mode,
}

/// Fate of charges that are in and not in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// They stay in the books.
    #[default]
    Add,
    /// They are taken back: the file is the whole truth for its accounts and months.
    Replace,
    /// As [`Self::Replace`], but nothing is written: the receipt says what would be.
    ReplaceDry,
}

impl From<Mode> for ImportMode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Add => Self::Add,
            Mode::Replace => Self::Replace,
            Mode::ReplaceDry => Self::ReplaceDry,
        }
    }
}

/// An import that waits for its file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Created {
    /// The import.
    pub id: ImportId,
    /// The one-time token of its upload URL.
    pub token: String,
}

/// SHA-256 of an upload token, as stored.
#[must_use]
pub fn token_hash(token: &str) -> String {
    hex(Sha256::digest(token.as_bytes()))
}

/// Makes an import that waits for an upload.
pub async fn create(store: &Store, context: &Context, key: &str, input: NewImport) -> Result<Created> {
    let input = as_bills_are_read(input);
    check(&input)?;
    let write = match Write::begin(store, context, "importCreate", Some(key), &input).await? {
        Begun::Replay(created) => return Ok(created),
        Begun::Fresh(write) => write,
    };
    let created = Created { id: ImportId(store.ids.next(write.now)), token: store.ids.token() };
    let expires = write.now.plus(UPLOAD_LIFETIME);
    insert(&write, created.id, &input, Some((&token_hash(&created.token), expires))).await?;
    write.finish(store, &created.id.to_string(), None, &input, &created).await?;
    Ok(created)
}

/// Makes an import for a file the caller reads itself; goes on with an unfinished one of the same file.
pub async fn create_local(store: &Store, context: &Context, input: NewImport) -> Result<ImportId> {
    let input = as_bills_are_read(input);
    check(&input)?;
    let now = store.clock.now();
    let unfinished = bill_import::Entity::find()
        .filter(bill_import::Column::FileName.eq(&input.file_name))
        .filter(bill_import::Column::Settled.eq(input.settled))
        .filter(bill_import::Column::TotalBytes.eq(input.total_bytes))
        .filter(bill_import::Column::Mode.eq(ImportMode::from(input.mode)))
        .filter(bill_import::Column::UploadTokenHash.is_null())
        .filter(bill_import::Column::State.is_in([ImportState::Running, ImportState::Failed]))
        .filter(bill_import::Column::ErrorCode.is_null())
        .filter(bill_import::Column::LeaseUntil.lt(now))
        .order_by_desc(bill_import::Column::CreatedAt)
        .one(store.db())
        .await?;
    if let Some(unfinished) = unfinished {
        return Ok(unfinished.id);
    }
    let write = match Write::begin::<_, ImportId>(store, context, "importCreate", None, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let id = ImportId(store.ids.next(write.now));
    insert(&write, id, &input, None).await?;
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

fn as_bills_are_read(input: NewImport) -> NewImport {
    NewImport {
        native_provider: cleaned(input.native_provider),
        line_id: input.line_id.map(cleaned),
        ..input
    }
}

fn check(input: &NewImport) -> Result<()> {
    let length = input.file_name.len();
    if length == 0 || length > FILE_NAME_LIMIT || input.file_name.contains('\0') {
        let detail = format!("a file name has 1 to {FILE_NAME_LIMIT} bytes");
        return Err(Refusal::at("fileName", Code::Invalid, detail).into());
    }
    Ok(())
}

async fn insert(
    write: &Write,
    id: ImportId,
    input: &NewImport,
    token: Option<(&str, Timestamp)>,
) -> Result<()> {
    let state = ImportState::AwaitingUpload;
    exec(
        write.tx().orm(),
        "INSERT INTO bill_import (id, file_name, settled, native_provider, state, upload_token_hash, \
         upload_expires_at, total_bytes, read_bytes, rows_read, rows_accepted, rows_unchanged, rows_rejected, \
         rows_unmatched, generation, lease_until, attempts, created_by, created_at, line_id, mode) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, 0, 0, 0, 0, 0, 0, $9, $10, $11, $12)",
        [
            id.0.into(),
            input.file_name.as_str().into(),
            input.settled.into(),
            input.native_provider.as_str().into(),
            state.name().into(),
            token.map(|(hash, _)| hash.to_owned()).into(),
            token.map(|(_, expires)| expires.0).into(),
            input.total_bytes.into(),
            write.actor().subject.as_str().into(),
            write.now.0.into(),
            input.line_id.as_deref().map(str::to_owned).into(),
            ImportMode::from(input.mode).name().into(),
        ],
    )
    .await?;
    Ok(())
}
