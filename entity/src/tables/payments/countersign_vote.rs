//! The voice of an approver in a round.

use sea_orm::entity::prelude::*;

use crate::{CountersignVote, NoRelation as Relation, PaymentRequestId, Timestamp};

/// The voice of an approver in a round.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "countersign_vote")]
pub struct Model {
    /// The request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub request_id: PaymentRequestId,
    /// The round, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub round: i32,
    /// The approver.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    /// What was said; none while it waits.
    pub vote: Option<CountersignVote>,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub voted_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
