//! The audience of comments and attachments: the people who may know of them, and the event that tells them.

use entity::{EventTopic, OpportunitySide, OpportunityState, opportunity};
use serde_json::json;

use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::store::Store;
use crate::kernel::write::Write;
use crate::opportunity::content::draft::side;
use crate::opportunity::state::trail::DRAFT;

/// The side of the caller, which alone says whether something is internal: only the vendor keeps things for itself.
pub(in crate::opportunity) fn internal(
    write: &Write,
    row: &opportunity::Model,
    internal: bool,
) -> Result<OpportunitySide> {
    let (side, _) = side(write.actor(), row.partner_id);
    if internal && side == OpportunitySide::Partner {
        return Err(Refusal::at("internal", Code::NotAllowed, OpportunitySide::Vendor.name()).into());
    }
    Ok(side)
}

/// Tells of something said or attached; of what is internal the vendor's staff only.
pub(in crate::opportunity) async fn tell(
    write: &Write,
    store: &Store,
    row: &opportunity::Model,
    kind: &str,
    (what, internal): (&str, bool),
) -> Result<()> {
    let kind = match row.state {
        OpportunityState::Draft => &format!("{DRAFT}{kind}"),
        _ => kind,
    };
    let event = NewEvent {
        topic: EventTopic::Opportunity,
        kind,
        entity: row.id.to_string(),
        partner_id: row.partner_id.filter(|_| !internal),
        detail: json!({ "kind": row.kind.name(), "what": what, "internal": internal }),
    };
    emit(write.tx(), store, write.now, event).await?;
    Ok(())
}
