//! A partner's business information: without certification nothing is billed or paid.

use sea_orm::entity::prelude::*;

use crate::{Certification, NoRelation as Relation, PartnerId, Timestamp};

/// Business information of a partner: without certification nothing is billed or paid.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "business_information")]
pub struct Model {
    /// Partner that it describes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: PartnerId,
    /// State of the vendor's check.
    pub certification: Certification,
    /// Reason of the state, e.g. why the check failed.
    pub reason: Option<String>,
    /// Name of the company, as invoices bear it.
    pub legal_name: String,
    /// Taxpayer number, as invoices bear it.
    pub taxpayer_no: String,
    /// Number of the account that money goes to.
    pub bank_account: String,
    /// The subject of whoever named that account.
    pub account_set_by: String,
    /// The account that was certified last; `None` before the first certification.
    pub certified_account: Option<String>,
    /// Mail address for letters; empty for none.
    pub email: String,
    /// The language of mail: `en` or `zh-CN`.
    pub language: String,
    /// Instant at which it changed last.
    pub changed_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
