//! Totals of a receipt in one currency.

use sea_orm::entity::prelude::*;

use crate::{Currency, ImportId, NoRelation as Relation};

/// Totals of a receipt in one currency.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "import_total")]
pub struct Model {
    /// Import that the totals are of.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: ImportId,
    /// Currency of the totals; an import has one row for each.
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: Currency,
    /// Exact sum of every valid row of the file.
    pub source_total: String,
    /// Exact sum of the accepted rows.
    pub accepted_total: String,
    /// Sum of what was stored, in micros.
    pub stored_micros: i64,
}

impl ActiveModelBehavior for ActiveModel {}
