//! A customer's account at a cloud provider. Without a customer, its payments wait as unmatched.

use sea_orm::entity::prelude::*;

use crate::{CloudAccountId, CustomerId, NoRelation as Relation, Timestamp};

/// A customer's account at a cloud provider. Without a customer, its payments wait as unmatched.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "cloud_account")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CloudAccountId,
    /// The provider's name as it stands in bills.
    pub provider: String,
    /// The account's number as it stands in bills.
    pub account_no: String,
    /// The customer it is linked to.
    pub customer_id: Option<CustomerId>,
    /// Instant at which it got its customer; none while it has none.
    pub linked_at: Option<Timestamp>,
    /// Instant at which the row was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
