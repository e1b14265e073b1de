//! One side of a posting.

use sea_orm::entity::prelude::*;

use crate::{Currency, LedgerAccount, NoRelation as Relation, PartnerId};

/// One side of a posting.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "ledger_entry")]
pub struct Model {
    /// Whose ledger.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: PartnerId,
    /// The posting.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: LedgerAccount,
    /// The currency.
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: Currency,
    /// What is added, in micros.
    pub amount: i64,
    /// What the account holds after it, in micros.
    pub balance: i64,
}

impl ActiveModelBehavior for ActiveModel {}
