//! The category of a product on the marketplace; GOODS without a row.

use sea_orm::entity::prelude::*;

use crate::{MarketplaceCategory, NoRelation as Relation, ProductId, Timestamp};

/// The category of a product on the marketplace; GOODS without a row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "marketplace_category")]
pub struct Model {
    /// Product that is sold on the marketplace.
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    /// Category that decides about the vendor's fees.
    pub category: MarketplaceCategory,
    /// Instant at which an operator last set it.
    pub changed_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
