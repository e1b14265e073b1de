//! A row that was refused, with place, reason and text.

use sea_orm::entity::prelude::*;

use crate::{ImportId, NoRelation as Relation};

/// A row that was refused, with place, reason and text.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "import_reject")]
pub struct Model {
    /// Import whose file has the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: ImportId,
    /// Line of the file.
    #[sea_orm(primary_key, auto_increment = false)]
    pub line_no: i64,
    /// The column at fault.
    pub column_name: Option<String>,
    /// Stable code of the reason.
    pub code: String,
    /// The value at fault, clipped.
    pub detail: String,
    /// The raw row, clipped.
    pub raw: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
