//! A product of a provider, made when a bill first names it.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, ProductId, Timestamp};

/// A product of a provider, made when a bill first names it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "product")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProductId,
    /// The provider's name.
    pub provider: String,
    /// The provider's code or service name.
    pub code: String,
    /// Name that people see, as a bill first gave it.
    pub name: String,
    /// Product class, e.g. the FOCUS service category.
    pub class: String,
    /// Instant at which a bill first named it.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
