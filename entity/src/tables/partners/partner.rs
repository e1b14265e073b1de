//! A partner of the programme.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, PartnerId, PartnerKind, Timestamp};

/// A partner of the programme.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "partner")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PartnerId,
    /// Kind of the partner; it never changes.
    pub kind: PartnerKind,
    /// Name that people see; not unique.
    pub name: String,
    /// Tier name; empty without one.
    pub tier: String,
    /// Business region of the partner, as text.
    pub region: String,
    /// Whether a distributor may have customers of its own.
    pub may_own_customers: bool,
    /// The name under which the partner sells on the marketplace.
    pub marketplace_name: Option<String>,
    /// Instant at which the row was made.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
