//! Until when something must have happened.

use sea_orm::entity::prelude::*;

use crate::{DeadlineAudience, DeadlineId, DeadlineKind, NoRelation as Relation, PartnerId, Timestamp};

/// Until when something must have happened. Live until it is closed; one live row a kind and thing.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "deadline")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeadlineId,
    /// What must have happened.
    pub kind: DeadlineKind,
    /// The id, as text, of the thing it is about.
    pub entity: String,
    /// The partner it concerns.
    pub partner_id: Option<PartnerId>,
    /// Who must act.
    pub audience: DeadlineAudience,
    /// First instant at which it is too late.
    pub due_at: Timestamp,
    /// When whoever must act is reminded; none if there is no time for that.
    pub remind_at: Option<Timestamp>,
    /// When the reminder was given.
    pub reminded_at: Option<Timestamp>,
    /// When it was found to have passed.
    pub fell_due_at: Option<Timestamp>,
    /// When what it was about had happened, or did not matter any more.
    pub closed_at: Option<Timestamp>,
    /// Tries to let it fall due; raised before each.
    pub attempts: i32,
    /// Before this instant nobody else tries.
    pub retry_at: Timestamp,
    /// When it was first set.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
