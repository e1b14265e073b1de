//! Incentive of an issued bill that a partner may request, or owes when below zero.

use sea_orm::entity::prelude::*;

use crate::{
    AssociationMode, Currency, EntitlementId, EntitlementKind, EntitlementState, IncentiveBillId, Month,
    NoRelation as Relation, PartnerId, PceClaimId, Timestamp,
};

/// Incentive of an issued bill that a partner may request, or owes when below zero.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "incentive_entitlement")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EntitlementId,
    /// Partner that may request it, or owes it.
    pub partner_id: PartnerId,
    /// The bill it comes from; none of what comes from a claim.
    pub bill_id: Option<IncentiveBillId>,
    /// The claim of the incentive for an opportunity it comes from; none of what comes from a bill.
    pub claim_id: Option<PceClaimId>,
    /// The month of the bill, or in which the claim was confirmed.
    pub month: Month,
    /// Origin of the amount.
    pub kind: EntitlementKind,
    /// Consulting or resale: decides about the ways of payment.
    pub mode: AssociationMode,
    /// Currency of `amount`.
    pub currency: Currency,
    /// In micros; below zero for what is set off first.
    pub amount: i64,
    /// State: open, or how it ended.
    pub state: EntitlementState,
    /// Instant from which it can be requested.
    pub available_from: Timestamp,
    /// Instant at which it lapses; none for what is owed.
    pub expires_at: Option<Timestamp>,
    /// Instant at which the row was made.
    pub created_at: Timestamp,
    /// Instant at which it lapsed or was set off.
    pub closed_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
