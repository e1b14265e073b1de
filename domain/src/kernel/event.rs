//! Events are recorded in the transaction of the change, so that nothing is told that did not happen and
//! nothing happens untold.

use entity::{EventId, EventTopic, PartnerId, Timestamp};
use serde_json::Value;

use crate::kernel::error::Result;
use crate::kernel::store::{Store, Tx, insert_rows};

/// Something that happened.
#[derive(Clone, Debug)]
pub struct NewEvent<'a> {
    /// Kind of thing that it is about.
    pub topic: EventTopic,
    /// Name of the event in capitals, e.g. the new state.
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
    insert_rows(tx.orm(), INSERT, WIDTH, values(id, now, &event).to_vec(), "").await?;
    tx.tells();
    Ok(id)
}

/// Writes many events of one moment inside `tx`, in as few statements as there can be.
pub async fn emit_all(tx: &Tx, store: &Store, now: Timestamp, events: &[NewEvent<'_>]) -> Result<()> {
    let rows = events.iter().flat_map(|event| values(EventId(store.ids.next(now)), now, event));
    if insert_rows(tx.orm(), INSERT, WIDTH, rows.collect(), "").await? > 0 {
        tx.tells();
    }
    Ok(())
}

const INSERT: &str = "INSERT INTO event (id, at, topic, kind, entity, partner_id, detail)";
const WIDTH: usize = 7;

fn values(id: EventId, now: Timestamp, event: &NewEvent<'_>) -> [sea_orm::Value; WIDTH] {
    [
        id.0.into(),
        now.0.into(),
        event.topic.name().into(),
        event.kind.into(),
        event.entity.as_str().into(),
        event.partner_id.map(|p| p.0).into(),
        event.detail.to_string().into(),
    ]
}
