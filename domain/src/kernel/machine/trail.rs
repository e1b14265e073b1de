//! Trails: what became of a row, step by step.

use entity::Timestamp;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::drive::{Done, Driven};
use super::table::Machine;
use super::turn::Turn;
use crate::kernel::error::Result;

/// Steps written in one statement: their columns stay below what a statement of either database takes.
const AT_ONCE: usize = 500;

/// A step as every trail keeps it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a, M: Machine> {
    /// Operation that was made.
    pub operation: M::Operation,
    /// State before; none for the first step.
    pub from: Option<M::State>,
    /// Subject of the actor who made it.
    pub actor: &'a str,
    /// Party as which it was made.
    pub party: M::Party,
    /// Reason, of the closed list; none where none was given.
    pub code: Option<M::Reason>,
    /// Reason in words; none where none was given.
    pub reason: Option<&'a str>,
    /// Instant of the step.
    pub at: Timestamp,
}

impl<'a, M: Driven> Entry<'a, M> {
    /// The step that was made.
    #[must_use]
    pub fn of(turn: Turn<'a>, done: &'a Done<'_, M>) -> Self {
        Self {
            operation: done.transition.operation,
            from: Some(done.transition.from),
            actor: &turn.context.actor.subject,
            party: done.party,
            code: done.how.code,
            reason: done.how.reason,
            at: turn.now,
        }
    }
}

/// A machine that keeps a trail.
pub trait Trailed: Driven {
    /// The table of the database that the trail is in.
    type Trail: EntityTrait<Model = Self::Step, ActiveModel = Self::Written>;
    /// A step as it is written.
    type Written: ActiveModelTrait<Entity = Self::Trail> + Send;
    /// A step as it is kept.
    type Step: IntoActiveModel<Self::Written> + Send;

    /// The step after which a row is as `after`. PURE.
    fn kept(after: &Self::Row, entry: Entry<'_, Self>) -> Self::Step;
}

/// Writes steps of a trail.
pub async fn write<M: Trailed>(turn: Turn<'_>, steps: impl IntoIterator<Item = M::Step>) -> Result<()> {
    let steps = steps.into_iter().map(|step| step.into_active_model().reset_all());
    let mut rest: Vec<M::Written> = steps.collect();
    while !rest.is_empty() {
        let later = rest.split_off(rest.len().min(AT_ONCE));
        M::Trail::insert_many(rest).exec_without_returning(turn.tx.orm()).await?;
        rest = later;
    }
    Ok(())
}
