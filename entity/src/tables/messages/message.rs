//! Messages: letters to people about events.

use sea_orm::entity::prelude::*;

use crate::{EventId, MessageAudience, MessageId, MessageState, NoRelation as Relation, Timestamp};

/// A letter to one person about one event.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "message")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MessageId,
    /// Event that it tells of.
    pub event_id: EventId,
    /// Capacity in which the recipient is told.
    pub audience: MessageAudience,
    /// The mail address; the audience in brackets where none is known.
    pub recipient: String,
    /// The language it is written in: `en` or `zh-CN`.
    pub language: String,
    /// The template it was made from.
    pub template: String,
    /// Subject line of the letter, in the reader's language.
    pub subject: String,
    /// Text of the letter, in the reader's language.
    pub body: String,
    /// State of the sending.
    pub state: MessageState,
    /// Number of attempts that were begun.
    pub attempts: i32,
    /// Not sent before; while an attempt runs, when another process may try.
    pub retry_at: Timestamp,
    /// The `Message-ID`, the same in every attempt.
    pub message_id: String,
    /// Error of the last attempt, or the reason for which it is not sent.
    pub last_error: Option<String>,
    /// Instant at which the mail server took it; none before.
    pub sent_at: Option<Timestamp>,
    /// Instant at which the row was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
