//! The areas that offices look after.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, OfficeId};

/// An area: a province, or one city of it, which comes before its province.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "office_area")]
pub struct Model {
    /// Province of the area, written as in the profiles of customers.
    #[sea_orm(primary_key, auto_increment = false)]
    pub province: String,
    /// The city; empty for the whole province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub city: String,
    /// Office that looks after the area.
    pub office_id: OfficeId,
}

impl ActiveModelBehavior for ActiveModel {}
