//! A period in which a customer is associated with a partner, in one mode.

use sea_orm::entity::prelude::*;

use crate::{AssociationId, AssociationMode, CustomerId, NoRelation as Relation, PartnerId, Timestamp};

/// A period in which a customer is associated with a partner, in one mode.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "association")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AssociationId,
    /// The customer.
    pub customer_id: CustomerId,
    /// The partner.
    pub partner_id: PartnerId,
    /// Consulting or resale.
    pub mode: AssociationMode,
    /// First instant.
    pub valid_from: Timestamp,
    /// First instant after; `FOREVER` while open.
    pub valid_to: Timestamp,
    /// No performance before this instant; 0 without cooling-off.
    pub cooling_off_until: Timestamp,
    /// When the row was made.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
