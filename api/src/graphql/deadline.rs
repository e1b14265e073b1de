//! Deadlines: until when something must have happened.

use async_graphql::{Context, Enum, ID, Object, Result};
use domain::reading::{self, Key};
use entity::{PartnerId, deadline};

use super::caller::{root, scope};
use super::connection::{Found, Paging, connection};
use super::enums::{DeadlineAudience, DeadlineKind};
use super::filter::{
    DateTimeFilter, DeadlineAudienceFilter, DeadlineKindFilter, IdFilter, StringFilter, Wanted, filter, order,
};
use super::node::Node;
use super::partner::Partner;
use super::scalars::DateTime;

/// How a deadline stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlineState {
    /// There is still time.
    Waiting,
    /// It has passed, and what it is about has not happened.
    Overdue,
    /// What it was about has happened, or does not matter any more.
    Closed,
}

/// A deadline.
#[derive(Clone)]
pub struct Deadline(deadline::Model);

impl From<deadline::Model> for Deadline {
    fn from(row: deadline::Model) -> Self {
        Self(row)
    }
}

/// Until when something must have happened.
#[Object]
impl Deadline {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What must have happened.
    async fn kind(&self) -> DeadlineKind {
        self.0.kind.into()
    }

    /// Who must act.
    async fn audience(&self) -> DeadlineAudience {
        self.0.audience.into()
    }

    /// The id of the thing it is about.
    async fn entity(&self) -> ID {
        self.0.entity.as_str().into()
    }

    /// The thing it is about; null where it has no id of its own or is not yours to see.
    async fn subject(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        super::node::find(ctx, &self.0.entity.as_str().into()).await.transpose()
    }

    /// The partner it concerns.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id?).await.transpose()
    }

    /// How it stands.
    async fn state(&self) -> DeadlineState {
        match (self.0.closed_at, self.0.fell_due_at) {
            (Some(_), _) => DeadlineState::Closed,
            (None, Some(_)) => DeadlineState::Overdue,
            (None, None) => DeadlineState::Waiting,
        }
    }

    /// First instant at which it is too late.
    async fn due_at(&self) -> DateTime {
        DateTime(self.0.due_at)
    }

    /// When whoever must act is reminded; null if there was no time for that.
    async fn remind_at(&self) -> Option<DateTime> {
        self.0.remind_at.map(DateTime)
    }

    /// When the reminder was given.
    async fn reminded_at(&self) -> Option<DateTime> {
        self.0.reminded_at.map(DateTime)
    }

    /// When it was found to have passed.
    async fn fell_due_at(&self) -> Option<DateTime> {
        self.0.fell_due_at.map(DateTime)
    }

    /// When it was closed.
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime)
    }

    /// When it was first set.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

connection! {
    /// A page of deadlines.
    DeadlineConnection,
    /// A deadline with its cursor.
    DeadlineEdge, Deadline, deadline::Model
}

filter! {
    /// Which deadlines.
    DeadlineFilter {
        /// By kind.
        kind: DeadlineKindFilter => |f| f.on("kind"),
        /// By who must act.
        audience: DeadlineAudienceFilter => |f| f.on("audience"),
        /// Whether it is still open: not closed, in time or not.
        open: bool => |f| Ok(Predicate::is_null("closed_at", *f)),
        /// Whether it has passed without being closed.
        overdue: bool => |f| Ok(overdue(*f)),
        /// By when it is due.
        due_at: DateTimeFilter => |f| f.on("due_at"),
        /// By partner.
        partner: IdFilter => |f| f.on::<PartnerId>("partner_id"),
        /// By the id of the thing it is about.
        entity: StringFilter => |f| f.on("entity"),
    }
}

fn overdue(yes: bool) -> reading::Predicate {
    let sql = "(closed_at IS NULL AND fell_due_at IS NOT NULL)";
    reading::Predicate::new(if yes { sql.to_owned() } else { format!("NOT {sql}") }, vec![])
}

order! {
    /// The order of deadlines.
    DeadlineOrder,
    /// What deadlines are ordered by.
    DeadlineOrderField of "deadlines" {
        /// When it is due.
        DueAt "DUE_AT" => [Key::int("due_at"), Key::int("id")],
    } default DueAt Asc
}

/// Queries about deadlines.
#[derive(Default)]
pub struct DeadlineQuery;

#[Object(guard = "root(\"Query\")")]
impl DeadlineQuery {
    /// The deadlines, the next one due first. A partner sees those that concern it.
    async fn deadlines(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<DeadlineFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<DeadlineOrder>,
    ) -> Option<Result<DeadlineConnection>> {
        let list = async {
            Found::list(
                ctx,
                reading::deadline::list(scope(ctx)?),
                Wanted::of(filter),
                DeadlineOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(DeadlineConnection))
    }
}
