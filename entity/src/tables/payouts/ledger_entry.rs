//! One side of a posting.

use sea_orm::entity::prelude::*;

use crate::{Currency, LedgerAccount, NoRelation as Relation, PartnerId};

/// One side of a posting.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "ledger_entry")]
pub struct Model {
    /// Partner whose ledger it is in.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: PartnerId,
    /// Number of the ledger transaction that it is a side of.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// Account that it changes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: LedgerAccount,
    /// Currency of `amount` and `balance`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: Currency,
    /// Amount that is added to the account, in micros; below zero where it is taken.
    pub amount: i64,
    /// Balance of the account after it, in micros.
    pub balance: i64,
}

impl ActiveModelBehavior for ActiveModel {}
