//! Events: what happened, as a list and as it happens.

use async_graphql::ID;
use domain::reading::{self, Key};
use entity::{PartnerId, event};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{DateTimeFilter, IdFilter, StringFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::EventTopicFilter;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

impl Shown for event::Model {
    const NAME: &'static str = "Event";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "Something that happened to a payment request, a bill, a deadline. Events never change.",
        )
        .node(|row| row.id)
        .field("at", "The instant at which it happened.", |row| row.at)
        .field("topic", "The kind of thing it is about.", |row| Choice(row.topic))
        .text("kind", "The name of what happened: the new state, in most cases.", |row| &row.kind)
        .field("entityId", "The id of what it is about.", |row| ID::from(row.entity.as_str()))
        .any(
            "entity",
            "What it is about, as it is now; null for what has no type here or is not the caller's to see.",
            |event| Some(&event.entity),
        )
        .one("partner", "The partner it concerns.", |row| row.partner_id)
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root
        .list("events", "What happened, latest first: a partner sees what concerns it. Clients that cannot subscribe ask for this.", |env| reading::event::list(env.scope))
}

impl Paged for event::Model {
    const PAGE: &'static str = "A page of events.";
    const EDGE: &'static str = "An event with its cursor.";
}

impl Listable for event::Model {
    fn list() -> List {
        List {
            filter: Filter::new("EventFilter", "Conditions on events.")
                .by("at", "By when.", |f: &DateTimeFilter| f.on("at"))
                .by("topic", "By what they are about.", |f: &EventTopicFilter| f.on("topic"))
                .by("kind", "By what happened.", |f: &StringFilter| f.on("kind"))
                .by("entity", "By the id of what they are about.", |f: &IdFilter| f.on_text("entity"))
                .by("partner", "By partner.", |f: &IdFilter| f.on::<PartnerId>("partner_id")),
            order: OrderBy::new("events", "EventOrder", "The order of events.")
                .by("AT", "The instant at which it happened.", [Key::int("at"), Key::int("id")])
                .descending(),
        }
    }
}
