//! The voice of an approver in a round.

use sea_orm::entity::prelude::*;

use crate::{CountersignVote, NoRelation as Relation, PaymentRequestId, Timestamp};

/// The voice of an approver in a round.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "countersign_vote")]
pub struct Model {
    /// Payment request that is voted on.
    #[sea_orm(primary_key, auto_increment = false)]
    pub request_id: PaymentRequestId,
    /// The round, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub round: i32,
    /// Approver, by the subject of the token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    /// The vote; none while it is waited for.
    pub vote: Option<CountersignVote>,
    /// Reason of the vote, in the approver's words.
    pub reason: Option<String>,
    /// Instant of the vote; none while it is waited for.
    pub voted_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
