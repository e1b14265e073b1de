//! What is shown of partners' own products and solutions.

use domain::reading::{self, Key};
use entity::{PartnerId, partner_offering};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{IdFilter, StringFilter, flag};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::OfferingKindFilter;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

impl Shown for partner_offering::Model {
    const NAME: &'static str = "PartnerOffering";

    fn object() -> Object<Self> {
        Object::<Self>::new("A product or solution of a partner that goes with the vendor's.")
            .node(|offering| offering.id)
            .one("partner", "The partner that offers it.", |offering| Some(offering.partner_id))
            .field("kind", "Its kind: a product or a solution.", |offering| Choice(offering.kind))
            .text("name", "Its name.", |offering| &offering.name)
            .text("demandTag", "The product family it belongs to, in capitals; OTHER for none.", |offering| {
                &offering.demand_tag
            })
            .field(
                "whiteListed",
                "Whether it is on the vendor's white list: only then its opportunities earn an incentive.",
                |offering| offering.white_listed,
            )
            .field("active", "Whether it is offered now.", |offering| offering.active)
            .field("createdAt", "The instant at which it was made known.", |offering| offering.created_at)
            .field("version", "Grows with every change; the expectedVersion of the next one.", |offering| {
                offering.version
            })
    }
}

impl Paged for partner_offering::Model {
    const PAGE: &'static str = "A page of offerings.";
    const EDGE: &'static str = "An offering with its cursor.";
}

impl Listable for partner_offering::Model {
    fn list() -> List {
        List {
            filter: Filter::new("PartnerOfferingFilter", "Conditions on offerings.")
                .by("partner", "By partner.", |f: &IdFilter| f.on::<PartnerId>("partner_offering.partner_id"))
                .by("kind", "By kind.", |f: &OfferingKindFilter| f.on("partner_offering.kind"))
                .by("name", "By name.", |f: &StringFilter| f.on("partner_offering.name"))
                .by("demandTag", "By product family.", |f: &StringFilter| f.on("partner_offering.demand_tag"))
                .by("whiteListed", "Whether it is on the white list.", |f: &bool| {
                    flag("partner_offering.white_listed", *f)
                })
                .by("active", "Whether it is offered now.", |f: &bool| flag("partner_offering.active", *f)),
            order: OrderBy::new("partnerOfferings", "PartnerOfferingOrder", "The order of offerings.")
                .by(
                    "CREATED_AT",
                    "The instant at which it was made known.",
                    [Key::int("partner_offering.id")],
                )
                .by("NAME", "Name.", [Key::text("partner_offering.name"), Key::int("partner_offering.id")])
                .descending(),
        }
    }
}

/// Adds the queries about offerings.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.list(
        "partnerOfferings",
        "The offerings the caller sees: a partner its own, the vendor's staff all. Latest first.",
        |env| reading::opportunity::membership::offerings(env.scope),
    )
}
