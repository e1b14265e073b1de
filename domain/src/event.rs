//! Telling that something happened: a row in the transaction in which it did, so that nothing is told that did not
//! happen and nothing happens untold.

use entity::{EventId, EventTopic, PartnerId, Timestamp};
use serde_json::Value;

use crate::error::Result;
use crate::store::{Store, Tx, exec};

/// Something that happened.
#[derive(Clone, Debug)]
pub struct NewEvent<'a> {
    /// What it is about.
    pub topic: EventTopic,
    /// What happened, in capitals, e.g. the new state.
    pub kind: &'a str,
    /// The id of what it is about.
    pub entity: String,
    /// The partner it concerns, who may then hear of it.
    pub partner_id: Option<PartnerId>,
    /// More, as a JSON object.
    pub detail: Value,
}

/// Writes the event inside `tx`.
pub async fn emit(tx: &Tx, store: &Store, now: Timestamp, event: NewEvent<'_>) -> Result<EventId> {
    let id = EventId(store.ids.next(now));
    let sql = "INSERT INTO event (id, at, topic, kind, entity, partner_id, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        id.0.into(),
        now.0.into(),
        event.topic.name().into(),
        event.kind.into(),
        event.entity.into(),
        event.partner_id.map(|p| p.0).into(),
        event.detail.to_string().into(),
    ];
    exec(tx.orm(), sql, values).await?;
    Ok(id)
}
