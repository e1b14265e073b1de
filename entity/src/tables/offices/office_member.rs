//! Who works in which office.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, OfficeId, OfficeRole};

/// A person of an office who reviews opportunities.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "office_member")]
pub struct Model {
    /// The office.
    #[sea_orm(primary_key, auto_increment = false)]
    pub office_id: OfficeId,
    /// The person, as tokens name it (`sub`).
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    /// As what.
    #[sea_orm(primary_key, auto_increment = false)]
    pub role: OfficeRole,
    /// How people call it.
    pub name: String,
    /// Where letters go.
    pub email: String,
    /// The language of letters: `en` or `zh-CN`.
    pub language: String,
}

impl ActiveModelBehavior for ActiveModel {}
