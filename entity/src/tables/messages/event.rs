//! Something that happened, told in the transaction in which it did.

use sea_orm::entity::prelude::*;

use crate::{EventId, EventTopic, JsonText, NoRelation as Relation, PartnerId, Timestamp};

/// Something that happened, told in the transaction in which it did.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "event")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// What it is about.
    pub topic: EventTopic,
    /// What happened, e.g. the new state.
    pub kind: String,
    /// The id of what it is about.
    pub entity: String,
    /// The partner it concerns.
    pub partner_id: Option<PartnerId>,
    /// More, as an object.
    pub detail: JsonText<serde_json::Value>,
}

impl ActiveModelBehavior for ActiveModel {}
