//! Events about deadlines.

use entity::{EventTopic, Timestamp, deadline};

use crate::kernel::error::Result;
use crate::kernel::event::{NewEvent, emit_all};
use crate::kernel::store::{Store, Tx};

/// The kind of event of a reminder.
pub(super) const REMINDER: &str = "REMINDER";
/// The kind of event of a deadline that has passed.
pub(super) const DUE: &str = "DUE";

/// Writes an event for each of `rows`, about the thing the deadline is about.
pub(super) async fn tell(
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    kind: &str,
    rows: &[deadline::Model],
) -> Result<()> {
    let of = |row: &deadline::Model| {
        let detail = serde_json::json!({
            "deadline": row.id.to_string(),
            "kind": row.kind.name(),
            "audience": row.audience.name(),
            "due_at": row.due_at.to_rfc3339(),
        });
        let entity = row.entity.clone();
        NewEvent { topic: EventTopic::Deadline, kind, entity, partner_id: row.partner_id, detail }
    };
    emit_all(tx, store, now, &rows.iter().map(of).collect::<Vec<_>>()).await
}
