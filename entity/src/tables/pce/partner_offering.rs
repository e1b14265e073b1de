//! Offerings: products and solutions of partners.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, OfferingId, OfferingKind, PartnerId, Timestamp};

/// A product or solution of a partner that goes with the vendor's.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "partner_offering")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OfferingId,
    /// Partner that offers it.
    pub partner_id: PartnerId,
    /// Kind of the offering.
    pub kind: OfferingKind,
    /// Name under which it is sold.
    pub name: String,
    /// The product family it belongs to, in capitals.
    pub demand_tag: String,
    /// Whether it is on the vendor's white list: only then its opportunities earn an incentive.
    pub white_listed: bool,
    /// Whether it is offered now.
    pub active: bool,
    /// Instant at which the row was made.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
