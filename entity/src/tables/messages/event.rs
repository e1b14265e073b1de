//! Events: things that happened, recorded in the transaction in which they did.

use sea_orm::entity::prelude::*;

use crate::{EventId, EventTopic, JsonText, NoRelation as Relation, PartnerId, Timestamp};

/// Something that happened, told in the transaction in which it did.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "event")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    /// Instant at which it happened.
    pub at: Timestamp,
    /// Kind of thing that it is about; `entity` names the thing.
    pub topic: EventTopic,
    /// Name of the event under its topic, often the new state.
    pub kind: String,
    /// The id of what it is about.
    pub entity: String,
    /// The partner it concerns.
    pub partner_id: Option<PartnerId>,
    /// More, as an object.
    pub detail: JsonText<serde_json::Value>,
}

impl ActiveModelBehavior for ActiveModel {}
