//! A posting of the ledger: entries that add up to zero.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, PartnerId, Timestamp};

/// A posting of the ledger: entries that add up to zero.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "ledger_transaction")]
pub struct Model {
    /// Partner whose ledger it is posted in.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: PartnerId,
    /// Its number there, from 1 without a gap.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// Instant of the posting; never before that of the previous one.
    pub at: Timestamp,
    /// Name of what moved the money.
    pub kind: String,
    /// The id of what moved it.
    pub entity: String,
    /// SHA-256 over the hash before it and everything of it, in hex.
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}
