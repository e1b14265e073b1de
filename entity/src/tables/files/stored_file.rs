//! One file that was uploaded or written out; its bytes are an object of the file store.

use sea_orm::entity::prelude::*;

use crate::{FileId, FilePurpose, FileState, NoRelation as Relation, PartnerId, Timestamp};

/// One file that was uploaded or written out.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "stored_file")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FileId,
    /// Purpose, which decides what it may be attached to.
    pub purpose: FilePurpose,
    /// Its name, for people.
    pub name: String,
    /// Media type, as its bytes say; nothing until they are there.
    pub content_type: Option<String>,
    /// Size in bytes; 0 until they are there.
    pub bytes: i64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: Option<String>,
    /// Path of its bytes in the file store, or of what may be left over there; none if there is nothing.
    pub path: Option<String>,
    /// Partner that it belongs to; none for the vendor's own.
    pub partner_id: Option<PartnerId>,
    /// State of its bytes.
    pub state: FileState,
    /// SHA-256 of the one-time upload token.
    pub upload_token_hash: Option<String>,
    /// Instant at which the upload token ends; none without a token.
    pub upload_expires_at: Option<Timestamp>,
    /// Subject of the token that made it.
    pub created_by: String,
    /// Instant at which the row was made.
    pub created_at: Timestamp,
    /// Instant at which its bytes are deleted; none if they are kept.
    pub expires_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
