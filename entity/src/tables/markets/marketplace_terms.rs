//! The vendor's share of marketplace sales, by seller and category and from a month on.

use sea_orm::entity::prelude::*;

use crate::{MarketplaceCategory, Month, NoRelation as Relation, PartnerId, TermsId, Timestamp};

/// The vendor's share of the sales of one seller, or of all others, in a category and from a month on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "marketplace_terms")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TermsId,
    /// For whom; none for every seller without terms of its own.
    pub partner_id: Option<PartnerId>,
    /// For which category.
    pub category: MarketplaceCategory,
    /// First month of sales they hold for, until the next ones.
    pub valid_from: Month,
    /// Platform fee of sales, in parts per million.
    pub platform_fee_ppm: i32,
    /// Operating fee of sales, in parts per million.
    pub operating_fee_ppm: i32,
    /// The seller confirms the bill before it is countersigned.
    pub needs_confirmation: bool,
    /// Subject of the token that set them.
    pub created_by: String,
    /// Instant at which they were set.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
