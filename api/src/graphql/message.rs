//! Messages to people, for those who look after them.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::Lang;
use domain::notify::fan_out::{NO_ADDRESS, NO_TRANSPORT};
use domain::notify::retry::{self, Retry};
use domain::reading::{self, Key};
use entity::{EventId, message};

use super::caller::{lang, root, scope, store, write_context};
use super::checks::Checks;
use super::connection::{Found, Paging, connection};
use super::enums::{MessageAudience, MessageState};
use super::event::Event;
use super::filter::{
    DateTimeFilter, IdFilter, MessageAudienceFilter, MessageStateFilter, StringFilter, Wanted, filter, order,
};
use super::scalars::DateTime;
use super::user_error::payload;

/// A message.
#[derive(Clone)]
pub struct Message(message::Model);

impl From<message::Model> for Message {
    fn from(row: message::Model) -> Self {
        Self(row)
    }
}

/// What somebody was told of an event by mail, or should have been.
#[Object]
impl Message {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What happened.
    async fn event(&self, ctx: &Context<'_>) -> Option<Result<Event>> {
        super::node::load(ctx, self.0.event_id).await.transpose()
    }

    /// As whom the recipient is told.
    async fn audience(&self) -> MessageAudience {
        self.0.audience.into()
    }

    /// The mail address; the audience in brackets where none is known.
    async fn recipient(&self) -> &str {
        &self.0.recipient
    }

    /// The language it is written in: en or zh-CN.
    async fn language(&self) -> &str {
        &self.0.language
    }

    /// The name of the text it was made from.
    async fn template(&self) -> &str {
        &self.0.template
    }

    /// Its subject.
    async fn subject(&self) -> &str {
        &self.0.subject
    }

    /// Its text.
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// Where it stands.
    async fn state(&self) -> MessageState {
        self.0.state.into()
    }

    /// Attempts begun.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// When the next attempt is due; null once there is none.
    async fn retry_at(&self) -> Option<DateTime> {
        (self.0.state == entity::MessageState::Pending).then_some(DateTime(self.0.retry_at))
    }

    /// The Message-ID header: the same in every attempt.
    async fn message_id(&self) -> &str {
        &self.0.message_id
    }

    /// What went wrong last, in the words of the mail server, or why it is not sent.
    async fn last_error(&self, ctx: &Context<'_>) -> Option<&str> {
        self.0.last_error.as_deref().map(|reason| explained(reason, lang(ctx)))
    }

    /// When the mail server took it.
    async fn sent_at(&self) -> Option<DateTime> {
        self.0.sent_at.map(DateTime)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
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

connection! {
    /// A page of messages.
    MessageConnection,
    /// A message with its cursor.
    MessageEdge, Message, message::Model
}

filter! {
    /// Which messages.
    MessageFilter {
        /// By where they stand.
        state: MessageStateFilter => |f| f.on("state"),
        /// By as whom the recipient is told.
        audience: MessageAudienceFilter => |f| f.on("audience"),
        /// By mail address.
        recipient: StringFilter => |f| f.on("recipient"),
        /// By event.
        event: IdFilter => |f| f.on::<EventId>("event_id"),
        /// By when they were made.
        created_at: DateTimeFilter => |f| f.on("created_at"),
    }
}

order! {
    /// The order of messages.
    MessageOrder,
    /// What messages are ordered by.
    MessageOrderField of "messages" {
        /// When it was made.
        CreatedAt "CREATED_AT" => [Key::int("created_at"), Key::int("id")],
    } default CreatedAt Desc
}

/// Queries about messages.
#[derive(Default)]
pub struct MessageQuery;

#[Object(guard = "root(\"Query\")")]
impl MessageQuery {
    /// The messages to people, latest first.
    async fn messages(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<MessageFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<MessageOrder>,
    ) -> Option<Result<MessageConnection>> {
        let list = async {
            Found::list(
                ctx,
                reading::message::list(scope(ctx)?),
                Wanted::of(filter),
                MessageOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(MessageConnection))
    }
}

/// Which message to try again.
#[derive(InputObject)]
pub struct MessageRetryInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The message.
    id: ID,
}

payload! {
    /// What came of it.
    MessageRetryPayload {
        /// The message as it is now.
        message: Message
    }
}

/// Changes of messages.
#[derive(Default)]
pub struct MessageMutation;

#[Object(guard = "root(\"Mutation\")")]
impl MessageMutation {
    /// Has a message tried again that is FAILED, or addressed again that is SUPPRESSED: a worker does it soon after.
    async fn message_retry(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which message.")] input: MessageRetryInput,
    ) -> Result<MessageRetryPayload> {
        let mut checks = Checks::default();
        let id = checks.id("id", &input.id);
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                retry::retry(store(ctx)?, &write_context(ctx)?, key, Retry { id }).await
            }
        };
        MessageRetryPayload::of(ctx, result, None).await
    }
}
