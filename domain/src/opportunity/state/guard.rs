//! Guards of opportunities: the facts they look at, read once, and what those mean, pure.

use entity::{Day, PartnerId, Timestamp, opportunity, pce_profile};
use sea_orm::EntityTrait;

use super::machine::{Guard, Opportunities, has_passed};
use crate::kernel::actor::{Actor, Principal, Role};
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::machine::{Looked, Transition, Turn};
use crate::kernel::store::Tx;
use crate::kernel::write::Context;
use crate::opportunity::duplicate::subject::Subject;
use crate::opportunity::duplicate::verdict::Verdict;
use crate::opportunity::offer::candidates::{Among, judged};
use crate::opportunity::offer::keep;
use crate::opportunity::offer::recipients::Recipient;
use crate::opportunity::{
    content::qualify, content::update, duplicate::near, duplicate::pass, progress::link, review::take,
};
use crate::programme::calendar::Calendar;

/// Facts that the guards of opportunities look at: each is loaded where a guard asks for it.
#[derive(Debug, Default)]
pub struct Facts {
    /// Whether its partner joined.
    joined: bool,
    /// Everything that it does not say.
    unqualified: Vec<Refusal>,
    /// Whether the caller works in its office, or coordinates.
    of_its_office: bool,
    /// Its partner, judged as one it can be offered to.
    pub(super) recipient: Option<Recipient>,
    /// Instant at which the pending offer falls due.
    due_at: Option<Timestamp>,
    /// Opportunities that it seems to repeat, and nobody decided on.
    suspected: Vec<opportunity::Model>,
    /// State of the incentive claim that rests on it; none if none does.
    claim: Option<String>,
    /// What becomes of it among those that repeat it.
    pub(super) verdict: Option<Verdict>,
    /// Those that repeat it.
    pub(super) others: Vec<opportunity::Model>,
}

/// Reads what the guards of a transition look at, in the order of the table: the lock of duplicates is taken where it was
/// not before.
pub(super) async fn load(
    turn: Turn<'_>,
    row: &opportunity::Model,
    transition: &'static Transition<Opportunities>,
) -> Result<Facts> {
    let (tx, actor) = (turn.tx, &turn.context.actor);
    let mut facts = Facts::default();
    for guard in transition.guards {
        match guard {
            Guard::Joined => facts.joined = joined(tx, row.partner_id).await?,
            Guard::Qualified => facts.unqualified = unqualified(turn, row).await?,
            Guard::Claimed if claimant(actor, row) => {
                facts.of_its_office = take::is_of_its_office(tx.orm(), actor, row).await?;
            }
            Guard::LookedAfter if answers_for_office(actor) => {
                facts.of_its_office = take::is_of_its_office(tx.orm(), actor, row).await?;
            }
            Guard::Eligible => facts.recipient = recipient(turn, row).await?,
            Guard::InTime => facts.due_at = keep::due(tx, row.id).await?,
            Guard::NothingSuspected => {
                pass::lock(tx).await?;
                facts.suspected = near::suspected(tx, row.id).await?;
            }
            Guard::NothingPassed | Guard::FirstOfItsKind => {
                let (verdict, others) = pass::judge(tx, row).await?;
                (facts.verdict, facts.others) = (Some(verdict), others);
            }
            Guard::NoClaimUnderWay => facts.claim = link::claim_under_way(tx, row.id).await?,
            Guard::Claimed | Guard::LookedAfter | Guard::OfferingKnown => {}
        }
    }
    Ok(facts)
}

