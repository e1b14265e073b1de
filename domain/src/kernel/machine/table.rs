//! PURE. Tables of transitions, and what can be asked of each.

use std::fmt::Debug;

use entity::PartnerId;

use super::word::Word;
use crate::kernel::actor::Actor;

/// A machine of states. It is a type of no size: everything of it is in its table and its functions.
pub trait Machine: Copy + Debug + Send + Sync + 'static {
    /// States that a row can be in.
    type State: Word;
    /// Operations that move a row.
    type Operation: Word;
    /// As what somebody moves it.
    type Party: Word;
    /// Its closed list of reasons; [`NoReason`](super::NoReason) if it has none.
    type Reason: Word;
    /// Sort of a row, by which transitions differ; nothing where all are alike.
    type Sort: Copy + Debug + Send + Sync;
    /// For which of these a transition is.
    type Of: Copy + Debug + Send + Sync + 'static;
    /// Conditions that must hold before a transition.
    type Guard: Copy + Debug + PartialEq + Send + Sync + 'static;
    /// Consequences that a transition brings with it.
    type Effect: Copy + Debug + PartialEq + Send + Sync + 'static;

    /// The transitions are for every row unless the table says otherwise.
    const EVERY: Self::Of;
    /// Every transition, in the order in which people read them.
    const TABLE: &'static [Transition<Self>];

    /// `true` if a transition is for rows of this sort.
    fn includes(of: Self::Of, sort: Self::Sort) -> bool;

    /// As what `actor` may act on a row of `partner`.
    fn parties(actor: &Actor, partner: Option<PartnerId>) -> Vec<Self::Party>;
}

/// The reason that a transition asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why<R: 'static> {
    /// None of the closed list; words are welcome.
    No,
    /// A reason in words.
    Words,
    /// One of these reasons; words may be added, and must be with the one that says nothing by itself.
    OneOf {
        /// Reasons of which one is given.
        reasons: &'static [R],
        /// The one that needs words.
        but_with_words: R,
    },
    /// The product itself gives this reason.
    Always(R),
}

impl<R: Copy> Why<R> {
    /// `true` if a reason in words has to be given.
    #[must_use]
    pub const fn needs_words(&self) -> bool {
        matches!(self, Self::Words)
    }

    /// The reasons of which one has to be given.
    #[must_use]
    pub const fn reasons(&self) -> &'static [R] {
        match self {
            Self::OneOf { reasons, .. } => reasons,
            Self::No | Self::Words | Self::Always(_) => &[],
        }
    }
}

/// A transition from one state to another.
#[derive(Clone, Copy, Debug)]
pub struct Transition<M: Machine> {
    /// Operation that makes it.
    pub operation: M::Operation,
    /// State that it leads from.
    pub from: M::State,
    /// State that it leads to.
    pub to: M::State,
    /// For which rows.
    pub of: M::Of,
    /// Parties that may make it.
    pub by: &'static [M::Party],
    /// The reason it asks for.
    pub why: Why<M::Reason>,
    /// Guards that must hold, in the order in which they are looked at.
    pub guards: &'static [M::Guard],
    /// Effects, in the order in which they are carried out.
    pub effects: &'static [M::Effect],
    /// `true` where the public pages do not have both states in this order, and the product closes the machine.
    pub own: bool,
}

/// A row of a table: `operation` leads `from` a state `to` another. Nobody may make it until [`Transition::by`] says who.
#[must_use]
pub const fn on<M: Machine>(operation: M::Operation, from: M::State, to: M::State) -> Transition<M> {
    Transition {
        operation,
        from,
        to,
        of: M::EVERY,
        by: &[],
        why: Why::No,
        guards: &[],
        effects: &[],
        own: false,
    }
}

impl<M: Machine> Transition<M> {
    /// It is for these rows.
    #[must_use]
    pub const fn of(mut self, of: M::Of) -> Self {
        self.of = of;
        self
    }

    /// These parties make it.
    #[must_use]
    pub const fn by(mut self, by: &'static [M::Party]) -> Self {
        self.by = by;
        self
    }

    /// It asks for a reason.
    #[must_use]
    pub const fn why(mut self, why: Why<M::Reason>) -> Self {
        self.why = why;
        self
    }

    /// These guards must hold.
    #[must_use]
    pub const fn if_all(mut self, guards: &'static [M::Guard]) -> Self {
        self.guards = guards;
        self
    }

    /// It brings these effects.
    #[must_use]
    pub const fn then(mut self, effects: &'static [M::Effect]) -> Self {
        self.effects = effects;
        self
    }

    /// The public pages do not have it.
    #[must_use]
    pub const fn own(mut self) -> Self {
        self.own = true;
        self
    }

    /// As what `actor` may make it for a row of `partner`; none if it may not.
    #[must_use]
    pub fn party(&self, actor: &Actor, partner: Option<PartnerId>) -> Option<M::Party> {
        M::parties(actor, partner).into_iter().find(|party| self.by.contains(party))
    }
}

/// The transitions of a row of this sort from where it stands.
pub fn from<M: Machine>(sort: M::Sort, state: M::State) -> impl Iterator<Item = &'static Transition<M>> {
    M::TABLE.iter().filter(move |t| t.from == state && M::includes(t.of, sort))
}

/// The transition that `operation` makes of a row of this sort from where it stands.
#[must_use]
pub fn find<M: Machine>(
    sort: M::Sort,
    state: M::State,
    operation: M::Operation,
) -> Option<&'static Transition<M>> {
    from::<M>(sort, state).find(|t| t.operation == operation)
}
