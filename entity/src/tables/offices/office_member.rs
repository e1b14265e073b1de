//! The staff of offices.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, OfficeId, OfficeRole};

/// A person of an office who reviews opportunities.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "office_member")]
pub struct Model {
    /// Office that the person works in.
    #[sea_orm(primary_key, auto_increment = false)]
    pub office_id: OfficeId,
    /// The person, as tokens name it (`sub`).
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    /// Role of the person in the office.
    #[sea_orm(primary_key, auto_increment = false)]
    pub role: OfficeRole,
    /// Name of the person in messages and lists.
    pub name: String,
    /// Mail address for letters to this person.
    pub email: String,
    /// The language of letters: `en` or `zh-CN`.
    pub language: String,
}

impl ActiveModelBehavior for ActiveModel {}
