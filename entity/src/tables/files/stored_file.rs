//! One file that was uploaded or written out; its bytes are an object of the file store.

use sea_orm::entity::prelude::*;

use crate::{FileId, FilePurpose, FileState, NoRelation as Relation, PartnerId, Timestamp};

/// One file that was uploaded or written out.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "stored_file")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FileId,
    /// What it is for.
    pub purpose: FilePurpose,
    /// Its name, for people.
    pub name: String,
    /// Media type, as its bytes say; nothing until they are there.
    pub content_type: Option<String>,
    /// Size in bytes; 0 until they are there.
    pub bytes: i64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: Option<String>,
    /// Where its bytes are in the file store, or may be left over; nothing if nowhere.
    pub path: Option<String>,
    /// Whose it is; nothing for the vendor's own.
    pub partner_id: Option<PartnerId>,
    /// Where it stands.
    pub state: FileState,
    /// SHA-256 of the one-time upload token.
    pub upload_token_hash: Option<String>,
    /// When the upload token ends.
    pub upload_expires_at: Option<Timestamp>,
    /// Who made it.
    pub created_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its bytes are deleted; nothing if they are kept.
    pub expires_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