/// Refuses what does not hold; the message says what would cure it. PURE.
pub(super) fn holds(guard: Guard, looked: &Looked<'_, Opportunities>) -> Result<(), Vec<Refusal>> {
    let Looked { actor, now, row, facts, .. } = *looked;
    let refuse = |field: &str, code, detail: String| Err(vec![Refusal::at(field, code, detail)]);
    match guard {
        Guard::Joined if !facts.joined => {
            let who = row.partner_id.map_or_else(|| "-".to_owned(), |id| id.to_string());
            refuse("operation", Code::PceNotJoined, who)
        }
        Guard::Qualified if !facts.unqualified.is_empty() => Err(facts.unqualified.clone()),
        Guard::Claimed => claimed_by(actor, row, facts.of_its_office).map_err(|refusal| vec![refusal]),
        Guard::LookedAfter if answers_for_office(actor) && !facts.of_its_office => {
            Err(vec![take::not_of_its_office(actor)])
        }
        Guard::OfferingKnown if row.offering_id.is_none() => {
            refuse("operation", Code::OfferingMissing, row.name.clone())
        }
        Guard::Eligible => match &facts.recipient {
            Some(recipient) if recipient.rank.is_some() => Ok(()),
            Some(recipient) => refuse("partnerId", Code::NotEligible, keep::grounds(&recipient.fails)),
            None => refuse("partnerId", Code::NoRecipient, String::new()),
        },
        // Whether the product has taken the offer back already or not.
        Guard::InTime => match facts.due_at {
            Some(due_at) if now >= due_at => refuse("operation", Code::OfferExpired, due_at.to_rfc3339()),
            _ => Ok(()),
        },
        Guard::NothingSuspected => match facts.suspected.iter().find(|other| is_suspect(row, other)) {
            Some(other) => refuse("operation", Code::DuplicateSuspected, other.id.to_string()),
            None => Ok(()),
        },
        Guard::NothingPassed if matches!(facts.verdict, Some(Verdict::Lose { .. })) => {
            refuse("operation", Code::DuplicateOpportunity, String::new())
        }
        // What loses is not refused: it gives way.
        Guard::FirstOfItsKind => match facts.verdict {
            Some(Verdict::Wait { first }) => Err(vec![pass::undecided(first, actor.sees_all())]),
            _ => Ok(()),
        },
        Guard::NoClaimUnderWay => match &facts.claim {
            Some(state) => refuse("id", Code::PceClaimUnderWay, state.clone()),
            None => Ok(()),
        },
        Guard::Joined
        | Guard::Qualified
        | Guard::LookedAfter
        | Guard::OfferingKnown
        | Guard::NothingPassed => Ok(()),
    }
}

/// What seems to repeat one that passed is verified only after somebody decided on the two: afterwards it is too late.
/// What repeats it by the rule is decided by the rule. PURE.
fn is_suspect(row: &opportunity::Model, other: &opportunity::Model) -> bool {
    has_passed(other.state) && !Subject::from(row).repeats(&Subject::from(other))
}

/// `true` for the vendor's people who act for an office: operations act for all. PURE.
fn answers_for_office(actor: &Actor) -> bool {
    matches!(actor.principal, Principal::Operator { .. }) && !actor.has_role(Role::Operations)
}

/// `true` for who claimed it and has to be of its office; administrators need not. PURE.
fn claimant(actor: &Actor, row: &opportunity::Model) -> bool {
    !actor.has_role(Role::Administrator) && row.claimed_by.as_deref() == Some(actor.subject.as_str())
}

/// Refuses whoever has not claimed it, or left the office since and does not coordinate. PURE.
fn claimed_by(actor: &Actor, row: &opportunity::Model, of_its_office: bool) -> Result<(), Refusal> {
    if actor.has_role(Role::Administrator) || (claimant(actor, row) && of_its_office) {
        return Ok(());
    }
    if claimant(actor, row) {
        return Err(take::not_of_its_office(actor));
    }
    Err(Refusal::at("operation", Code::NotClaimed, row.claimed_by.as_deref().unwrap_or("-")))
}

async fn joined(tx: &Tx, partner: Option<PartnerId>) -> Result<bool> {
    let Some(id) = partner else { return Ok(false) };
    let profile = pce_profile::Entity::find_by_id(id).one(tx.orm()).await?;
    Ok(profile.is_some_and(|profile| profile.joined_at.is_some()))
}

async fn unqualified(turn: Turn<'_>, row: &opportunity::Model) -> Result<Vec<Refusal>> {
    let today = Day::of(Calendar::load(turn.tx.orm()).await?.day_of(turn.now));
    let mut violations = qualify::violations(row, today);
    if let Some(id) = row.offering_id
        && update::offering(turn.tx, row.partner_id, id).await?.is_none()
    {
        violations.push(Refusal::at("offeringId", Code::NotFound, id.to_string()));
    }
    Ok(violations)
}

async fn recipient(turn: Turn<'_>, row: &opportunity::Model) -> Result<Option<Recipient>> {
    let Some(id) = row.partner_id else { return Ok(None) };
    Ok(judged(turn.tx.orm(), turn.now, row, Among::One(id)).await?.into_iter().next())
}

/// Of the vendor's people those of the office that looks after an opportunity go on with it once it passed, coordinators,
/// and operations.
pub(in crate::opportunity) async fn looks_after(
    tx: &Tx,
    context: &Context,
    row: &opportunity::Model,
) -> Result<()> {
    if answers_for_office(&context.actor) {
        take::belongs(tx.orm(), &context.actor, row).await?;
    }
    Ok(())
}

/// Refuses whoever has not claimed it, or left the office since and does not coordinate. Administrators need not.
pub(in crate::opportunity) async fn claimed(
    tx: &Tx,
    context: &Context,
    row: &opportunity::Model,
) -> Result<()> {
    let actor = &context.actor;
    let of_its_office = claimant(actor, row) && take::is_of_its_office(tx.orm(), actor, row).await?;
    Ok(claimed_by(actor, row, of_its_office)?)
}
