//! Hiding the person of an opportunity from the other side, and showing it again.

use entity::{OpportunityId, OpportunityOperation, OpportunitySide};
use serde::{Deserialize, Serialize};

use super::contact;
use super::draft::{Seen, seen, side};
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::machine::Turn;
use crate::kernel::store::Store;
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::state::drive::note;

/// A wish to hide the person of an opportunity from the other side, or to show it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct HideContact {
    /// Opportunity with the person, as the caller saw it.
    pub seen: Seen,
    /// Hidden from the other side from now on, or shown again.
    pub hidden: bool,
}

/// Hides or shows it. Only the side that entered it may, in any state; to set what is set already changes nothing.
pub async fn hide(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: HideContact,
) -> Result<OpportunityId> {
    let write = match Write::begin(store, context, "opportunityContactHide", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let mut row = seen(&write, input.seen).await?;
    let (side, actor) = side(write.actor(), row.partner_id);
    let owner = contact::entered_by(row.kind);
    if side != owner {
        return Err(Refusal::at("id", Code::NotAllowed, format!("CONTACT: {owner}")).into());
    }
    let flag = match side {
        OpportunitySide::Partner => &mut row.contact_hidden_by_partner,
        OpportunitySide::Vendor => &mut row.contact_hidden_by_vendor,
    };
    if *flag != input.hidden {
        *flag = input.hidden;
        let what = if input.hidden { "CONTACT_HIDDEN" } else { "CONTACT_SHOWN" };
        let turn = Turn::of(&write, store, context);
        row = note(turn, row, actor, (OpportunityOperation::Edit, Some(what)), what).await?;
    }
    write.finish(store, &row.id.to_string(), None, &input, &row.id).await?;
    Ok(row.id)
}
