//! The bytes of an announced file: taken in, looked at, stored, and then noted in its row.

use bytes::Bytes;
use entity::{FileId, FileState, stored_file};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};

use super::sniff::FileKind;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::hex::hex;
use crate::kernel::store::{Store, exec};
use crate::performance::import::create::token_hash;

/// Largest file, in bytes: 10 MB of an invoice or a picture. (requirement: the file of an invoice is at most 10 MB)
pub const FILE_LIMIT: usize = 10 * 1024 * 1024;

/// An upload under way. The bytes are held until the last is here: what they are is known only then.
#[derive(Debug)]
pub struct FileUpload {
    store: Store,
    file: stored_file::Model,
    bytes: Vec<u8>,
}

impl FileUpload {
    /// Begins the upload that `token` allows. An interrupted upload begins anew with the same token; a finished one
    /// used it up.
    pub async fn begin(store: &Store, token: &str) -> Result<Self> {
        store.files.require()?;
        let file = stored_file::Entity::find()
            .filter(stored_file::Column::UploadTokenHash.eq(token_hash(token)))
            .one(store.db())
            .await?
            .ok_or_else(|| Refusal::new(Code::NotFound, "the upload"))?;
        if file.state != FileState::AwaitingUpload {
            return Err(Refusal::new(Code::WrongState, file.state.name()).into());
        }
        if file.upload_expires_at.is_none_or(|expires| expires < store.clock.now()) {
            return Err(Refusal::new(Code::NotFound, "the upload (its URL has expired)").into());
        }
        Ok(Self { store: store.clone(), file, bytes: Vec::new() })
    }

    /// Refuses a file whose announced size is too large, before it is sent.
    pub fn expect(&mut self, length: u64) -> Result<()> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if length > FILE_LIMIT {
            return Err(too_large().into());
        }
        self.bytes.reserve_exact(length);
        Ok(())
    }

    /// Takes more bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        if self.bytes.len() + bytes.len() > FILE_LIMIT {
            return Err(too_large().into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    /// Ends the upload: the object first, then the row. If the process ends between the two, the object belongs to
    /// nobody; it is deleted when the file is uploaded after all, or its URL has expired.
    pub async fn finish(self) -> Result<FileId> {
        let Self { store, file, bytes } = self;
        let kind = check(&file.name, &bytes)?;
        let sha256 = hex(Sha256::digest(&bytes));
        // Of two uploads with one token each has an object of its own.
        let path = format!("{}/{sha256}-{:x}", file.id, store.ids.next(store.clock.now()));
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        store.files.put(&path, Bytes::from(bytes)).await?;
        let tx = store.begin().await?;
        let sql = "UPDATE stored_file SET state = 'STORED', content_type = $1, bytes = $2, sha256 = $3, path = $4 \
                   WHERE id = $5 AND state = 'AWAITING_UPLOAD'";
        let values =
            [kind.content_type().into(), size.into(), sha256.into(), path.as_str().into(), file.id.0.into()];
        let mine = exec(tx.orm(), sql, values).await?.rows_affected() > 0;
        if !mine {
            // Somebody was first: what it stored stays.
            tx.rollback().await?;
            store.files.delete(&path).await?;
            return Err(Refusal::new(Code::WrongState, "UPLOADED_ELSEWHERE").into());
        }
        crate::kernel::crash::point("file.store");
        tx.commit().await?;
        if let Err(error) = store.files.clear(&file.id.to_string(), Some(&path)).await {
            tracing::warn!(file = %file.id, %error, "remains of earlier uploads are left");
        }
        Ok(file.id)
    }
}

/// What the bytes are, if that is what the name says. PURE.
fn check(name: &str, bytes: &[u8]) -> Result<FileKind, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new(Code::FileKind, format!("{name}: 0 B")));
    }
    let claimed = FileKind::of_name(name);
    match FileKind::of_bytes(bytes) {
        Some(kind) if Some(kind) == claimed => Ok(kind),
        found => {
            let found = found.map_or("?", FileKind::name);
            Err(Refusal::new(Code::FileKind, format!("{name} = {found}")))
        }
    }
}

fn too_large() -> Refusal {
    Refusal::new(Code::FileTooLarge, FILE_LIMIT.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_name_says_or_refused() {
        assert_eq!(check("a.pdf", b"%PDF-1.4"), Ok(FileKind::Pdf));
        for (name, bytes, detail) in [
            ("a.pdf", &b""[..], "a.pdf: 0 B"),
            ("a.pdf", b"\x89PNG\r\n\x1a\n", "a.pdf = PNG"),
            ("a.png", b"MZ", "a.png = ?"),
        ] {
            let refusal = check(name, bytes).unwrap_err();
            assert_eq!((refusal.code, refusal.detail.as_str()), (Code::FileKind, detail));
        }
    }
}
