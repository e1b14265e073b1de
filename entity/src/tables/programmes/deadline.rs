//! Deadlines: the instants by which something must have happened.

use sea_orm::entity::prelude::*;

use crate::{DeadlineAudience, DeadlineId, DeadlineKind, NoRelation as Relation, PartnerId, Timestamp};

/// An instant by which something must have happened. Live until it is closed; one live row a kind and thing.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "deadline")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeadlineId,
    /// Kind of thing that must have happened.
    pub kind: DeadlineKind,
    /// The id, as text, of the thing it is about.
    pub entity: String,
    /// The partner it concerns.
    pub partner_id: Option<PartnerId>,
    /// People who must act.
    pub audience: DeadlineAudience,
    /// First instant at which it is too late.
    pub due_at: Timestamp,
    /// Instant of the reminder; none if there is no time for one.
    pub remind_at: Option<Timestamp>,
    /// Instant at which the reminder was recorded.
    pub reminded_at: Option<Timestamp>,
    /// Instant at which a worker found that it had passed.
    pub fell_due_at: Option<Timestamp>,
    /// Instant at which the matter had happened, or did not count any more.
    pub closed_at: Option<Timestamp>,
    /// Tries to let it fall due; raised before each.
    pub attempts: i32,
    /// Before this instant nobody else tries.
    pub retry_at: Timestamp,
    /// Instant at which it was first set.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
