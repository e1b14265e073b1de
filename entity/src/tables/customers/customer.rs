//! An end customer.

use sea_orm::entity::prelude::*;

use crate::{CustomerId, NoRelation as Relation, Timestamp};

/// An end customer.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "customer")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CustomerId,
    /// Name that people see; not unique.
    pub name: String,
    /// An internal account of the vendor: never performance.
    pub internal: bool,
    /// One of the many that the vendor does not look after by name: it cools off when it changes its partner.
    pub long_tail: bool,
    /// Instant at which the row was made.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
