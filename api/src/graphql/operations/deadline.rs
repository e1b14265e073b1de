//! Deadlines: until when something must have happened.

use async_graphql::ID;
use domain::reading::Predicate;
use domain::reading::{self, Key};
use entity::{PartnerId, deadline};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{DateTimeFilter, IdFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::{DeadlineAudienceFilter, DeadlineKindFilter};
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{Asked, List, Listable, Queries, page};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

entity::listed! {
    /// How a deadline stands.
    DeadlineState as "DeadlineState"; [] {
        /// There is still time.
        Waiting [] = "WAITING",
        /// It has passed, and what it is about has not happened.
        Overdue [] = "OVERDUE",
        /// What it was about has happened, or does not matter any more.
        Closed [] = "CLOSED",
    }
}

impl Shown for deadline::Model {
    const NAME: &'static str = "Deadline";

    fn object() -> Object<Self> {
        Object::<Self>::new("Until when something must have happened.")
            .node(|row| row.id)
            .field("kind", "The thing that must have happened by then.", |row| Choice(row.kind))
            .field("audience", "The party that must act.", |row| Choice(row.audience))
            .field("entityId", "The id of the thing it is about.", |row| ID::from(row.entity.as_str()))
            .any(
                "entity",
                "The thing it is about; null where it has no id of its own or is not yours to see.",
                |deadline| Some(&deadline.entity),
            )
            .one("partner", "The partner it concerns.", |row| row.partner_id)
            .field("state", "The state of the deadline.", |row| {
                Choice(match (row.closed_at, row.fell_due_at) {
                    (Some(_), _) => DeadlineState::Closed,
                    (None, Some(_)) => DeadlineState::Overdue,
                    (None, None) => DeadlineState::Waiting,
                })
            })
            .field("dueAt", "First instant at which it is too late.", |row| row.due_at)
            .field(
                "remindAt",
                "When whoever must act is reminded; null if there was no time for that.",
                |row| row.remind_at,
            )
            .field("remindedAt", "The instant at which the reminder was given; null before.", |row| {
                row.reminded_at
            })
            .field("fellDueAt", "The instant at which it was found to have passed; null before.", |row| {
                row.fell_due_at
            })
            .field("closedAt", "The instant at which it was closed; null while it is open.", |row| {
                row.closed_at
            })
            .field("createdAt", "The instant at which it was first set.", |row| row.created_at)
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.pages(
        "deadlines",
        "The deadlines, the next one due first. A partner sees those that concern it.",
        |env, _, args| {
            Box::pin(async move {
                let mut listing = reading::deadline::list(env.scope);
                if args.get("mine")? {
                    listing = listing.only(reading::deadline::awaiting(&env.caller.actor));
                }
                Ok(vec![page(env, listing, Asked::of::<deadline::Model>(args)?).await?])
            })
        },
    )
    .asked::<deadline::Model>()
    .arg_or("mine", "Only open ones by which the caller must act, by its partner or its roles.", &false)
}

impl Paged for deadline::Model {
    const PAGE: &'static str = "A page of deadlines.";
    const EDGE: &'static str = "A deadline with its cursor.";
}

impl Listable for deadline::Model {
    fn list() -> List {
        List {
            filter: Filter::new("DeadlineFilter", "Conditions on deadlines.")
                .by("kind", "By kind.", |f: &DeadlineKindFilter| f.on("kind"))
                .by("audience", "By who must act.", |f: &DeadlineAudienceFilter| f.on("audience"))
                .by("open", "Whether it is still open: not closed, in time or not.", |f: &bool| {
                    Ok(Predicate::is_null("closed_at", *f))
                })
                .by("overdue", "Whether it has passed without being closed.", |f: &bool| Ok(overdue(*f)))
                .by("dueAt", "By when it is due.", |f: &DateTimeFilter| f.on("due_at"))
                .by("partner", "By partner.", |f: &IdFilter| f.on::<PartnerId>("partner_id"))
                .by("entity", "By the id of the thing it is about.", |f: &IdFilter| f.on_text("entity")),
            order: OrderBy::new("deadlines", "DeadlineOrder", "The order of deadlines.").by(
                "DUE_AT",
                "The instant at which it is due.",
                [Key::int("due_at"), Key::int("id")],
            ),
        }
    }
}

fn overdue(yes: bool) -> Predicate {
    let sql = "(closed_at IS NULL AND fell_due_at IS NOT NULL)";
    Predicate::new(if yes { sql.to_owned() } else { format!("NOT {sql}") }, vec![])
}
