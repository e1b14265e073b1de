//! The step: the one way in which a row changes its state.

use std::collections::VecDeque;
use std::fmt::{Debug, Display};
use std::future::Future;

use entity::{PartnerId, Timestamp};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter, QuerySelect, Value,
};

use super::refusal::{not_allowed, reason, wrong_state};
use super::table::{Machine, Transition, find};
use super::turn::Turn;
use super::word::Word;
use crate::kernel::actor::Actor;
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::store::Tx;
use crate::kernel::write::Context;

/// A machine whose rows are moved one by one. What it says of itself is pure but for what loads, prepares and carries
/// out; the order of all of it is [`step`]'s.
pub trait Driven: Machine {
    /// The table of the database that its rows are in.
    type Entity: EntityTrait<Model = Self::Row, ActiveModel = Self::Active>;
    /// A row of it as it is written.
    type Active: ActiveModelTrait<Entity = Self::Entity> + Send;
    /// A row of it.
    type Row: ModelTrait<Entity = Self::Entity>
        + IntoActiveModel<Self::Active>
        + Clone
        + Send
        + Sync
        + 'static;
    /// The key of a row.
    type Key: Into<Value> + Copy + PartialEq + Display + Send + Sync;
    /// Facts that guards look at besides the row.
    type Facts: Debug + Send + Sync;
    /// Values that a move brings along for the row and the effects.
    type With: Clone + Debug + Default + Send + Sync;

    /// The column of the key.
    const KEY: <Self::Entity as EntityTrait>::Column;
    /// The column of the version, which grows with every change.
    const VERSION: <Self::Entity as EntityTrait>::Column;

    /// The key of a row, and its version.
    fn identity(row: &Self::Row) -> (Self::Key, i32);

    /// Sort and state of a row, and the partner whose it is: all that the table needs of it.
    fn stands(row: &Self::Row) -> (Self::Sort, Self::State, Option<PartnerId>);

    /// Reads what the guards of a transition look at, and nothing else.
    fn load(
        turn: Turn<'_>,
        row: &Self::Row,
        transition: &'static Transition<Self>,
        how: &Move<'_, Self>,
    ) -> impl Future<Output = Result<Self::Facts>> + Send;

    /// Refuses what does not hold; the message says what would cure it. PURE.
    fn holds(guard: Self::Guard, looked: Looked<'_, Self>) -> Result<(), Vec<Refusal>>;

    /// Takes what only one row can have, once all guards hold. If another has it, this happens instead.
    fn prepare(
        _turn: Turn<'_>,
        _row: &mut Self::Row,
        _facts: &Self::Facts,
        _transition: &'static Transition<Self>,
    ) -> impl Future<Output = Result<Option<Instead<Self>>>> + Send {
        async { Ok(None) }
    }

    /// The row after the transition, one version on. PURE.
    fn changed(row: Self::Row, change: &Change<'_, Self>) -> Self::Row;

    /// Writes a row of the trail, if the machine keeps one.
    fn record(_turn: Turn<'_>, _done: &Done<'_, Self>) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Carries out one effect. Returns the moves that follow, of this row or of others.
    fn carry_out(
        turn: Turn<'_>,
        effect: Self::Effect,
        done: &Done<'_, Self>,
    ) -> impl Future<Output = Result<Vec<Follow<Self>>>> + Send;
}

/// An operation on a row, as it is asked for.
#[derive(Clone, Debug)]
pub struct Move<'a, M: Driven> {
    /// Operation that is asked for.
    pub operation: M::Operation,
    /// Reason, of the closed list; none where none is given.
    pub code: Option<M::Reason>,
    /// Reason in words; none where none is given.
    pub reason: Option<&'a str>,
    /// Values that it brings along.
    pub with: M::With,
}

impl<'a, M: Driven> Move<'a, M> {
    /// An operation without a reason.
    #[must_use]
    pub fn plain(operation: M::Operation) -> Self {
        Self { operation, code: None, reason: None, with: M::With::default() }
    }

    /// An operation, for a reason in words.
    #[must_use]
    pub fn because(operation: M::Operation, reason: Option<&'a str>) -> Self {
        Self { reason, ..Self::plain(operation) }
    }

    /// The same, which brings this along.
    #[must_use]
    pub fn with(self, with: M::With) -> Self {
        Self { with, ..self }
    }
}

/// A row with the facts that a guard looks at.
#[derive(Debug)]
pub struct Looked<'a, M: Driven> {
    /// Actor who moves the row.
    pub actor: &'a Actor,
    /// Instant of the move.
    pub now: Timestamp,
    /// The row before the transition.
    pub row: &'a M::Row,
    /// Facts that were loaded for the guards.
    pub facts: &'a M::Facts,
    /// Move that is asked for.
    pub how: &'a Move<'a, M>,
}

/// A transition that changes a row.
#[derive(Debug)]
pub struct Change<'a, M: Driven> {
    /// Transition of the table.
    pub transition: &'static Transition<M>,
    /// Move that was asked for, with the reason as the transition wants it.
    pub how: &'a Move<'a, M>,
    /// Facts that the guards looked at.
    pub facts: &'a M::Facts,
    /// Actor who moves the row.
    pub actor: &'a Actor,
    /// Instant of the move.
    pub now: Timestamp,
}

