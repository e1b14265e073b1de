//! Who distributes what no office matches.

use sea_orm::entity::prelude::*;

use crate::NoRelation as Relation;

/// A coordinator: sees what no office was found for, and gives it to one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "pce_coordinator")]
pub struct Model {
    /// The person, as tokens name it (`sub`).
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    /// How people call it.
    pub name: String,
    /// Where letters go.
    pub email: String,
    /// The language of letters: `en` or `zh-CN`.
    pub language: String,
}

impl ActiveModelBehavior for ActiveModel {}
