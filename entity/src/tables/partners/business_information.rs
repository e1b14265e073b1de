//! What is known of a partner's business: without certification nothing is billed or paid.

use sea_orm::entity::prelude::*;

use crate::{Certification, NoRelation as Relation, PartnerId, Timestamp};

/// What is known of a partner's business: without certification nothing is billed or paid.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "business_information")]
pub struct Model {
    /// The partner.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: PartnerId,
    /// Where it stands.
    pub certification: Certification,
    /// Why it stands there, e.g. why it failed.
    pub reason: Option<String>,
    /// Name of the company, as invoices bear it.
    pub legal_name: String,
    /// Taxpayer number, as invoices bear it.
    pub taxpayer_no: String,
    /// Where money goes.
    pub bank_account: String,
    /// Where mail goes; empty for none.
    pub email: String,
    /// The language of mail: `en` or `zh-CN`.
    pub language: String,
    /// When it changed last.
    pub changed_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
