//! Lists of opportunities.

use async_graphql::Value;
use domain::reading::{self, Key, Predicate};
use entity::{CustomerId, OfficeId, OpportunityId, PartnerId, opportunity};

use crate::graphql::schema::args::Args;
use crate::graphql::schema::comparators::{
    AmountFilter, DateTimeFilter, IdFilter, MonthFilter, StringFilter, flag,
};
use crate::graphql::schema::connection::{Found, Paged};
use crate::graphql::schema::enums::{OpportunityKindFilter, OpportunityStageFilter, OpportunityStateFilter};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::{Failure, Outcome};
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{Asked, List, Listable, Queries, list_of, page};
use crate::graphql::schema::object::Object;
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::wrong::Wrong;

impl Paged for opportunity::Model {
    const PAGE: &'static str = "A page of opportunities.";
    const EDGE: &'static str = "An opportunity with its cursor.";
}

impl Listable for opportunity::Model {
    fn list() -> List {
        List { filter: filter(), order: order() }
    }
}

fn filter() -> Filter {
    Filter::new("OpportunityFilter", "Conditions on opportunities.")
        .by("partner", "By partner.", |f: &IdFilter| f.on::<PartnerId>("opportunity.partner_id"))
        .by("customer", "By customer, if it has an account.", |f: &IdFilter| {
            f.on::<CustomerId>("opportunity.customer_id")
        })
        .by("office", "By the office that looks after it; for the vendor's staff.", |f: &IdFilter| {
            f.on::<OfficeId>("opportunity.office_id")
        })
        .by("kind", "By kind: who shares it.", |f: &OpportunityKindFilter| f.on("opportunity.kind"))
        .by("state", "By state.", |f: &OpportunityStateFilter| f.on("opportunity.state"))
        .by("stage", "By how far the sale is.", |f: &OpportunityStageFilter| f.on("opportunity.stage"))
        .by("expectedAmount", "By expected revenue, whatever its currency.", |f: &AmountFilter| {
            f.on("opportunity.expected_amount")
        })
        .by("expectedSignMonth", "By the month in which it is expected to be signed.", |f: &MonthFilter| {
            f.on_days("opportunity.expected_sign_on")
        })
        .by("claimedBy", "By the reviewer who took it; for the vendor's staff.", |f: &StringFilter| {
            f.on("opportunity.claimed_by")
        })
        .by("claimed", "Whether a reviewer took it; for the vendor's staff.", |f: &bool| {
            Ok(Predicate::is_null("opportunity.claimed_by", !*f))
        })
        .by("stale", "Whether no progress was reported for too long.", |f: &bool| {
            flag("opportunity.stale", *f)
        })
        .by("stateSince", "By the instant since which it has been in its state.", |f: &DateTimeFilter| {
            f.on("opportunity.state_since")
        })
        .by("createdAt", "By the instant of creation.", |f: &DateTimeFilter| f.on("opportunity.created_at"))
}

fn order() -> OrderBy {
    let then_id = |key: &'static str| [Key::int(key), Key::int("opportunity.id")];
    OrderBy::new("opportunities", "OpportunityOrder", "The order of opportunities.")
        .by("CREATED_AT", "The instant of creation.", [Key::int("opportunity.id")])
        .by(
            "STATE_SINCE",
            "The instant since which it has been in its state.",
            then_id("opportunity.state_since"),
        )
        .by(
            "EXPECTED_AMOUNT",
            "Expected revenue, whatever its currency; an opportunity without any is smallest.",
            then_id("COALESCE(opportunity.expected_amount, -1)"),
        )
        .by(
            "EXPECTED_SIGN_ON",
            "The day on which it is expected to be signed; an opportunity without one is first.",
            then_id("COALESCE(opportunity.expected_sign_on, 0)"),
        )
        .by(
            "LAST_PROGRESS_AT",
            "The instant of the latest report of progress, or from which one is owed; an opportunity that owes none is \
             first.",
            then_id("COALESCE(opportunity.last_progress_at, 0)"),
        )
        .descending()
}

/// Whether a filter asks for what only the vendor's staff may know.
fn asks_for_staff(filter: &Value) -> bool {
    match filter {
        Value::Object(parts) => parts.iter().any(|(name, value)| match name.as_str() {
            "office" | "claimedBy" | "claimed" => *value != Value::Null,
            "and" | "or" => asks_for_staff(value),
            _ => false,
        }),
        Value::List(items) => items.iter().any(asks_for_staff),
        _ => false,
    }
}

/// The opportunities that a list or a sum is about, as its arguments `filter`, `search` and `mine` say.
pub(super) fn wanted(env: &Env, args: &Args) -> Outcome<Predicate> {
    let filter = args.sent("filter");
    if !env.caller.actor.sees_all() && filter.is_some_and(asks_for_staff) {
        return Err(Failure::BadInput(Wrong::new(
            "`office`, `claimedBy` and `claimed` are for the vendor's staff.",
            "`office`、`claimedBy` 和 `claimed` 仅供厂商人员使用。",
        )));
    }
    let search: Option<String> = args.get("search")?;
    let words = search.as_deref().unwrap_or_default();
    let found = reading::opportunity::search::matching(env.store.backend(), words)
        .map_err(|wrong| Wrong::misfit("search", &wrong))?;
    let wanted = list_of::<opportunity::Model>().filter.read(filter)?.and(found);
    if !args.get::<bool>("mine")? {
        return Ok(wanted);
    }
    Ok(wanted.and(reading::opportunity::rows::mine(env.scope, &env.caller.actor.subject)))
}

async fn listed(env: &Env, args: &Args) -> Outcome<Found<opportunity::Model>> {
    let asked = Asked { filter: wanted(env, args)?, ..Asked::of::<opportunity::Model>(args)? };
    let mut list = reading::opportunity::rows::list(env.scope);
    if args.get("awaitingMyReview")? {
        list = list.only(reading::opportunity::rows::awaiting_review(&env.caller.actor.subject));
    }
    if args.get("suspected")? {
        list = list.only(reading::opportunity::duplicate::suspected(env.scope));
    }
    page(env, list, asked).await
}

/// Adds the queries of opportunities.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.find::<OpportunityId, _>(
        "opportunity",
        "An opportunity by id; null if the caller sees none.",
        "The opportunity's id.",
    )
    .pages(
        "opportunities",
        "The opportunities the caller sees: a partner its own, the vendor's staff all but drafts. Latest first.",
        |env, _, args| Box::pin(async move { Ok(vec![listed(env, args).await?]) }),
    )
    .asked::<opportunity::Model>()
    .arg::<Option<String>>(
        "search",
        "Only rows in whose name, customer, description or need every word of this occurs, as any piece of it, without \
         regard to the case of letters; at most 200 characters and 8 words.",
    )
    .arg_or(
        "mine",
        "Only rows the caller itself is at work on: for the vendor's staff those it took, for a partner's those it \
         created.",
        &false,
    )
    .arg_or(
        "awaitingMyReview",
        "Only rows that wait for review or verification by the caller's office, or by the caller as a coordinator.",
        &false,
    )
    .arg_or(
        "suspected",
        "Only rows that seem to repeat another on which nobody decided; for the vendor's staff.",
        &false,
    )
}
