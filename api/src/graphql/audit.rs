//! The audit trail.

use async_graphql::{Context, ID, Object, Result};
use domain::reading::{self, Key};
use entity::audit_event;

use super::caller::{root, scope};
use super::connection::{Found, Paging, connection};
use super::filter::{DateTimeFilter, StringFilter, Wanted, filter, order};
use super::scalars::DateTime;

/// One event of the audit trail.
#[derive(Clone)]
pub struct AuditEvent(audit_event::Model);

impl From<audit_event::Model> for AuditEvent {
    fn from(row: audit_event::Model) -> Self {
        Self(row)
    }
}

/// One change: who made it, when, why and under which request. Events never change.
#[Object]
impl AuditEvent {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// Who: the subject of the token, or the part of the product that acted by itself.
    async fn subject(&self) -> &str {
        &self.0.subject
    }

    /// On whose behalf, as JSON.
    async fn principal(&self) -> &str {
        &self.0.principal
    }

    /// The mutation.
    async fn operation(&self) -> &str {
        &self.0.operation
    }

    /// The id of what was changed.
    async fn entity(&self) -> &str {
        &self.0.entity
    }

    /// Why, in the words of who made it.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The request it came with.
    async fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The input, as JSON.
    async fn detail(&self) -> &str {
        &self.0.detail
    }
}

connection! {
    /// A page of audit events.
    AuditEventConnection,
    /// An event with its cursor.
    AuditEventEdge, AuditEvent, audit_event::Model
}

filter! {
    /// Which audit events.
    AuditEventFilter {
        /// By when.
        at: DateTimeFilter => |f| f.on("at"),
        /// By who.
        subject: StringFilter => |f| f.on("subject"),
        /// By mutation.
        operation: StringFilter => |f| f.on("operation"),
        /// By the id of what was changed.
        entity: StringFilter => |f| f.on("entity"),
        /// By request.
        request_id: StringFilter => |f| f.on("request_id"),
    }
}

order! {
    /// The order of audit events.
    AuditEventOrder,
    /// What audit events are ordered by.
    AuditEventOrderField of "auditEvents" {
        /// When it happened.
        At "AT" => [Key::int("id")],
    } default At Desc
}

/// Queries about the audit trail.
#[derive(Default)]
pub struct AuditQuery;

#[Object(guard = "root(\"Query\")")]
impl AuditQuery {
    /// The audit trail, latest first.
    async fn audit_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<AuditEventFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<AuditEventOrder>,
    ) -> Option<Result<AuditEventConnection>> {
        let list = async {
            Found::list(
                ctx,
                reading::audit::list(scope(ctx)?),
                Wanted::of(filter),
                AuditEventOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(AuditEventConnection))
    }
}
