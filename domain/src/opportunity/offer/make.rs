//! Offering an opportunity of the vendor to one partner at a time, and what follows from the answer: whoever refuses or
//! does not answer is followed by the next one, by the product itself.

use std::future::Future;
use std::pin::Pin;

use entity::{
    DeadlineKind, EventTopic, OfferState, OpportunityId, OpportunityOperation, OpportunityState, PartnerId,
    Timestamp, opportunity,
};
use sea_orm::Value;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::candidates::{Among, judged};
use super::recipients::{Ground, Recipient};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::store::{Store, Tx, exec, insert_rows, query_one};
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::state::apply::{self, Move};
use crate::opportunity::{review::late, review::routing};
use crate::programme::calendar::Calendar;
use crate::programme::deadline::Length;
use crate::programme::deadline::rule;

/// The kind of event when nobody is left to whom an opportunity could be offered.
pub const NOBODY_LEFT: &str = "NOBODY_LEFT";

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
    let held = apply::hold(tx, input.id).await?;
    let mut held = held.ok_or_else(|| Refusal::at("id", Code::NotFound, input.id.to_string()))?;
    if held.version != input.expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, held.version.to_string()).into());
    }
    if held.office_id.is_none() {
        routing::route(tx.orm(), &mut held).await?;
    }
    let among = input.partner_id.map_or(Among::Joined, |_| Among::All);
    let recipients = judged(tx.orm(), now, &held, among).await?;
    let chosen = choose(&recipients, input.partner_id)?;
    to(tx, store, context, now, held, chosen).await?;
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
        return Err(Refusal::at("partnerId", Code::NotEligible, grounds(&found.fails)).into());
    }
    Ok(found)
}

/// The names of grounds. PURE.
pub(in crate::opportunity) fn grounds(fails: &[Ground]) -> String {
    fails.iter().map(|ground| ground.name()).collect::<Vec<_>>().join(", ")
}

/// Offers a held opportunity to a recipient.
async fn to(
    tx: &Tx,
    store: &Store,
    context: &Context,
    now: Timestamp,
    mut held: opportunity::Model,
    recipient: &Recipient,
) -> Result<opportunity::Model> {
    // The move writes the row, and the partner with it.
    held.partner_id = Some(recipient.candidate.partner_id);
    let after = apply::step(tx, store, context, now, held, Move::plain(OpportunityOperation::Offer)).await?;
    let sql = "SELECT COALESCE(MAX(offer_no), 0) FROM opportunity_offer WHERE opportunity_id = $1";
    let last = query_one(tx.orm(), sql, [after.id.0.into()]).await?;
    let last: i32 = last.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    let candidate = &recipient.candidate;
    let why = json!({
        "stage": candidate.stage.name(),
        "delivered": candidate.delivered,
        "winPpm": candidate.win_ppm(),
        "load": candidate.load,
    });
    let row: [Value; 9] = [
        after.id.0.into(),
        (last + 1).into(),
        candidate.partner_id.0.into(),
        OfferState::Pending.name().into(),
        recipient.rank.unwrap_or(1).into(),
        why.to_string().into(),
        context.actor.subject.as_str().into(),
        now.0.into(),
        due_at(tx, now).await?.0.into(),
    ];
    let head = "INSERT INTO opportunity_offer (opportunity_id, offer_no, partner_id, state, rank, grounds, offered_by, \
                offered_at, due_at)";
    insert_rows(tx.orm(), head, 9, row.into(), "").await?;
    Ok(after)
}

/// The instant by which an offer made now has to be answered: as its deadline says.
async fn due_at(tx: &Tx, now: Timestamp) -> Result<Timestamp> {
    match rule(DeadlineKind::OpportunityAccept).length {
        Length::WorkingDays(days) => Ok(Calendar::load(tx.orm()).await?.deadline(now, days)),
        Length::Given => Err(Error::Invariant("an offer has no usual length".into())),
    }
}

/// Ends the pending offer as a move out of [`OpportunityState::PendingAccept`] wants it; returns the
/// opportunity as it is then.
pub(in crate::opportunity) async fn answered(
    tx: &Tx,
    store: &Store,
    context: &Context,
    now: Timestamp,
    after: opportunity::Model,
    operation: OpportunityOperation,
) -> Result<opportunity::Model> {
    use OpportunityOperation as Op;
    let state = match operation {
        Op::Accept => OfferState::Accepted,
        Op::Refuse => OfferState::Refused,
        Op::TimeOut => OfferState::TimedOut,
        _ => OfferState::Recalled,
    };
    let sql = "UPDATE opportunity_offer SET state = $1, answered_by = $2, answered_at = $3, reason_code = $4, reason = $5 \
               WHERE opportunity_id = $6 AND state = 'PENDING'";
    let values = [
        state.name().into(),
        context.actor.subject.as_str().into(),
        now.0.into(),
        after.reason_code.map(|code| code.name()).into(),
        after.reason.clone().into(),
        after.id.0.into(),
    ];
    exec(tx.orm(), sql, values).await?;
    match state {
        OfferState::Refused | OfferState::TimedOut => next(tx, store, now, after).await,
        OfferState::Pending | OfferState::Accepted | OfferState::Recalled => Ok(after),
    }
}

/// Refuses an answer that comes too late, whether the product has taken the offer back already or not.
pub(in crate::opportunity) async fn in_time(
    tx: &Tx,
    now: Timestamp,
    opportunity: &opportunity::Model,
) -> Result<()> {
    let sql = "SELECT due_at FROM opportunity_offer WHERE opportunity_id = $1 AND state = 'PENDING'";
    if let Some(row) = query_one(tx.orm(), sql, [opportunity.id.0.into()]).await? {
        let due_at = Timestamp(row.try_get_by_index(0)?);
        if now >= due_at {
            return Err(Refusal::at("operation", Code::OfferExpired, due_at.to_rfc3339()).into());
        }
    }
    Ok(())
}

/// The product offers it to the next one, or tells operations that nobody is left. A move makes this, and this a move:
/// the future is boxed.
fn next<'a>(
    tx: &'a Tx,
    store: &'a Store,
    now: Timestamp,
    after: opportunity::Model,
) -> Pin<Box<dyn Future<Output = Result<opportunity::Model>> + Send + 'a>> {
    Box::pin(async move {
        let recipients = judged(tx.orm(), now, &after, Among::Joined).await?;
        if let Some(best) = recipients.iter().find(|recipient| recipient.rank.is_some()) {
            let done = to(tx, store, &Context::system("offer"), now, after, best).await;
            // Nothing is refused that was judged a moment ago; were it, half of this would be written.
            return match done {
                Err(Error::Refused(refusals)) => {
                    Err(Error::Invariant(format!("not offered on: {refusals:?}")))
                }
                done => done,
            };
        }
        let detail = json!({ "kind": after.kind.name(), "name": after.name });
        let entity = after.id.to_string();
        let topic = EventTopic::Opportunity;
        emit(tx, store, now, NewEvent { topic, kind: NOBODY_LEFT, entity, partner_id: None, detail }).await?;
        Ok(after)
    })
}

/// Takes back the offers whose deadlines have passed, each of which goes to the next partner.
pub async fn by_deadline(tx: &Tx, store: &Store, now: Timestamp, entities: &[String]) -> Result<()> {
    let context = Context::system("deadline");
    for held in late::hold_all(tx, entities).await? {
        if held.state == OpportunityState::PendingAccept {
            apply::step(tx, store, &context, now, held, Move::plain(OpportunityOperation::TimeOut)).await?;
        }
    }
    Ok(())
}
