//! A product of a provider, made when a bill first names it.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, ProductId, Timestamp};

/// A product of a provider, made when a bill first names it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "product")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProductId,
    /// The provider's name.
    pub provider: String,
    /// The provider's code or service name.
    pub code: String,
    /// Display name.
    pub name: String,
    /// Product class, e.g. the FOCUS service category.
    pub class: String,
    /// When the row was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