/// A transition that was made: the effects are carried out on it.
#[derive(Debug)]
pub struct Done<'a, M: Driven> {
    /// The row as it stood.
    pub before: M::Row,
    /// The row as it is written.
    pub after: M::Row,
    /// Transition of the table.
    pub transition: &'static Transition<M>,
    /// As what somebody made it.
    pub party: M::Party,
    /// Move that was asked for, with the reason as the transition wants it.
    pub how: Move<'a, M>,
    /// Facts that the guards looked at.
    pub facts: M::Facts,
}

/// A move that takes the place of the one that was asked for.
#[derive(Debug)]
pub struct Instead<M: Driven> {
    /// Actor on whose behalf it is made.
    pub context: Context,
    /// Operation that is asked for.
    pub how: Move<'static, M>,
}

/// A move that follows from another one.
#[derive(Debug)]
pub struct Follow<M: Driven> {
    /// Actor on whose behalf it is made.
    pub context: Context,
    /// Of which row, which is held.
    pub row: M::Row,
    /// Operation that is asked for.
    pub how: Move<'static, M>,
}

/// Reads a row and holds it until the transaction ends.
pub async fn hold<M: Driven>(tx: &Tx, key: M::Key) -> Result<Option<M::Row>> {
    Ok(M::Entity::find().filter(M::KEY.eq(key)).lock_exclusive().one(tx.orm()).await?)
}

/// Moves a row that is held, and whatever follows from that. Refuses what its state, the actor, the reason or a guard
/// does not allow, and says what would be possible. Row, trail and effects are written in the caller's transaction or
/// not at all. Returns the row as it stands at the end.
pub async fn step<M: Driven>(turn: Turn<'_>, row: M::Row, how: Move<'_, M>) -> Result<M::Row> {
    let (key, _) = M::identity(&row);
    let mut following = VecDeque::new();
    let mut standing = one(turn, row, how, &mut following).await?;
    while let Some(Follow { context, row, how }) = following.pop_front() {
        let (is_the_same, operation) = (M::identity(&row).0 == key, how.operation);
        // Who asked for the first move cannot cure what the product makes of it.
        let after = match one(turn.by(&context), row, how, &mut following).await {
            Err(Error::Refused(refusals)) => {
                let operation = operation.word();
                return Err(Error::Invariant(format!(
                    "{operation} was to follow, and is refused: {refusals:?}"
                )));
            }
            after => after?,
        };
        if is_the_same {
            standing = after;
        }
    }
    Ok(standing)
}

/// Makes one transition; what follows from it is put behind what follows already.
async fn one<M: Driven>(
    turn: Turn<'_>,
    mut row: M::Row,
    how: Move<'_, M>,
    following: &mut VecDeque<Follow<M>>,
) -> Result<M::Row> {
    let (transition, party, code) = permitted(&turn.context.actor, &row, &how)?;
    let how = Move { code, ..how };
    let facts = M::load(turn, &row, transition, &how).await?;
    let actor = &turn.context.actor;
    for guard in transition.guards {
        M::holds(*guard, Looked { actor, now: turn.now, row: &row, facts: &facts, how: &how })
            .map_err(Error::Refused)?;
    }
    if let Some(Instead { context, how }) = M::prepare(turn, &mut row, &facts, transition).await? {
        following.push_back(Follow { context, row: row.clone(), how });
        return Ok(row);
    }
    let change = Change { transition, how: &how, facts: &facts, actor, now: turn.now };
    let after = M::changed(row.clone(), &change);
    save::<M>(turn.tx, &after).await?;
    let done = Done { before: row, after, transition, party, how, facts };
    M::record(turn, &done).await?;
    for effect in transition.effects {
        following.extend(M::carry_out(turn, *effect, &done).await?);
    }
    Ok(done.after)
}

/// A transition that may be made: which, as what the actor makes it, and for which reason of the closed list.
type Permitted<M> = (&'static Transition<M>, <M as Machine>::Party, Option<<M as Machine>::Reason>);

/// Refuses what does not lead on from where a row stands, is another's to do, or lacks its reason. PURE.
pub fn permitted<M: Driven>(actor: &Actor, row: &M::Row, how: &Move<'_, M>) -> Result<Permitted<M>, Refusal> {
    let (sort, state, partner) = M::stands(row);
    let transition =
        find::<M>(sort, state, how.operation).ok_or_else(|| wrong_state::<M>(sort, state, how.operation))?;
    let party = transition.party(actor, partner).ok_or_else(|| not_allowed(transition))?;
    Ok((transition, party, reason(transition, how.code, how.reason)?))
}

/// Writes a row that was held at the version before.
pub async fn save<M: Driven>(tx: &Tx, after: &M::Row) -> Result<()> {
    let (key, version) = M::identity(after);
    let written = M::Entity::update_many()
        .set(after.clone().into_active_model().reset_all())
        .filter(M::KEY.eq(key))
        .filter(M::VERSION.eq(version - 1))
        .exec(tx.orm())
        .await?;
    if written.rows_affected == 0 {
        return Err(Error::Invariant(format!("{key} changed while it was held")));
    }
    Ok(())
}
