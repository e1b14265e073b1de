//! A period in which a customer is associated with a partner, in one mode.

use sea_orm::entity::prelude::*;

use crate::{AssociationId, AssociationMode, CustomerId, NoRelation as Relation, PartnerId, Timestamp};

/// A period in which a customer is associated with a partner, in one mode.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "association")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AssociationId,
    /// Customer that the partner has in this period.
    pub customer_id: CustomerId,
    /// Partner that has the customer in this period.
    pub partner_id: PartnerId,
    /// Consulting or resale.
    pub mode: AssociationMode,
    /// First instant of the period.
    pub valid_from: Timestamp,
    /// First instant after; `FOREVER` while open.
    pub valid_to: Timestamp,
    /// Instant at which the row was made; the period itself may lie before it.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
