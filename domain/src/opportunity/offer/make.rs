//! Offering an opportunity of the vendor to one partner at a time, and what follows from the answer: whoever refuses or
//! does not answer is followed by the next one, by the product itself.

use entity::{OpportunityId, OpportunityOperation, OpportunityState, PartnerId, Timestamp};
use serde::{Deserialize, Serialize};

use super::candidates::{Among, judged};
use super::keep;
use super::recipients::Recipient;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::machine::{Move, Turn, hold, step};
use crate::kernel::store::{Store, Tx};
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::state::machine::Opportunities;
use crate::opportunity::{review::late, review::routing};

/// An opportunity of the vendor, and the partner it goes to.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Offer {
    /// Opportunity that is offered.
    pub id: OpportunityId,
    /// The version the caller saw.
    pub expected_version: i32,
    /// Partner that it is offered to; the best one if not given.
    pub partner_id: Option<PartnerId>,
}

/// Offers an opportunity to a partner, who has three working days to answer.
pub async fn offer(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Offer,
) -> Result<OpportunityId> {
    let write = match Write::begin(store, context, "opportunityOffer", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let (tx, now) = (write.tx(), write.now);
    let held = hold::<Opportunities>(tx, input.id).await?;
    let mut held = held.ok_or_else(|| Refusal::at("id", Code::NotFound, input.id.to_string()))?;
    if held.version != input.expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, held.version.to_string()).into());
    }
    if held.office_id.is_none() {
        routing::route(tx.orm(), &mut held).await?;
    }
    let among = input.partner_id.map_or(Among::Joined, |_| Among::All);
    let recipients = judged(tx.orm(), now, &held, among).await?;
    let (held, how) = keep::to(held, choose(&recipients, input.partner_id)?.clone());
    step::<Opportunities>(Turn::of(&write, store, context), held, how).await?;
    write.finish(store, &input.id.to_string(), None, &input, &input.id).await?;
    Ok(input.id)
}

/// The one that is named, or the best; refuses one it cannot be offered to. PURE.
fn choose(recipients: &[Recipient], named: Option<PartnerId>) -> Result<&Recipient> {
    let Some(named) = named else {
        let best = recipients.iter().find(|recipient| recipient.rank.is_some());
        return best.ok_or_else(|| Refusal::at("partnerId", Code::NoRecipient, "").into());
    };
    let found = recipients.iter().find(|recipient| recipient.candidate.partner_id == named);
    let found = found.ok_or_else(|| Refusal::at("partnerId", Code::NotFound, named.to_string()))?;
    if found.rank.is_none() {
        return Err(Refusal::at("partnerId", Code::NotEligible, keep::grounds(&found.fails)).into());
    }
    Ok(found)
}

/// Takes back the offers whose deadlines have passed, each of which goes to the next partner.
pub async fn by_deadline(tx: &Tx, store: &Store, now: Timestamp, entities: &[String]) -> Result<()> {
    let context = Context::system("deadline");
    for held in late::hold_all(tx, entities).await? {
        if held.state == OpportunityState::PendingAccept {
            let turn = Turn { tx, store, context: &context, now };
            step::<Opportunities>(turn, held, Move::plain(OpportunityOperation::TimeOut)).await?;
        }
    }
    Ok(())
}
