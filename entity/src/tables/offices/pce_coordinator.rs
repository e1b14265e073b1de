//! The coordinators of PCE (partner customer engagement): they find an office for what none matches.

use sea_orm::entity::prelude::*;

use crate::NoRelation as Relation;

/// A coordinator: sees what no office was found for, and gives it to one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "pce_coordinator")]
pub struct Model {
    /// The person, as tokens name it (`sub`).
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    /// Name of the person in messages and lists.
    pub name: String,
    /// Mail address for letters to this person.
    pub email: String,
    /// The language of letters: `en` or `zh-CN`.
    pub language: String,
}

impl ActiveModelBehavior for ActiveModel {}
