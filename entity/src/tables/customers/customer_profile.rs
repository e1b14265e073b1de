//! Facts about a customer besides its name; opportunities are routed and compared by them.

use sea_orm::entity::prelude::*;

use crate::{CustomerId, NoRelation as Relation, OfficeId};

/// A customer as the vendor's sales know it: who it is in law, and which office owns it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "customer_profile")]
pub struct Model {
    /// Customer that the row describes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: CustomerId,
    /// Its name in law, as its account was verified.
    pub legal_name: String,
    /// `legal_name`, normalised for the comparison of names.
    pub name_key: String,
    /// Its unified social credit code.
    pub credit_code: Option<String>,
    /// Whether it is an enterprise: persons earn no opportunity incentive.
    pub enterprise: bool,
    /// The office that owns it.
    pub office_id: Option<OfficeId>,
    /// Its owner at the vendor, as tokens name it (`sub`).
    pub owner: Option<String>,
    /// Province of its seat; empty if not known.
    pub province: String,
    /// City of its seat; empty if not known.
    pub city: String,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
