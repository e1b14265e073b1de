//! What must hold before a transition, looked at in its transaction.

use entity::{Day, OpportunityOperation, PartnerId, Timestamp, opportunity, pce_profile};
use sea_orm::EntityTrait;

use super::machine::{Guard, Transition};
use crate::kernel::actor::{Principal, Role};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::Tx;
use crate::kernel::write::Context;
use crate::opportunity::duplicate::subject::Subject;
use crate::opportunity::duplicate::verdict::Verdict;
use crate::opportunity::offer::candidates::{Among, judged};
use crate::opportunity::{
    content::qualify, content::update, duplicate::near, duplicate::pass, offer::make, progress::link,
    review::take, state::machine,
};
use crate::programme::calendar::Calendar;

/// Refuses what does not hold; the message says what would cure it.
pub(in crate::opportunity) async fn check(
    tx: &Tx,
    context: &Context,
    now: Timestamp,
    opportunity: &opportunity::Model,
    transition: &Transition,
) -> Result<()> {
    if transition.operation == OpportunityOperation::Accept {
        make::in_time(tx, now, opportunity).await?;
    }
    if machine::has_passed(opportunity.state) {
        looks_after(tx, context, opportunity).await?;
        if !machine::has_passed(transition.to) {
            link::no_claim_under_way(tx, opportunity.id).await?;
        }
    }
    if transition.operation == OpportunityOperation::Verify {
        nothing_suspected(tx, opportunity).await?;
    }
    for guard in transition.guards {
        match guard {
            Guard::Joined => joined(tx, opportunity.partner_id).await?,
            Guard::Eligible => eligible(tx, now, opportunity).await?,
            Guard::Qualified => {
                let today = Day::of(Calendar::load(tx.orm()).await?.day_of(now));
                let mut violations = qualify::violations(opportunity, today);
                if let Some(id) = opportunity.offering_id
                    && update::offering(tx, opportunity.partner_id, id).await?.is_none()
                {
                    violations.push(Refusal::at("offeringId", Code::NotFound, id.to_string()));
                }
                if !violations.is_empty() {
                    return Err(Error::Refused(violations));
                }
            }
            Guard::Claimed => claimed(tx, context, opportunity).await?,
            Guard::OfferingKnown => {
                if opportunity.offering_id.is_none() {
                    return Err(
                        Refusal::at("operation", Code::OfferingMissing, opportunity.name.as_str()).into()
                    );
                }
            }
            // Not refused: it gives way (`apply::step`).
            Guard::FirstOfItsKind => {}
            Guard::NothingPassed => {
                if let (Verdict::Lose { .. }, _) = pass::judge(tx, opportunity).await? {
                    return Err(Refusal::at("operation", Code::DuplicateOpportunity, "").into());
                }
            }
        }
    }
    Ok(())
}

/// Of the vendor's people those of the office that looks after an opportunity go on with it once it passed, coordinators,
/// and operations.
pub(in crate::opportunity) async fn looks_after(
    tx: &Tx,
    context: &Context,
    opportunity: &opportunity::Model,
) -> Result<()> {
    let actor = &context.actor;
    match actor.principal {
        Principal::Operator { .. } if !actor.has_role(Role::Operations) => {
            take::belongs(tx.orm(), actor, opportunity).await
        }
        _ => Ok(()),
    }
}

/// What seems to repeat one that passed is verified only after somebody decided on the two: afterwards it is too late.
async fn nothing_suspected(tx: &Tx, opportunity: &opportunity::Model) -> Result<()> {
    pass::lock(tx).await?;
    for other in near::suspected(tx, opportunity.id).await? {
        // What repeats it by the rule is decided by the rule.
        if machine::has_passed(other.state) && !Subject::from(opportunity).repeats(&Subject::from(&other)) {
            return Err(Refusal::at("operation", Code::DuplicateSuspected, other.id.to_string()).into());
        }
    }
    Ok(())
}

async fn joined(tx: &Tx, partner: Option<PartnerId>) -> Result<()> {
    let profile = match partner {
        None => None,
        Some(id) => pce_profile::Entity::find_by_id(id).one(tx.orm()).await?,
    };
    if profile.is_none_or(|profile| profile.joined_at.is_none()) {
        let who = partner.map_or_else(|| "-".to_owned(), |id| id.to_string());
        return Err(Refusal::at("operation", Code::PceNotJoined, who).into());
    }
    Ok(())
}

/// The partner that is offered it is one it can be offered to.
async fn eligible(tx: &Tx, now: Timestamp, opportunity: &opportunity::Model) -> Result<()> {
    let judged = match opportunity.partner_id {
        None => vec![],
        Some(id) => judged(tx.orm(), now, opportunity, Among::One(id)).await?,
    };
    match judged.first() {
        Some(recipient) if recipient.rank.is_some() => Ok(()),
        Some(recipient) => {
            let fails = make::grounds(&recipient.fails);
            Err(Refusal::at("partnerId", Code::NotEligible, fails).into())
        }
        None => Err(Refusal::at("partnerId", Code::NoRecipient, "").into()),
    }
}

/// Refuses whoever has not claimed it, or left the office since and does not coordinate. Administrators need not.
pub(in crate::opportunity) async fn claimed(
    tx: &Tx,
    context: &Context,
    opportunity: &opportunity::Model,
) -> Result<()> {
    let actor = &context.actor;
    if actor.has_role(Role::Administrator) {
        return Ok(());
    }
    if opportunity.claimed_by.as_deref() != Some(actor.subject.as_str()) {
        let who = opportunity.claimed_by.as_deref().unwrap_or("-");
        return Err(Refusal::at("operation", Code::NotClaimed, who).into());
    }
    take::belongs(tx.orm(), actor, opportunity).await
}
