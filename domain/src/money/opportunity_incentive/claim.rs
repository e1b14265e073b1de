//! Claiming by the partner, and claiming again what was sent back.

use entity::{FileId, OpportunityId, PceClaimId, PceClaimOperation, PceClaimState, opportunity, pce_claim};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};

use super::eligibility::{Examined, examine};
use super::ground::take;
use super::machine::Claims;
use super::{drive, moves};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::machine::{Move, Turn, hold, permitted, step};
use crate::kernel::store::{Store, query_one};
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::content::draft::visible;
use crate::opportunity::content::edit::TEXT_LIMIT;
use crate::opportunity::state::machine::Opportunities;

/// What is claimed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewClaim {
    /// The opportunity.
    pub opportunity_id: OpportunityId,
    /// What the partner says; may be empty.
    pub note: String,
    /// A file of the opportunity that proves it.
    pub evidence: Option<FileId>,
}

/// A claim that was sent back, as it shall be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Again {
    /// The claim, as the caller saw it.
    pub seen: moves::Seen,
    /// What the partner says; may be empty.
    pub note: String,
    /// A file of the opportunity that proves it.
    pub evidence: Option<FileId>,
}

/// Claims for an opportunity of the caller's own, once; refuses with everything that speaks against it.
pub async fn create(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: NewClaim,
) -> Result<PceClaimId> {
    let write = match Write::begin(store, context, "pceClaimCreate", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let (tx, now) = (write.tx(), write.now);
    let opportunity = visible(&write, input.opportunity_id).await?;
    let Some(partner_id) = opportunity.partner_id.filter(|_| !write.actor().sees_all()) else {
        return Err(Refusal::at("opportunityId", Code::NotAllowed, "PARTNER").into());
    };
    let examined = checked(&write, &opportunity, None, &input.note, input.evidence).await?;
    let policy_id = examined.policy.as_ref().map(|policy| policy.id);
    let claim = pce_claim::Model {
        id: PceClaimId(store.ids.next(now)),
        opportunity_id: opportunity.id,
        partner_id,
        policy_id: policy_id.ok_or_else(|| Error::Invariant("a claim by no policy".into()))?,
        state: PceClaimState::InReview,
        state_since: now,
        reason: None,
        year: examined.year,
        currency: opportunity.currency,
        basis: None,
        amount: None,
        evidence_file_id: input.evidence,
        note: input.note.trim().to_owned(),
        transitions: 1,
        created_by: write.actor().subject.clone(),
        created_at: now,
        version: 1,
    };
    let values = claim.clone().into_active_model().reset_all();
    pce_claim::Entity::insert(values).exec_without_returning(tx.orm()).await?;
    take(tx, claim.id, &examined).await?;
    drive::made(Turn::of(&write, store, context), &claim).await?;
    write.finish(store, &claim.id.to_string(), None, &input, &claim.id).await?;
    Ok(claim.id)
}

/// Sends a claim again, with what the opportunity is linked to now.
pub async fn resubmit(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Again,
) -> Result<PceClaimId> {
    let write = match Write::begin(store, context, "pceClaimResubmit", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let (opportunity, mut claim) = moves::held(&write, input.seen).await?;
    let how = Move::plain(PceClaimOperation::Resubmit);
    permitted::<Claims>(write.actor(), &claim, &how)?;
    let examined = checked(&write, &opportunity, Some(claim.id), &input.note, input.evidence).await?;
    take(write.tx(), claim.id, &examined).await?;
    if let Some(policy) = &examined.policy {
        (claim.policy_id, claim.year) = (policy.id, examined.year);
    }
    claim.note = input.note.trim().to_owned();
    claim.evidence_file_id = input.evidence;
    (claim.basis, claim.amount) = (None, None);
    let claim = step::<Claims>(Turn::of(&write, store, context), claim, how).await?;
    write.finish(store, &claim.id.to_string(), None, &input, &claim.id).await?;
    Ok(claim.id)
}

/// Everything that speaks against a claim, named at once.
async fn checked(
    write: &Write,
    opportunity: &opportunity::Model,
    own: Option<PceClaimId>,
    note: &str,
    evidence: Option<FileId>,
) -> Result<Examined> {
    let orm = write.tx().orm();
    let mut examined = examine(orm, opportunity, own).await?;
    if note.trim().chars().count() > TEXT_LIMIT {
        let detail = format!("at most {TEXT_LIMIT} characters");
        examined.violations.push(Refusal::at("note", Code::Invalid, detail));
    }
    if let Some(file) = evidence {
        let sql = "SELECT 1 FROM opportunity_file WHERE opportunity_id = $1 AND file_id = $2";
        if query_one(orm, sql, [opportunity.id.0.into(), file.0.into()]).await?.is_none() {
            let detail = file.to_string();
            examined.violations.push(Refusal::at("evidenceFileId", Code::NotFound, detail));
        }
    }
    if examined.violations.is_empty() { Ok(examined) } else { Err(Error::Refused(examined.violations)) }
}

/// The opportunity of a claim, held before it.
pub(super) async fn opportunity_of(write: &Write, id: OpportunityId) -> Result<opportunity::Model> {
    let row = hold::<Opportunities>(write.tx(), id).await?;
    row.ok_or_else(|| Error::Invariant(format!("{id} of a claim is missing")))
}
