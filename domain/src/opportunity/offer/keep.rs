//! Offers as they are kept, one behind the other: made, answered, and passed on to the next partner by the product itself.

use entity::{
    DeadlineKind, EventTopic, OfferState, OpportunityId, OpportunityOperation, Timestamp, opportunity,
    opportunity_offer,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;

use super::candidates::{Among, judged};
use super::recipients::{Ground, Recipient};
use crate::kernel::error::{Error, Result};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::machine::{Follow, Move, Turn};
use crate::kernel::store::{Tx, exec, query_one};
use crate::kernel::write::Context;
use crate::opportunity::state::drive::Brought;
use crate::opportunity::state::machine::Opportunities;
use crate::programme::calendar::Calendar;
use crate::programme::deadline::{Length, rule};

/// The kind of event when nobody is left to whom an opportunity could be offered.
pub const NOBODY_LEFT: &str = "NOBODY_LEFT";

/// The names of grounds. PURE.
pub(in crate::opportunity) fn grounds(fails: &[Ground]) -> String {
    fails.iter().map(|ground| ground.name()).collect::<Vec<_>>().join(", ")
}

/// Keeps the offer that was made to a recipient.
pub(in crate::opportunity) async fn made(
    turn: Turn<'_>,
    offered: &opportunity::Model,
    recipient: Option<&Recipient>,
) -> Result<()> {
    let recipient = recipient.ok_or_else(|| Error::Invariant(format!("{} offered to nobody", offered.id)))?;
    let sql = "SELECT COALESCE(MAX(offer_no), 0) FROM opportunity_offer WHERE opportunity_id = $1";
    let last = query_one(turn.tx.orm(), sql, [offered.id.0.into()]).await?;
    let last: i32 = last.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    let candidate = &recipient.candidate;
    let why = json!({
        "stage": candidate.stage.name(),
        "delivered": candidate.delivered,
        "winPpm": candidate.win_ppm(),
        "load": candidate.load,
    });
    let row = opportunity_offer::Model {
        opportunity_id: offered.id,
        offer_no: last + 1,
        partner_id: candidate.partner_id,
        state: OfferState::Pending,
        rank: recipient.rank.unwrap_or(1),
        grounds: why.to_string(),
        offered_by: turn.context.actor.subject.clone(),
        offered_at: turn.now,
        due_at: due_at(turn.tx, turn.now).await?,
        answered_by: None,
        answered_at: None,
        reason_code: None,
        reason: None,
    };
    let values = row.into_active_model().reset_all();
    opportunity_offer::Entity::insert(values).exec_without_returning(turn.tx.orm()).await?;
    Ok(())
}

/// The instant by which an offer made now has to be answered: as its deadline says.
async fn due_at(tx: &Tx, now: Timestamp) -> Result<Timestamp> {
    match rule(DeadlineKind::OpportunityAccept).length {
        Length::WorkingDays(days) => Ok(Calendar::load(tx.orm()).await?.deadline(now, days)),
        Length::Given => Err(Error::Invariant("an offer has no usual length".into())),
    }
}

/// Ends the pending offer as a move out of PENDING_ACCEPT wants it.
pub(in crate::opportunity) async fn answered(
    turn: Turn<'_>,
    after: &opportunity::Model,
    operation: OpportunityOperation,
) -> Result<()> {
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
        turn.context.actor.subject.as_str().into(),
        turn.now.0.into(),
        after.reason_code.map(|code| code.name()).into(),
        after.reason.clone().into(),
        after.id.0.into(),
    ];
    exec(turn.tx.orm(), sql, values).await?;
    Ok(())
}

/// The instant by which the pending offer of an opportunity has to be answered; none if none is pending.
pub(in crate::opportunity) async fn due(tx: &Tx, id: OpportunityId) -> Result<Option<Timestamp>> {
    let sql = "SELECT due_at FROM opportunity_offer WHERE opportunity_id = $1 AND state = 'PENDING'";
    let row = query_one(tx.orm(), sql, [id.0.into()]).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.map(Timestamp))
}

/// The product offers it to the next one, or tells operations that nobody is left.
pub(in crate::opportunity) async fn next(
    turn: Turn<'_>,
    after: &opportunity::Model,
) -> Result<Vec<Follow<Opportunities>>> {
    let recipients = judged(turn.tx.orm(), turn.now, after, Among::Joined).await?;
    if let Some(best) = recipients.into_iter().find(|recipient| recipient.rank.is_some()) {
        let (row, how) = to(after.clone(), best);
        return Ok(vec![Follow { context: Context::system("offer"), row, how }]);
    }
    let detail = json!({ "kind": after.kind.name(), "name": after.name });
    let (topic, entity) = (EventTopic::Opportunity, after.id.to_string());
    let event = NewEvent { topic, kind: NOBODY_LEFT, entity, partner_id: None, detail };
    emit(turn.tx, turn.store, turn.now, event).await?;
    Ok(vec![])
}

/// An opportunity with the partner it is offered to, and its move. PURE.
pub(super) fn to(
    mut held: opportunity::Model,
    recipient: Recipient,
) -> (opportunity::Model, Move<'static, Opportunities>) {
    held.partner_id = Some(recipient.candidate.partner_id);
    let brought = Brought { winner: None, recipient: Some(Box::new(recipient)) };
    (held, Move::plain(OpportunityOperation::Offer).with(brought))
}
