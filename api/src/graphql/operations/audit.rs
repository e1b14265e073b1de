//! The audit trail.

use async_graphql::ID;
use domain::reading::{self, Key};
use entity::audit_event;

use crate::graphql::schema::comparators::{DateTimeFilter, IdFilter, StringFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

impl Shown for audit_event::Model {
    const NAME: &'static str = "AuditEvent";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "One change: who made it, when, why and under which request. Events never change.",
        )
        .node(|row| row.id)
        .field("at", "The instant of the change.", |row| row.at)
        .text(
            "subject",
            "Who: the subject of the token, or the part of the product that acted by itself.",
            |row| &row.subject,
        )
        .text("principal", "On whose behalf, as JSON.", |row| &row.principal)
        .text("operation", "The mutation.", |row| &row.operation)
        .field("entityId", "The id of what was changed; of many at once, how many of what.", |row| {
            ID::from(row.entity.as_str())
        })
        .any(
            "entity",
            "What was changed, as it is now; null for what has no type here or is not the caller's to see.",
            |row| Some(&row.entity),
        )
        .maybe_text(
            "reason",
            "The reason in the words of who made the change; null if none was given.",
            |row| row.reason.as_deref(),
        )
        .maybe_text("requestId", "The request it came with.", |row| row.request_id.as_deref())
        .text("detail", "The input, as JSON.", |row| &row.detail)
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.list("auditEvents", "The audit trail, latest first.", |env| reading::audit::list(env.scope))
}

impl Paged for audit_event::Model {
    const PAGE: &'static str = "A page of audit events.";
    const EDGE: &'static str = "An event with its cursor.";
}

impl Listable for audit_event::Model {
    fn list() -> List {
        List {
            filter: Filter::new("AuditEventFilter", "Conditions on audit events.")
                .by("at", "By when.", |f: &DateTimeFilter| f.on("at"))
                .by("subject", "By who.", |f: &StringFilter| f.on("subject"))
                .by("operation", "By mutation.", |f: &StringFilter| f.on("operation"))
                .by("entity", "By the id of what was changed.", |f: &IdFilter| f.on_text("entity"))
                .by("requestId", "By request.", |f: &StringFilter| f.on("request_id")),
            order: OrderBy::new("auditEvents", "AuditEventOrder", "The order of audit events.")
                .by("AT", "The instant of the change.", [Key::int("id")])
                .descending(),
        }
    }
}
