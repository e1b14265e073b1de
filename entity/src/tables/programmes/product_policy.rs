//! The product policy: rules for products, from a month on.

use sea_orm::entity::prelude::*;

use crate::{Month, NoRelation as Relation, ProductId, ProductPolicyKind, Timestamp};

/// The rule of the product policy for a product, from a month on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "product_policy")]
pub struct Model {
    /// Product that the rule is for.
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    /// First month it holds for.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: Month,
    /// Rule that applies from the month on.
    pub policy: ProductPolicyKind,
    /// Instant at which it was last set.
    pub changed_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
