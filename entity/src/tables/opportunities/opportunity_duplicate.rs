//! Suspected pairs: opportunities that seem to be the same.

use sea_orm::entity::prelude::*;

use crate::{DuplicateState, NoRelation as Relation, OpportunityId, Timestamp};

/// Two opportunities that may repeat each other, and the decision about them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_duplicate")]
pub struct Model {
    /// The one with the smaller key, so that a pair has one row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub first_id: OpportunityId,
    /// The one with the greater key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub second_id: OpportunityId,
    /// Likeness of the two, in parts per million.
    pub score_ppm: i32,
    /// JSON array of the grounds on which they seem to be the same.
    pub grounds: String,
    /// Decision of a reviewer; suspected until there is one.
    pub state: DuplicateState,
    /// Instant at which the comparison found the pair.
    pub found_at: Timestamp,
    /// Subject of the reviewer who decided; none while suspected.
    pub decided_by: Option<String>,
    /// Instant of the decision; none while suspected.
    pub decided_at: Option<Timestamp>,
    /// Reason of the decision, in the reviewer's words.
    pub reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
