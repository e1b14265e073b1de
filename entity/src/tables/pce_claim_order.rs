//! Orders that claims rest on.

use sea_orm::entity::prelude::*;

use crate::PceClaimId;

/// An order supports one claim.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "pce_claim_order")]
pub struct Model {
    /// The order's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_no: String,
    /// The claim.
    pub claim_id: PceClaimId,
}

/// No relations: joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
