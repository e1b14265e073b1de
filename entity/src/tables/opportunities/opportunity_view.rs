//! Views of opportunities that people keep.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, Timestamp, ViewId};

/// A view: what somebody looks for, and in which order, under a name.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_view")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ViewId,
    /// Whose it is.
    pub subject: String,
    /// What its owner calls it.
    pub name: String,
    /// The arguments of the list: a JSON object.
    pub settings: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
