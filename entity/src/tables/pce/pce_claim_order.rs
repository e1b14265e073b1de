//! Orders that claims of the opportunity incentive rest on.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, PceClaimId};

/// An order supports one claim.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "pce_claim_order")]
pub struct Model {
    /// The order's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_no: String,
    /// Claim that rests on the order.
    pub claim_id: PceClaimId,
}

impl ActiveModelBehavior for ActiveModel {}
