//! Offers of the vendor's opportunities to partners.

use domain::reading::opportunity::offer::OfferRow;
use domain::reading::{self, Key};
use entity::{OfferState, OpportunityId, PartnerId};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{DateTimeFilter, IdFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::OfferStateFilter;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

/// Why an offer was taken back is for the vendor's staff.
fn tells_why(row: &OfferRow, env: &Env) -> bool {
    row.offer.state != OfferState::Recalled || env.caller.actor.sees_all()
}

impl Shown for OfferRow {
    const NAME: &'static str = "OpportunityOffer";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "An offer of the vendor's opportunity to one partner. A partner keeps seeing its own when the opportunity \
             is no longer its to see.",
        )
        .one("opportunity", "The opportunity; null if the caller does not see it, or no longer does.", |row| {
            Some(row.offer.opportunity_id)
        })
        .field("opportunityId", "The id of the opportunity.", |row| row.offer.opportunity_id)
        .text("name", "The name of the opportunity.", |row| &row.name)
        .said(
            "offerNo",
            "Its number among the offers of the opportunity, from 1; null for partners.",
            |row, env| env.caller.actor.sees_all().then_some(row.offer.offer_no),
        )
        .one("partner", "The partner to which it is offered.", |row| Some(row.offer.partner_id))
        .field("state", "The state of the offer.", |row| Choice(row.offer.state))
        .said(
            "rank",
            "The partner's place among those to which it could be offered, from 1; null for partners.",
            |row, env| env.caller.actor.sees_all().then_some(row.offer.rank),
        )
        .field("offeredAt", "The instant of the offer.", |row| row.offer.offered_at)
        .field("dueAt", "The first instant at which it is too late to accept.", |row| row.offer.due_at)
        .field(
            "answeredAt",
            "The instant at which it was answered or taken back; null before.",
            |row| row.offer.answered_at,
        )
        .said(
            "reasonCode",
            "The reason of a refusal, of the closed list; null for none. That of an offer taken back is for the \
             vendor's staff.",
            |row, env| row.offer.reason_code.filter(|_| tells_why(row, env)).map(Choice),
        )
        .said("reason", "The reason in words, by the same rule; null for none.", |row, env| {
            row.offer.reason.clone().filter(|_| tells_why(row, env))
        })
    }
}

impl Paged for OfferRow {
    const PAGE: &'static str = "A page of offers.";
    const EDGE: &'static str = "An offer with its cursor.";
}

impl Listable for OfferRow {
    fn list() -> List {
        List {
            filter: Filter::new("OpportunityOfferFilter", "Conditions on offers.")
                .by("opportunity", "By opportunity.", |f: &IdFilter| {
                    f.on::<OpportunityId>("opportunity_offer.opportunity_id")
                })
                .by("partner", "By partner.", |f: &IdFilter| {
                    f.on::<PartnerId>("opportunity_offer.partner_id")
                })
                .by("state", "By state.", |f: &OfferStateFilter| f.on("opportunity_offer.state"))
                .by("offeredAt", "By the instant of the offer.", |f: &DateTimeFilter| {
                    f.on("opportunity_offer.offered_at")
                }),
            order: OrderBy::new("opportunityOffers", "OpportunityOfferOrder", "The order of offers.")
                .by(
                    "OFFERED_AT",
                    "The instant of the offer.",
                    [
                        Key::int("opportunity_offer.offered_at"),
                        Key::int("opportunity_offer.opportunity_id"),
                        Key::int("opportunity_offer.offer_no"),
                    ],
                )
                .descending(),
        }
    }
}

/// Adds the query of offers.
pub(in crate::graphql::opportunity) fn query(root: Object<Queries>) -> Object<Queries> {
    root.list(
        "opportunityOffers",
        "The offers the caller sees: a partner those to itself, the vendor's staff all. Latest first.",
        |env| reading::opportunity::offer::list(env.scope),
    )
}
