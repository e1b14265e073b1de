//! What somebody is told of an event.

use sea_orm::entity::prelude::*;

use crate::{EventId, MessageAudience, MessageId, MessageState, NoRelation as Relation, Timestamp};

/// What somebody is told of an event.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "message")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MessageId,
    /// The event.
    pub event_id: EventId,
    /// As whom the recipient is told.
    pub audience: MessageAudience,
    /// The mail address; the audience in brackets where none is known.
    pub recipient: String,
    /// The language it is written in: `en` or `zh-CN`.
    pub language: String,
    /// The template it was made from.
    pub template: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
    /// Where it stands.
    pub state: MessageState,
    /// Attempts begun.
    pub attempts: i32,
    /// Not sent before; while an attempt runs, when another process may try.
    pub retry_at: Timestamp,
    /// The `Message-ID`, the same in every attempt.
    pub message_id: String,
    /// What went wrong last, or why it is not sent.
    pub last_error: Option<String>,
    /// When the mail server took it.
    pub sent_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
