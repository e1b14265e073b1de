//! A representative office of the vendor.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, OfficeId};

/// An office of the vendor that looks after the opportunities of its areas.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "office")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OfficeId,
    /// Its short name in files, e.g. `SH`.
    pub code: String,
    /// Its name in English.
    pub name: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// The business region it belongs to.
    pub region: String,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
