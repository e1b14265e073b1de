//! One import of a bill file, with the counts of its receipt.

use sea_orm::entity::prelude::*;

use crate::{ImportFile, ImportId, ImportMode, ImportState, JsonText, NoRelation as Relation, Timestamp};

/// One import of a bill file, with the counts of its receipt.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "bill_import")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ImportId,
    /// Name of the file as given.
    pub file_name: String,
    /// The files of an import of several, in the order in which they were read; empty for one.
    pub files: JsonText<Vec<ImportFile>>,
    /// Whether the bill's rows are paid.
    pub settled: bool,
    /// Provider of native rows that name none.
    pub native_provider: String,
    /// The column that holds the provider's own id of a line, where the format has none.
    pub line_id: Option<String>,
    /// Fate of charges that are in and not in the file.
    pub mode: ImportMode,
    /// Format that was recognised; none before the file was opened.
    pub format: Option<String>,
    /// State of the import.
    pub state: ImportState,
    /// SHA-256 of the one-time upload token.
    pub upload_token_hash: Option<String>,
    /// Instant at which the upload token ends; none without a token.
    pub upload_expires_at: Option<Timestamp>,
    /// Bytes of the file; 0 while unknown.
    pub total_bytes: i64,
    /// Bytes read so far.
    pub read_bytes: i64,
    /// SHA-256 of the file.
    pub digest: Option<String>,
    /// Rows read so far.
    pub rows_read: i64,
    /// Rows that went through posting so far: 0 while the file is read.
    pub rows_posted: i64,
    /// Rows stored as payments.
    pub rows_accepted: i64,
    /// Rows that say something else of a charge that was in: its new version.
    pub rows_updated: i64,
    /// Rows that an earlier import had brought, and that say the same.
    pub rows_unchanged: i64,
    /// Charges that were in and are not in the file: taken back.
    pub rows_removed: i64,
    /// Rows refused with a reason.
    pub rows_rejected: i64,
    /// Accepted rows whose account belonged to no customer.
    pub rows_unmatched: i64,
    /// Accepted rows whose seller nobody decided about yet.
    pub rows_unclassified: i64,
    /// Fence: grows with each claim.
    pub generation: i32,
    /// Instant until which its worker has it leased.
    pub lease_until: Timestamp,
    /// Claims so far.
    pub attempts: i32,
    /// Code of the error that stopped it; none while all is well.
    pub error_code: Option<String>,
    /// Details of why it stopped.
    pub error_detail: Option<String>,
    /// Subject of the token that made it.
    pub created_by: String,
    /// Instant at which the row was made.
    pub created_at: Timestamp,
    /// Instant at which it completed or failed.
    pub finished_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
