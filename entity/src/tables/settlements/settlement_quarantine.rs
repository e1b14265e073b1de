//! A partner that a run could not bill, with the reason.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, PartnerId, RunId};

/// A partner that a run could not bill, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "settlement_quarantine")]
pub struct Model {
    /// Run that could not bill the partner.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: RunId,
    /// Partner that was set aside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: PartnerId,
    /// Stable code of the reason.
    pub code: String,
    /// Text for whoever looks into it.
    pub detail: String,
}

impl ActiveModelBehavior for ActiveModel {}
