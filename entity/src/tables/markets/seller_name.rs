//! A name under which bills say that something is sold, and whose it is.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, SellerKind, SellerNameId, Timestamp};

/// A name under which bills say that something is sold, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "seller_name")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SellerNameId,
    /// The name as bills write it.
    pub name: String,
    /// The name without what does not tell companies apart: names that share it are decided together.
    pub normal: String,
    /// Owner of the name.
    pub kind: SellerKind,
    /// Subject that decided; none while nobody did, or where a bill said it in a column of its own.
    pub decided_by: Option<String>,
    /// Instant of the decision; none while there is none.
    pub decided_at: Option<Timestamp>,
    /// Instant at which a bill first named it.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
