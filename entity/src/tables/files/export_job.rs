//! One job that writes data out: command, truth and progress in one row.

use sea_orm::entity::prelude::*;

use crate::{
    ExportFormat, ExportId, ExportState, ExportWhat, FileId, NoRelation as Relation, PartnerId, Timestamp,
};

/// One job that writes data out.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "export_job")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExportId,
    /// What is written.
    pub what: ExportWhat,
    /// How.
    pub format: ExportFormat,
    /// Which rows, as JSON.
    pub filter: String,
    /// On whose behalf, as JSON: only rows of its scope are written.
    pub principal: String,
    /// Whose it is; nothing for the vendor's own.
    pub partner_id: Option<PartnerId>,
    /// Where it stands.
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
    /// Until when its worker owns it.
    pub lease_until: Timestamp,
    /// Tries that count.
    pub attempts: i32,
    /// When it may be tried next.
    pub retry_at: Timestamp,
    /// Why it does not go on, or ended.
    pub error_code: Option<String>,
    /// Details of it, for operators.
    pub error_detail: Option<String>,
    /// Who asked for it.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// When it completed or failed.
    pub finished_at: Option<Timestamp>,
    /// When its file is deleted, or it is given up.
    pub expires_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
