//! What is shown of an opportunity: who shares it, its state, and what can be done with it.

use domain::kernel::machine;
use domain::opportunity::content::contact;
use domain::opportunity::content::fields;
use domain::opportunity::content::qualify;
use domain::opportunity::state::labels;
use domain::opportunity::state::machine::Opportunities;
use domain::programme::calendar::Calendar;
use domain::reading::{self, Predicate};
use entity::{Day, OpportunityField, OpportunityOperation, OpportunitySide, opportunity};

use super::timeline::PossibleMove;
use super::{beside, content, link, review, timeline};
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::loaders::DeadlinesOf;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::user_error::{UserError, found};

impl Shown for opportunity::Model {
    const NAME: &'static str = "Opportunity";

    fn object() -> Object<Self> {
        let object = Object::<Self>::new(
            "What a customer is likely to buy, shared by a partner (PO, partner-originated) or by the vendor (HO, \
             handed over), from draft to delivery.",
        );
        let parts =
            [shared, content::about, progressed, possible, beside::beside, review::routed, link::linked];
        let object = parts.into_iter().fold(object, |object, part| part(object));
        beside::progress::told(timeline::happened(object))
    }
}

/// Adds who shares it and its state.
fn shared(object: Object<opportunity::Model>) -> Object<opportunity::Model> {
    object
        .node(|opportunity| opportunity.id)
        .field("kind", "Its kind: who shares it.", |opportunity| Choice(opportunity.kind))
        .one(
            "partner",
            "The partner that shares it, that it is offered to, or that accepted it; null while it waits for one.",
            |opportunity| opportunity.partner_id,
        )
        .said(
            "crmNo",
            "Its number in the vendor's CRM; null if it did not come from there, and for partners.",
            |opportunity, env| opportunity.crm_no.clone().filter(|_| env.caller.actor.sees_all()),
        )
        .field(
            "sharedAt",
            "The instant at which the vendor's sales created it, from which it counts against those of partners; null \
             for a partner's.",
            |opportunity| opportunity.shared_at,
        )
        .field("state", "Its state.", |opportunity| Choice(opportunity.state))
        .said("label", "The state as people read it, in the request's language.", |opportunity, env| {
            labels::label(opportunity.state, env.lang())
        })
        .field("stateSince", "The instant since which it has been in its state.", |opportunity| {
            opportunity.state_since
        })
        .field(
            "reasonCode",
            "The reason of a refusal or an end, of the closed list; null in other states.",
            |opportunity| opportunity.reason_code.map(Choice),
        )
        .maybe_text("reason", "The reason in words; null if nobody gave any.", |opportunity| {
            opportunity.reason.as_deref()
        })
}

/// Adds how far it has come.
fn progressed(object: Object<opportunity::Model>) -> Object<opportunity::Model> {
    object
        .field(
            "stage",
            "How far the sale is, by the latest report of progress; null before the first.",
            |opportunity| opportunity.stage.map(Choice),
        )
        .field(
            "winPercent",
            "How likely it is won, 0 to 100, by the latest report of progress; null before the first.",
            |opportunity| opportunity.win_percent.map(i32::from),
        )
        .field(
            "lastProgressAt",
            "The instant of the latest report of progress, or from which one is owed; null if none is.",
            |opportunity| opportunity.last_progress_at,
        )
        .field("stale", "Whether no progress was reported for too long.", |opportunity| opportunity.stale)
        .field("submittedAt", "The instant at which the partner submitted it; null before.", |opportunity| {
            opportunity.submitted_at
        })
        .field("passedAt", "The instant at which it was verified or accepted; null before.", |opportunity| {
            opportunity.passed_at
        })
        .field("createdAt", "The instant at which it was created.", |opportunity| opportunity.created_at)
        .field("version", "Grows with every change; the expectedVersion of the next one.", |opportunity| {
            opportunity.version
        })
}

/// Adds what can be done with it and changed of it.
fn possible(object: Object<opportunity::Model>) -> Object<opportunity::Model> {
    object
        .refused(
            "qualification",
            "What it lacks to be submitted, as `SUBMIT` would say it now: what would be asked for is known without \
             trying. Empty where it is not to be submitted.",
            |env, opportunities, _| Box::pin(qualification(env, opportunities)),
        )
        .many("deadlines", "The deadlines about it, open and closed, the next one due first.", |opportunity| {
            DeadlinesOf(opportunity.id.to_string())
        })
        .below(
            "offers",
            "The offers of it that the caller sees: a partner those to itself.",
            "opportunity_offer.opportunity_id",
            |opportunity| opportunity.id.0,
            |env| reading::opportunity::offer::list(env.scope),
        )
        .below(
            "claims",
            "The claims of incentive for it that the caller sees.",
            "pce_claim.opportunity_id",
            |opportunity| opportunity.id.0,
            |env| {
                let all = reading::opportunity::incentive::list(env.scope);
                if env.allows("Query.pceClaims") { all } else { all.only(Predicate::never()) }
            },
        )
        .said_objects(
            "allowedOperations",
            "The operations that lead on from its state, in table order: who may do each, and whether the caller may.",
            |opportunity, env| {
                let possible = machine::from::<Opportunities>(opportunity.kind, opportunity.state);
                let of = |transition| PossibleMove::of(transition, &env.caller.actor, opportunity.partner_id);
                possible.map(of).collect()
            },
        )
        .said("editableFields", "The fields that the caller's side may change now.", editable)
}

async fn qualification(env: &Env, opportunities: &[opportunity::Model]) -> Outcome<Vec<Vec<UserError>>> {
    let calendar = Calendar::load(env.store.db()).await?;
    let today = Day::of(calendar.day_of(env.store.clock.now()));
    let lacks = |opportunity: &opportunity::Model| {
        let submits = machine::from::<Opportunities>(opportunity.kind, opportunity.state)
            .any(|transition| transition.operation == OpportunityOperation::Submit);
        if submits { found(env, &qualify::violations(opportunity, today)) } else { vec![] }
    };
    Ok(opportunities.iter().map(lacks).collect())
}

fn editable(opportunity: &opportunity::Model, env: &Env) -> Vec<Choice<OpportunityField>> {
    if !env.allows("Mutation.opportunityUpdate") {
        return vec![];
    }
    let side = if env.caller.actor.sees_all() { OpportunitySide::Vendor } else { OpportunitySide::Partner };
    let mut fields = fields::editable(opportunity.kind, opportunity.state, side);
    // Who does not see the person does not change it either.
    if contact::is_hidden_from(opportunity, side) {
        fields.retain(|field| *field != OpportunityField::Contact);
    }
    fields.into_iter().map(Choice).collect()
}
