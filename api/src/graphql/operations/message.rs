//! Messages to people, for those who look after them.

use async_graphql::{ID, InputObject};
use domain::Lang;
use domain::notify::fan_out::{NO_ADDRESS, NO_TRANSPORT};
use domain::notify::retry::{self, Retry};
use domain::reading::{self, Key};
use entity::{EventId, MessageId, message};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{DateTimeFilter, IdFilter, StringFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::{MessageAudienceFilter, MessageStateFilter};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::scalars::DateTime;

impl Shown for message::Model {
    const NAME: &'static str = "Message";

    fn object() -> Object<Self> {
        Object::<Self>::new("What somebody was told of an event by mail, or should have been.")
            .node(|row| row.id)
            .one("event", "The event that is told.", |row| Some(row.event_id))
            .field("audience", "As whom the recipient is told.", |row| Choice(row.audience))
            .text("recipient", "The mail address; the audience in brackets where none is known.", |row| {
                &row.recipient
            })
            .text("language", "The language it is written in: en or zh-CN.", |row| &row.language)
            .text("template", "The name of the text it was made from.", |row| &row.template)
            .text("subject", "Its subject.", |row| &row.subject)
            .text("body", "Its text.", |row| &row.body)
            .field("state", "The state of the message.", |row| Choice(row.state))
            .field("attempts", "Attempts begun.", |row| row.attempts)
            .field(
                "retryAt",
                "The instant at which the next attempt is due; null once there is none.",
                |row| (row.state == entity::MessageState::Pending).then_some(DateTime(row.retry_at)),
            )
            .text("messageId", "The Message-ID header: the same in every attempt.", |row| &row.message_id)
            .said(
                "lastError",
                "What went wrong last, in the words of the mail server, or why it is not sent.",
                |message, env| {
                    message.last_error.as_deref().map(|reason| explained(reason, env.lang()).to_owned())
                },
            )
            .field("sentAt", "The instant at which the mail server took it; null before.", |row| row.sent_at)
            .field("createdAt", "The instant at which it was made.", |row| row.created_at)
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.list("messages", "The messages to people, latest first.", |env| reading::message::list(env.scope))
}

impl Paged for message::Model {
    const PAGE: &'static str = "A page of messages.";
    const EDGE: &'static str = "A message with its cursor.";
}

impl Listable for message::Model {
    fn list() -> List {
        List {
            filter: Filter::new("MessageFilter", "Conditions on messages.")
                .by("state", "By where they stand.", |f: &MessageStateFilter| f.on("state"))
                .by("audience", "By as whom the recipient is told.", |f: &MessageAudienceFilter| {
                    f.on("audience")
                })
                .by("recipient", "By mail address.", |f: &StringFilter| f.on("recipient"))
                .by("event", "By event.", |f: &IdFilter| f.on::<EventId>("event_id"))
                .by("createdAt", "By when they were made.", |f: &DateTimeFilter| f.on("created_at")),
            order: OrderBy::new("messages", "MessageOrder", "The order of messages.")
                .by("CREATED_AT", "When it was made.", [Key::int("created_at"), Key::int("id")])
                .descending(),
        }
    }
}

/// Which message to try again.
#[derive(InputObject)]
pub(crate) struct MessageRetryInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The message.
    id: ID,
}

impl Change for MessageRetryInput {
    type Gives = MessageId;
    const NAME: &'static str = "messageRetry";
    const DOC: &'static str = "Has a message tried again that is FAILED, or addressed again that is SUPPRESSED: a worker does it soon after.";
    const INPUT: &'static str = "Which message.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("message", "The message as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let id = checks.id("id", &self.id);
        checks.done()?;
        let key = Some(self.idempotency_key.as_str());
        retry::retry(&env.store, &env.context(), key, Retry { id }).await
    }
}

/// A reason of ours in the caller's language; others are the mail server's.
fn explained(reason: &str, lang: Lang) -> &str {
    match (reason, lang) {
        (NO_ADDRESS, Lang::En) => "No mail address is known.",
        (NO_ADDRESS, Lang::ZhCn) => "没有可用的邮件地址。",
        (NO_TRANSPORT, Lang::En) => "No mail server was configured.",
        (NO_TRANSPORT, Lang::ZhCn) => "未配置邮件服务器。",
        (other, _) => other,
    }
}

/// Adds the changes.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<MessageRetryInput>()
}
