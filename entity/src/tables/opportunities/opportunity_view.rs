//! Saved views: lists of opportunities that people keep under a name.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, Timestamp, ViewId};

/// A view: what somebody looks for, and in which order, under a name.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_view")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ViewId,
    /// Subject of the owner's token; nobody else sees the view.
    pub subject: String,
    /// Name that its owner gave it.
    pub name: String,
    /// JSON object with the arguments of the list.
    pub settings: String,
    /// Instant at which it was saved.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
