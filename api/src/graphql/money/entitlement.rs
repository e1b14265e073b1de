//! What partners may request of issued bills, and what is frozen of them.

use crate::graphql::schema::list::{Asked, page};
use domain::reading::{self, Key};
use entity::payment_request;
use entity::{IncentiveBillId, PartnerId, incentive_entitlement, incentive_freeze};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{
    AmountFilter, CurrencyFilter, DateTimeFilter, IdFilter, MonthFilter,
};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::EntitlementStateFilter;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::loaders::HolderOf;
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

impl Shown for incentive_entitlement::Model {
    const NAME: &'static str = "IncentiveEntitlement";

    fn object() -> Object<Self> {
        Object::<Self>::new("Incentive of an issued bill that a partner may request, or owes when below zero: that is set off first and never lapses.")
            .node(|row| row.id)
            .one("partner", "The partner whose it is.", |row| Some(row.partner_id))
            .one("bill", "The bill it comes from; null for what comes from a claim.", |row| row.bill_id)
            .one("claim", "The claim of the incentive for an opportunity it comes from; null for what comes from a bill.", |row| row.claim_id)
            .field("month", "The month of that bill, or in which the claim was confirmed.", |row| row.month)
            .field("kind", "The source it comes from.", |row| Choice(row.kind))
            .field("mode", "Consulting or resale: decides about the ways of payment.", |row| Choice(row.mode))
            .object("amount", "The amount of the incentive; below zero what is owed.", |row| Money::of(row.amount, row.currency))
            .field("state", "Where it stands; whether it is requested or paid, its payment request says.", |row| Choice(row.state))
            .field("availableFrom", "The instant from which it can be requested.", |row| row.available_from)
            .field("expiresAt", "The instant at which it lapses if it was not requested; null for what is owed.", |row| row.expires_at)
            .column("paymentRequest", "The payment request that holds it.", |env, rows, _| Box::pin(requests(env, rows)))
    }
}

impl Shown for incentive_freeze::Model {
    const NAME: &'static str = "IncentiveFreeze";

    fn object() -> Object<Self> {
        Object::<Self>::new("What a month would earn by consumption that a customer has not paid. It can be requested from the day after the customer paid it.")
            .field("id", "Stable id.", |part| part.id)
            .one("customer", "The customer that has not paid.", |row| Some(row.customer_id))
            .field("mode", "Consulting or resale.", |row| Choice(row.mode))
            .object("unpaid", "The amount that was not paid when the bill was issued, which is the reason of the freeze.", |row| Money::of(row.unpaid, row.currency))
            .object("amount", "The amount of the incentive; below zero what is owed.", |row| Money::of(row.amount, row.currency))
            .object("remaining", "The part that is still frozen, or was released.", |row| Money::of(row.remaining, row.currency))
            .field("state", "Where it stands.", |row| Choice(row.state))
            .field("releaseAt", "The customer paid: it is released at this instant.", |row| row.release_at)
            .one("nettedBy", "The later bill that took the release into account.", |row| row.netted_by)
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.pages(
        "incentiveEntitlements",
        "The entitlements the caller sees: a partner its own. Latest first.",
        |env, _, args| {
            Box::pin(async move {
                let listing = reading::money::entitlement::list(env.scope);
                let listing = if args.get("free")? {
                    listing.only(reading::money::entitlement::free())
                } else {
                    listing
                };
                Ok(vec![page(env, listing, Asked::of::<incentive_entitlement::Model>(args)?).await?])
            })
        },
    )
    .asked::<incentive_entitlement::Model>()
    .arg_or("free", "Only what no request holds and what has not lapsed.", &false)
}

impl Paged for incentive_entitlement::Model {
    const PAGE: &'static str = "A page of entitlements.";
    const EDGE: &'static str = "An entitlement with its cursor.";
}

impl Listable for incentive_entitlement::Model {
    fn list() -> List {
        List {
            filter: Filter::new("IncentiveEntitlementFilter", "Conditions on entitlements.")
                .by("partner", "By partner.", |f: &IdFilter| f.on::<PartnerId>("e.partner_id"))
                .by("bill", "By bill.", |f: &IdFilter| f.on::<IncentiveBillId>("e.bill_id"))
                .by("month", "By month of the bill.", |f: &MonthFilter| f.on("e.month"))
                .by("currency", "By currency.", |f: &CurrencyFilter| f.on("e.currency"))
                .by("state", "By state.", |f: &EntitlementStateFilter| f.on("e.state"))
                .by("amount", "By amount.", |f: &AmountFilter| f.on("e.amount"))
                .by("availableFrom", "By when it can be requested.", |f: &DateTimeFilter| {
                    f.on("e.available_from")
                }),
            order: OrderBy::new(
                "incentiveEntitlements",
                "IncentiveEntitlementOrder",
                "The order of entitlements.",
            )
            .by("CREATED_AT", "When it was made.", [Key::int("e.id")])
            .by("AMOUNT", "The amount.", [Key::int("e.amount"), Key::int("e.id")])
            .descending(),
        }
    }
}

/// The request that holds each entitlement.
async fn requests(
    env: &Env,
    rows: &[incentive_entitlement::Model],
) -> Outcome<Vec<Option<payment_request::Model>>> {
    let held = env.load(rows.iter().map(|row| HolderOf(row.id)).collect()).await?;
    let found = env.load(held.values().copied().collect()).await?;
    Ok(rows.iter().map(|row| found.get(held.get(&HolderOf(row.id))?).cloned()).collect())
}
