//! Moves of claims: the facts that guards look at, and the effects.

use entity::{
    DeadlineKind, EventTopic, OpportunityState, PartnerId, PceClaimActor, PceClaimId, PceClaimOperation,
    PceClaimState, opportunity, pce_claim, pce_claim_transition,
};
use serde_json::json;

use super::confirm::owe;
use super::eligibility::{Examined, examine};
use super::ground::let_go;
use super::machine::{Claims, Effect, Guard};
use crate::kernel::amount::money;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::machine::trail::{self, Entry, Trailed};
use crate::kernel::machine::{Change, Done, Driven, Follow, Looked, Move, Transition, Turn, worded};
use crate::kernel::store::query_one;
use crate::programme::deadline::{self, NewDeadline};

/// Facts that the guards of claims look at: the opportunity as it is held, and the amount now.
#[derive(Debug, Default)]
pub struct Facts {
    signed: Option<OpportunityState>,
    examined: Option<Examined>,
}

impl Driven for Claims {
    type Entity = pce_claim::Entity;
    type Active = pce_claim::ActiveModel;
    type Row = pce_claim::Model;
    type Key = PceClaimId;
    type Facts = Facts;
    /// The opportunity, which people hold before the claim; the product's own moves need none.
    type With = Option<Box<opportunity::Model>>;

    const KEY: pce_claim::Column = pce_claim::Column::Id;
    const VERSION: pce_claim::Column = pce_claim::Column::Version;

    fn identity(row: &pce_claim::Model) -> (PceClaimId, i32) {
        (row.id, row.version)
    }

    fn stands(row: &pce_claim::Model) -> ((), PceClaimState, Option<PartnerId>) {
        ((), row.state, Some(row.partner_id))
    }

    async fn load(
        turn: Turn<'_>,
        row: &pce_claim::Model,
        transition: &'static Transition<Self>,
        how: &Move<'_, Self>,
    ) -> Result<Facts> {
        if transition.guards.is_empty() {
            return Ok(Facts::default());
        }
        let opportunity = how.with.as_deref().filter(|held| held.id == row.opportunity_id);
        let opportunity =
            opportunity.ok_or_else(|| Error::Invariant(format!("{} without its opportunity", row.id)))?;
        let mut facts = Facts { signed: Some(opportunity.state), examined: None };
        if transition.guards.contains(&Guard::Earned) {
            // One at a time for each partner, so that two do not share what is left of a year.
            let sql = turn.tx.holding("SELECT id FROM partner WHERE id = $1");
            query_one(turn.tx.orm(), &sql, [row.partner_id.0.into()]).await?;
            facts.examined = Some(examine(turn.tx.orm(), opportunity, Some(row.id)).await?);
        }
        Ok(facts)
    }

    fn holds(guard: Guard, looked: Looked<'_, Self>) -> Result<(), Vec<Refusal>> {
        match (guard, looked.facts) {
            (Guard::StillSigned, Facts { signed: Some(state), .. }) => match state {
                OpportunityState::Won | OpportunityState::Delivered => Ok(()),
                other => Err(vec![Refusal::at("id", Code::PceNotSigned, other.name())]),
            },
            (Guard::Earned, Facts { examined: Some(examined), .. }) => {
                if !examined.violations.is_empty() {
                    return Err(examined.violations.clone());
                }
                if examined.amount == 0 {
                    let detail = money(examined.basis, looked.row.currency);
                    return Err(vec![Refusal::at("id", Code::PceNothingEarned, detail)]);
                }
                Ok(())
            }
            // What was not loaded does not hold.
            (Guard::StillSigned | Guard::Earned, _) => Err(vec![Refusal::at("id", Code::PceNotSigned, "-")]),
        }
    }

    fn changed(row: pce_claim::Model, change: &Change<'_, Self>) -> pce_claim::Model {
        let mut after = pce_claim::Model {
            state: change.transition.to,
            state_since: change.now.max(row.state_since),
            reason: worded(change.how.reason).map(str::to_owned),
            transitions: row.transitions + 1,
            version: row.version + 1,
            ..row
        };
        if let Some(examined) = &change.facts.examined {
            (after.basis, after.amount) = (Some(examined.basis), Some(examined.amount));
        }
        after
    }

    async fn record(turn: Turn<'_>, done: &Done<'_, Self>) -> Result<()> {
        trail::write::<Self>(turn, [Self::kept(&done.after, Entry::of(turn, done))]).await
    }

    async fn carry_out(turn: Turn<'_>, effect: Effect, done: &Done<'_, Self>) -> Result<Vec<Follow<Self>>> {
        let claim = &done.after;
        match effect {
            Effect::BeginReview => begin_review(turn, claim).await?,
            Effect::EndReview => {
                deadline::close(turn.tx, DeadlineKind::PceClaimReview, &claim.id.to_string(), turn.now)
                    .await?;
            }
            Effect::Tell => tell(turn, claim, done.transition.operation).await?,
            Effect::LetGo => let_go(turn.tx, claim.id).await?,
            Effect::Owe => owe(turn.tx, turn.store, turn.now, claim).await?,
        }
        Ok(vec![])
    }
}

impl Trailed for Claims {
    type Trail = pce_claim_transition::Entity;
    type Written = pce_claim_transition::ActiveModel;
    type Step = pce_claim_transition::Model;

    fn kept(after: &pce_claim::Model, entry: Entry<'_, Self>) -> pce_claim_transition::Model {
        pce_claim_transition::Model {
            claim_id: after.id,
            seq: after.transitions,
            operation: entry.operation,
            from_state: entry.from,
            to_state: after.state,
            actor: entry.actor.to_owned(),
            actor_kind: entry.party,
            reason: worded(entry.reason).map(str::to_owned),
            at: entry.at,
        }
    }
}

/// Begins the trail and the review of a claim that was just made, and tells.
pub(super) async fn made(turn: Turn<'_>, claim: &pce_claim::Model) -> Result<()> {
    let entry = Entry {
        operation: PceClaimOperation::Create,
        from: None,
        actor: &turn.context.actor.subject,
        party: PceClaimActor::Partner,
        code: None,
        reason: None,
        at: turn.now,
    };
    trail::write::<Claims>(turn, [Claims::kept(claim, entry)]).await?;
    begin_review(turn, claim).await?;
    tell(turn, claim, PceClaimOperation::Create).await
}

async fn begin_review(turn: Turn<'_>, claim: &pce_claim::Model) -> Result<()> {
    let (kind, entity, partner_id) =
        (DeadlineKind::PceClaimReview, claim.id.to_string(), Some(claim.partner_id));
    deadline::set(turn.tx, turn.store, turn.now, NewDeadline { kind, entity, partner_id, due_at: None })
        .await?;
    Ok(())
}

async fn tell(turn: Turn<'_>, claim: &pce_claim::Model, operation: PceClaimOperation) -> Result<()> {
    let detail = json!({
        "operation": operation.name(),
        "opportunity": claim.opportunity_id.to_string(),
        "amount": claim.amount,
        "currency": claim.currency.as_str(),
        "reason": claim.reason,
    });
    let event = NewEvent {
        topic: EventTopic::PceClaim,
        kind: claim.state.name(),
        entity: claim.id.to_string(),
        partner_id: Some(claim.partner_id),
        detail,
    };
    emit(turn.tx, turn.store, turn.now, event).await?;
    Ok(())
}
