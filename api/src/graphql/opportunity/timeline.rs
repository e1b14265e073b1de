//! What happened to an opportunity, and what can be done with it next.

use domain::Actor;
use domain::kernel::machine::Transition;
use domain::opportunity::state::machine::Opportunities;
use domain::reading::{self, Key, Order};
use entity::{OpportunityActor, OpportunityOperation, PartnerId};
use entity::{opportunity, opportunity_transition};

use crate::graphql::labels::{WHY_NOT, only_for};
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::object::{Object, Shown};

/// A transition from the state of an opportunity, as it is for the caller.
pub(super) struct PossibleMove {
    transition: &'static Transition<Opportunities>,
    allowed: bool,
}

impl PossibleMove {
    /// `transition` of an opportunity of `partner`, for `actor`.
    pub(super) fn of(
        transition: &'static Transition<Opportunities>,
        actor: &Actor,
        partner: Option<PartnerId>,
    ) -> Self {
        Self { transition, allowed: transition.party(actor, partner).is_some() }
    }
}

impl Shown for PossibleMove {
    const NAME: &'static str = "PossibleMove";

    fn object() -> Object<Self> {
        Object::<Self>::new("An operation that leads on from the state of an opportunity.")
            .field("operation", "The operation.", |possible| Choice(possible.transition.operation))
            .field("to", "The state that it leads to.", |possible| Choice(possible.transition.to))
            .field("by", "The actors who may do it.", |possible| {
                possible.transition.by.iter().copied().map(Choice).collect::<Vec<_>>()
            })
            .field(
                "allowed",
                "Whether actors like the caller may do it. What else it needs is said when it is refused.",
                |possible| possible.allowed,
            )
            .said("whyNot", WHY_NOT, |possible, env| {
                (!possible.allowed).then(|| only_for(possible.transition.by, env.lang()))
            })
            .field("needsReason", "Whether it needs a reason in words.", |possible| {
                possible.transition.why.needs_words()
            })
            .field("reasonCodes", "The reasons of which it needs one; empty if it needs none.", |possible| {
                possible.transition.why.reasons().iter().copied().map(Choice).collect::<Vec<_>>()
            })
    }
}

impl Shown for opportunity_transition::Model {
    const NAME: &'static str = "OpportunityTransition";

    fn object() -> Object<Self> {
        Object::<Self>::new("A change of the state of an opportunity, or of what it says.")
            .said("seq", "Its number, from 1; null for partners, who do not see every change.", |change, env| {
                env.caller.actor.sees_all().then_some(change.seq)
            })
            .field("operation", "The operation that changed it.", |change| Choice(change.operation))
            .said(
                "from",
                "The state before; null at its creation, and for the partner that it is offered to.",
                |change, env| {
                    let told =
                        change.operation != OpportunityOperation::Offer || env.caller.actor.sees_all();
                    change.from_state.filter(|_| told).map(Choice)
                },
            )
            .field("to", "The state after.", |change| Choice(change.to_state))
            .said("actor", "The person who did it; for partners null if it was one of the vendor's.", |change, env| {
                let own = change.actor_kind == OpportunityActor::Partner;
                (own || env.caller.actor.sees_all()).then(|| change.actor.clone())
            })
            .field("actorKind", "The kind of actor who did it.", |change| Choice(change.actor_kind))
            .field("reasonCode", "The reason, of the closed list; null if it needed none.", |change| {
                change.reason_code.map(Choice)
            })
            .maybe_text(
                "reason",
                "The reason in words, or the names of the fields that an edit changed; null if there are none.",
                |change| change.reason.as_deref(),
            )
            .field("at", "The instant of the change.", |change| change.at)
    }
}

impl Paged for opportunity_transition::Model {
    const PAGE: &'static str = "A page of changes of an opportunity.";
    const EDGE: &'static str = "A change with its cursor.";
}

/// Adds what happened to an opportunity.
pub(super) fn happened(object: Object<opportunity::Model>) -> Object<opportunity::Model> {
    object.below_in_order(
        "timeline",
        "Everything that happened to it, oldest first.",
        ("opportunity_id", |opportunity| opportunity.id.0),
        |env| reading::opportunity::rows::transitions(env.scope),
        || Order { name: "opportunityTimeline".into(), keys: vec![Key::int("seq")], descending: false },
    )
}
