//! One job that writes data out: command, truth and progress in one row.

use sea_orm::entity::prelude::*;

use crate::{
    ExportFormat, ExportId, ExportState, ExportWhat, FileId, NoRelation as Relation, PartnerId, Timestamp,
};

/// One job that writes data out.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "export_job")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExportId,
    /// Kind of rows that it writes.
    pub what: ExportWhat,
    /// Format of the file.
    pub format: ExportFormat,
    /// JSON object with the arguments that select the rows.
    pub filter: String,
    /// JSON of the party in whose name it was asked for: only rows of its scope are written.
    pub principal: String,
    /// Partner that asked for it and alone may fetch it; none for the vendor's own.
    pub partner_id: Option<PartnerId>,
    /// State of the job.
    pub state: ExportState,
    /// Rows there are; nothing while uncounted.
    pub rows_total: Option<i64>,
    /// Rows written by the try at hand.
    pub rows_done: i64,
    /// Bytes written by the try at hand.
    pub bytes: i64,
    /// The file it becomes.
    pub file_id: FileId,
    /// Fence: grows with each claim.
    pub generation: i32,
    /// Instant until which its worker has it leased.
    pub lease_until: Timestamp,
    /// Tries that count.
    pub attempts: i32,
    /// Instant before which no worker tries it again.
    pub retry_at: Timestamp,
    /// Code of the error with which the last try ended; none while all is well.
    pub error_code: Option<String>,
    /// Details of it, for operators.
    pub error_detail: Option<String>,
    /// Subject of the token that asked for it.
    pub created_by: String,
    /// Instant at which it was asked for.
    pub created_at: Timestamp,
    /// Instant at which it completed or failed.
    pub finished_at: Option<Timestamp>,
    /// Instant at which its file is deleted, or the job is given up.
    pub expires_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
