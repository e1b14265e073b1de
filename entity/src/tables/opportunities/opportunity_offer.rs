//! Offers of the vendor's opportunities to partners.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, OfferState, OpportunityId, OpportunityReason, PartnerId, Timestamp};

/// An offer of the vendor's opportunity to one partner.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_offer")]
pub struct Model {
    /// Opportunity of the vendor that is offered.
    #[sea_orm(primary_key, auto_increment = false)]
    pub opportunity_id: OpportunityId,
    /// Place among the offers of the opportunity, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub offer_no: i32,
    /// Partner that has to answer.
    pub partner_id: PartnerId,
    /// State of the answer; one offer of an opportunity at most is pending.
    pub state: OfferState,
    /// The partner's place among those it could be offered to, from 1.
    pub rank: i32,
    /// JSON object: what spoke for this partner when it was ranked.
    pub grounds: String,
    /// Subject of the token that offered it.
    pub offered_by: String,
    /// Instant of the offer.
    pub offered_at: Timestamp,
    /// First instant at which it is too late to accept.
    pub due_at: Timestamp,
    /// Subject of the token that answered or took it back; none while pending.
    pub answered_by: Option<String>,
    /// Instant of the answer; none while pending.
    pub answered_at: Option<Timestamp>,
    /// Reason of a refusal, as a code.
    pub reason_code: Option<OpportunityReason>,
    /// Reason of a refusal, in words.
    pub reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
