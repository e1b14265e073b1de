//! To whom the vendor's opportunities were offered.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, OfferState, OpportunityId, OpportunityReason, PartnerId, Timestamp};

/// An offer of the vendor's opportunity to one partner.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_offer")]
pub struct Model {
    /// The opportunity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub opportunity_id: OpportunityId,
    /// Its place, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub offer_no: i32,
    /// To whom.
    pub partner_id: PartnerId,
    /// What became of it.
    pub state: OfferState,
    /// The partner's place among those it could be offered to, from 1.
    pub rank: i32,
    /// Why this partner: a JSON object.
    pub grounds: String,
    /// Who offered it.
    pub offered_by: String,
    /// When.
    pub offered_at: Timestamp,
    /// First instant at which it is too late to accept.
    pub due_at: Timestamp,
    /// Who answered, or took it back.
    pub answered_by: Option<String>,
    /// When.
    pub answered_at: Option<Timestamp>,
    /// Why it was refused.
    pub reason_code: Option<OpportunityReason>,
    /// The same in words.
    pub reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
