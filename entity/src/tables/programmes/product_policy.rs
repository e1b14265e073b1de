//! What the product policy says about a product from a month on.

use sea_orm::entity::prelude::*;

use crate::{Month, NoRelation as Relation, ProductId, ProductPolicyKind, Timestamp};

/// What the product policy says about a product from a month on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "product_policy")]
pub struct Model {
    /// The product.
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    /// First month it holds for.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: Month,
    /// What it says.
    pub policy: ProductPolicyKind,
    /// When it was last set.
    pub changed_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
