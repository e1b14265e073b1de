//! What is shown of claims of the incentive for opportunities.

use domain::kernel::machine::{self, Transition};
use domain::money::opportunity_incentive::machine::Claims;
use domain::reading::{self, Key};
use entity::{OpportunityId, PartnerId, PceClaimId, pce_claim, pce_claim_transition};

use crate::graphql::labels::{WHY_NOT, only_for};
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::IdFilter;
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::PceClaimStateFilter;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::loaders::ClaimTrailOf;
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

impl Shown for pce_claim::Model {
    const NAME: &'static str = "PceClaim";

    fn object() -> Object<Self> {
        let object = Object::<Self>::new(
            "A partner's claim of the incentive for an opportunity that was signed; there is one for each at most.",
        )
        .node(|claim| claim.id)
        .one("opportunity", "The opportunity.", |claim| Some(claim.opportunity_id))
        .one("partner", "The partner that claims.", |claim| Some(claim.partner_id))
        .one("policy", "The policy of the month in which the opportunity was signed.", |claim| {
            Some(claim.policy_id)
        })
        .field("state", "Its state.", |claim| Choice(claim.state))
        .field("stateSince", "The instant since which it has been in its state.", |claim| claim.state_since)
        .maybe_text("reason", "The reason of its state in words; null if nobody gave any.", |claim| {
            claim.reason.as_deref()
        })
        .maybe_object("basis", "The customer's cash that it rests on; null before it is published.", |claim| {
            claim.basis.map(|amount| Money::of(amount, claim.currency))
        })
        .maybe_object("amount", "The incentive; null before it is published.", |claim| {
            claim.amount.map(|amount| Money::of(amount, claim.currency))
        });
        written(object)
            .said_objects(
                "allowedOperations",
                "The operations that lead on from its state: who may do each, and whether the caller may.",
                |claim, env| {
                    let possible = |transition: &'static Transition<Claims>| PossibleMove {
                        transition,
                        allowed: transition.party(&env.caller.actor, Some(claim.partner_id)).is_some(),
                    };
                    machine::from::<Claims>((), claim.state).map(possible).collect()
                },
            )
            .many("timeline", "Everything that happened to it, oldest first.", |claim| ClaimTrailOf(claim.id))
    }
}

/// Adds what the partner wrote.
fn written(object: Object<pce_claim::Model>) -> Object<pce_claim::Model> {
    object
        .text("note", "The partner's note; empty for none.", |claim| &claim.note)
        .field("evidenceFileId", "The id of the file that proves it; null for none.", |claim| {
            claim.evidence_file_id
        })
        .text("createdBy", "The person who made it.", |claim| &claim.created_by)
        .field("createdAt", "The instant at which it was made.", |claim| claim.created_at)
        .field("version", "Grows with every change; the expectedVersion of the next one.", |claim| {
            claim.version
        })
}

/// A transition from the state of a claim, as it is for the caller.
struct PossibleMove {
    transition: &'static Transition<Claims>,
    allowed: bool,
}

impl Shown for PossibleMove {
    const NAME: &'static str = "PossibleClaimMove";

    fn object() -> Object<Self> {
        Object::<Self>::new("An operation that leads on from the state of a claim.")
            .field("operation", "The operation.", |possible| Choice(possible.transition.operation))
            .field("to", "The state that it leads to.", |possible| Choice(possible.transition.to))
            .field("by", "The actors who may do it.", |possible| {
                possible.transition.by.iter().copied().map(Choice).collect::<Vec<_>>()
            })
            .field("allowed", "Whether actors like the caller may do it.", |possible| possible.allowed)
            .said("whyNot", WHY_NOT, |possible, env| {
                (!possible.allowed).then(|| only_for(possible.transition.by, env.lang()))
            })
            .field("needsReason", "Whether it needs a reason.", |possible| {
                possible.transition.why.needs_words()
            })
    }
}

impl Shown for pce_claim_transition::Model {
    const NAME: &'static str = "PceClaimTransition";

    fn object() -> Object<Self> {
        Object::<Self>::new("A change of the state of a claim.")
            .field("seq", "Its number, from 1.", |change| change.seq)
            .field("operation", "The operation that changed it.", |change| Choice(change.operation))
            .field("from", "The state before; null when the claim was made.", |change| {
                change.from_state.map(Choice)
            })
            .field("to", "The state after.", |change| Choice(change.to_state))
            .text("actor", "The person who did it.", |change| &change.actor)
            .field("actorKind", "The kind of actor who did it.", |change| Choice(change.actor_kind))
            .maybe_text("reason", "The reason in words; null if none was given.", |change| {
                change.reason.as_deref()
            })
            .field("at", "The instant of the change.", |change| change.at)
    }
}

impl Paged for pce_claim::Model {
    const PAGE: &'static str = "A page of claims.";
    const EDGE: &'static str = "A claim with its cursor.";
}

impl Listable for pce_claim::Model {
    fn list() -> List {
        List {
            filter: Filter::new("PceClaimFilter", "Conditions on claims.")
                .by("opportunity", "By opportunity.", |f: &IdFilter| {
                    f.on::<OpportunityId>("pce_claim.opportunity_id")
                })
                .by("partner", "By partner.", |f: &IdFilter| f.on::<PartnerId>("pce_claim.partner_id"))
                .by("state", "By state.", |f: &PceClaimStateFilter| f.on("pce_claim.state")),
            order: OrderBy::new("pceClaims", "PceClaimOrder", "The order of claims.")
                .by("CREATED_AT", "The instant at which it was made.", [Key::int("pce_claim.id")])
                .by(
                    "STATE_SINCE",
                    "The instant since which it has been in its state.",
                    [Key::int("pce_claim.state_since"), Key::int("pce_claim.id")],
                )
                .descending(),
        }
    }
}

/// Adds the queries of claims.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.find::<PceClaimId, _>("pceClaim", "A claim by id; null if the caller sees none.", "The claim's id.")
        .list(
            "pceClaims",
            "The claims the caller sees: a partner its own, the vendor's staff all. Latest first.",
            |env| reading::opportunity::incentive::list(env.scope),
        )
}
