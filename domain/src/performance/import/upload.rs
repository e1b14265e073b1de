//! An uploaded file lives in the database, in chunks, until it is taken in: any worker can reach it, and
//! nothing depends on the disk of the replica that received it.

use std::io::Write as _;

use entity::{ImportId, ImportState, bill_import};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Value};

use super::create::token_hash;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, Tx, exec, query_one};

/// Bytes of one chunk: one statement of moderate size.
pub const CHUNK_BYTES: usize = 1024 * 1024;
/// Largest upload, in bytes (20 GiB): about 60 million FOCUS rows, gzip'd ten times as many.
pub const UPLOAD_LIMIT: i64 = 20 * 1024 * 1024 * 1024;

/// How long an upload may pause after a chunk before it counts as given up, in microseconds.
const STAYS_OPEN: i64 = entity::timestamp::HOUR;

/// An upload under way.
#[derive(Debug)]
pub struct Upload {
    store: Store,
    /// The import it is for.
    pub id: ImportId,
    /// Of two uploads with one token the later one counts: chunks of the earlier are refused.
    generation: i32,
    chunk: Vec<u8>,
    chunks: i32,
    bytes: i64,
}

impl Upload {
    /// Begins the upload that `token` allows. An interrupted upload begins anew with the same token; a
    /// finished one used it up.
    pub async fn begin(store: &Store, token: &str) -> Result<Self> {
        let now = store.clock.now();
        let import = bill_import::Entity::find()
            .filter(bill_import::Column::UploadTokenHash.eq(token_hash(token)))
            .one(store.db())
            .await?
            .ok_or_else(|| Refusal::new(Code::NotFound, "the upload"))?;
        if import.state != ImportState::AwaitingUpload {
            return Err(Refusal::new(Code::WrongState, import.state.name()).into());
        }
        if import.upload_expires_at.is_some_and(|expires| expires < now) {
            return Err(Refusal::new(Code::NotFound, "the upload (its URL has expired)").into());
        }
        let tx = store.begin().await?;
        let sql = "UPDATE bill_import SET generation = generation + 1 \
                   WHERE id = $1 AND state = 'AWAITING_UPLOAD' RETURNING generation";
        let row = query_one(tx.orm(), sql, [import.id.0.into()])
            .await?
            .ok_or_else(|| Refusal::new(Code::WrongState, ImportState::Pending.name()))?;
        let generation = row.try_get_by_index(0)?;
        exec(tx.orm(), "DELETE FROM import_chunk WHERE import_id = $1", [import.id.0.into()]).await?;
        tx.commit().await?;
        Ok(Self { store: store.clone(), id: import.id, generation, chunk: Vec::new(), chunks: 0, bytes: 0 })
    }

    /// Takes more bytes.
    pub async fn write(&mut self, mut bytes: &[u8]) -> Result<()> {
        self.bytes += i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        if self.bytes > UPLOAD_LIMIT {
            let detail = format!("a file of at most {UPLOAD_LIMIT} bytes; split it");
            return Err(Refusal::new(Code::Invalid, detail).into());
        }
        while !bytes.is_empty() {
            let (now, rest) = bytes.split_at(bytes.len().min(CHUNK_BYTES - self.chunk.len()));
            self.chunk.extend_from_slice(now);
            bytes = rest;
            if self.chunk.len() == CHUNK_BYTES {
                self.flush().await?;
            }
        }
        Ok(())
    }

    async fn flush(&mut self) -> Result<()> {
        let chunk = std::mem::take(&mut self.chunk);
        let tx = self.store.begin().await?;
        // The URL stays good while bytes come.
        let later = self.store.clock.now().plus(STAYS_OPEN).0;
        let sql = format!(
            "UPDATE bill_import SET total_bytes = $1, upload_expires_at = \
             CASE WHEN upload_expires_at < {later} THEN {later} ELSE upload_expires_at END"
        );
        self.fenced(&tx, &sql).await?;
        let sql = "INSERT INTO import_chunk (import_id, seq, bytes) VALUES ($1, $2, $3)";
        exec(tx.orm(), sql, [self.id.0.into(), self.chunks.into(), Value::from(chunk)]).await?;
        crate::kernel::crash::point("upload.chunk");
        tx.commit().await?;
        self.chunks += 1;
        Ok(())
    }

    /// Runs `update` of the import, unless the upload is over or was begun anew elsewhere.
    async fn fenced(&self, tx: &Tx, update: &str) -> Result<()> {
        let sql = format!("{update} WHERE id = $2 AND generation = $3 AND state = 'AWAITING_UPLOAD'");
        let values = [self.bytes.into(), self.id.0.into(), self.generation.into()];
        if exec(tx.orm(), &sql, values).await?.rows_affected() == 0 {
            return Err(Refusal::new(Code::WrongState, "UPLOADED_ELSEWHERE").into());
        }
        Ok(())
    }

    /// Ends the upload: the import waits for a worker now.
    pub async fn finish(mut self) -> Result<ImportId> {
        if !self.chunk.is_empty() {
            self.flush().await?;
        }
        let tx = self.store.begin().await?;
        self.fenced(&tx, "UPDATE bill_import SET state = 'PENDING', total_bytes = $1").await?;
        crate::kernel::crash::point("upload.finish");
        tx.commit().await?;
        Ok(self.id)
    }
}

/// Copies the uploaded file into `file`, chunk by chunk; returns its bytes.
pub async fn copy_to(store: &Store, id: ImportId, file: &mut std::fs::File) -> Result<i64> {
    let mut bytes = 0;
    for seq in 0_i32.. {
        let sql = "SELECT bytes FROM import_chunk WHERE import_id = $1 AND seq = $2";
        let Some(row) = query_one(store.db(), sql, [id.0.into(), seq.into()]).await? else { break };
        let chunk: Vec<u8> = row.try_get_by_index(0)?;
        file.write_all(&chunk)?;
        bytes += i64::try_from(chunk.len()).unwrap_or(i64::MAX);
    }
    file.flush()?;
    Ok(bytes)
}
