//! Where an opportunity went: the office and person that look after it, what it seems to repeat, and to whom it can be
//! offered.

use domain::opportunity::duplicate::subject::Subject;
use domain::opportunity::state::labels;
use entity::opportunity;

use super::duplicate::Duplicate;
use crate::graphql::opportunity::offer::recipients;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::loaders::DuplicatesOf;
use crate::graphql::schema::object::Object;

/// Most duplicates that an opportunity shows: a page.
const DUPLICATES_LIMIT: usize = 100;

/// Adds where an opportunity went.
pub(crate) fn routed(object: Object<opportunity::Model>) -> Object<opportunity::Model> {
    let object = object
        .one(
            "office",
            "The office that looks after it; null while a coordinator finds one, and for partners.",
            |opportunity| opportunity.office_id,
        )
        .said("route", "How it came to its office; null before, and for partners.", |opportunity, env| {
            opportunity.route.filter(|_| env.caller.actor.sees_all()).map(Choice)
        })
        .said(
            "routeDetail",
            "The customer or the area that brought it to its office; null if neither did, and for partners.",
            |opportunity, env| opportunity.route_detail.clone().filter(|_| env.caller.actor.sees_all()),
        )
        .said(
            "claimedBy",
            "The reviewer who took it; null if nobody did, and for partners.",
            |opportunity, env| opportunity.claimed_by.clone().filter(|_| env.caller.actor.sees_all()),
        )
        .said(
            "whyHere",
            "How it came to its office in words, in the request's language; null before, and for partners.",
            |opportunity, env| {
                let route = opportunity.route.filter(|_| env.caller.actor.sees_all())?;
                let detail = opportunity.route_detail.as_deref().unwrap_or_default();
                Some(labels::why_here(route, detail, env.lang()))
            },
        )
        .maybe_lists(
            "duplicates",
            "The opportunities that it seems to repeat, the most alike first, at most 100; null for partners.",
            |env, opportunities, _| Box::pin(duplicates(env, opportunities)),
        );
    recipients(object)
}

async fn duplicates(env: &Env, opportunities: &[opportunity::Model]) -> Outcome<Vec<Option<Vec<Duplicate>>>> {
    if !env.caller.actor.sees_all() {
        return Ok(opportunities.iter().map(|_| None).collect());
    }
    let found = env.load(opportunities.iter().map(|of| DuplicatesOf(of.id)).collect()).await?;
    let of = |opportunity: &opportunity::Model| {
        let pairs = found.get(&DuplicatesOf(opportunity.id)).map_or(&[][..], Vec::as_slice);
        let duplicate = |pair: &_| Duplicate { of: Subject::from(opportunity), pair: Clone::clone(pair) };
        Some(pairs.iter().take(DUPLICATES_LIMIT).map(duplicate).collect())
    };
    Ok(opportunities.iter().map(of).collect())
}
