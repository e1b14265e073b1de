//! Moving claims by people: what the vendor publishes or sends back, what the partner confirms or disputes.

use entity::{OpportunityState, PceClaimId, PceClaimOperation, opportunity, pce_claim};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use super::eligibility::examine;
use super::{apply, claim, confirm};
use crate::kernel::actor::Principal;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, query_one};
use crate::kernel::write::{Begun, Context, Write};

/// A claim, as the caller saw it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Seen {
    /// The claim.
    pub id: PceClaimId,
    /// The version the caller saw.
    pub expected_version: i32,
}

/// What is to be done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Move {
    /// The claim.
    pub seen: Seen,
    /// What.
    pub operation: PceClaimOperation,
    /// Why; some operations need it.
    pub reason: Option<String>,
}

/// Moves a claim. What is published is worked out from what was paid until then; what is confirmed is owed.
pub async fn move_one(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Move,
) -> Result<PceClaimId> {
    if matches!(input.operation, PceClaimOperation::Create | PceClaimOperation::Resubmit) {
        let detail = format!("{}: pceClaimCreate, pceClaimResubmit", input.operation);
        return Err(Refusal::at("operation", Code::NotAllowed, detail).into());
    }
    let write = match Write::begin(store, context, "pceClaimMove", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let (opportunity, mut row) = held(&write, input.seen).await?;
    let reason = input.reason.as_deref();
    apply::allowed(context, &row, input.operation, reason)?;
    let signed = matches!(opportunity.state, OpportunityState::Won | OpportunityState::Delivered);
    if input.operation == PceClaimOperation::Confirm && !signed {
        return Err(Refusal::at("id", Code::PceNotSigned, opportunity.state.name()).into());
    }
    if input.operation == PceClaimOperation::Publish {
        row = worked_out(&write, &opportunity, row).await?;
    }
    let row = apply::step(write.tx(), store, context, write.now, row, input.operation, reason).await?;
    if input.operation == PceClaimOperation::Reject {
        claim::let_go(write.tx(), row.id).await?;
    }
    if input.operation == PceClaimOperation::Confirm {
        confirm::owe(write.tx(), store, write.now, &row).await?;
    }
    write.finish(store, &row.id.to_string(), reason, &input, &row.id).await?;
    Ok(row.id)
}

/// A claim at the version the caller saw, held behind its opportunity.
pub(super) async fn held(write: &Write, seen: Seen) -> Result<(opportunity::Model, pce_claim::Model)> {
    let missing = || Refusal::at("id", Code::NotFound, seen.id.to_string());
    let found = pce_claim::Entity::find_by_id(seen.id).one(write.tx().orm()).await?;
    let found = found.filter(|row| match write.actor().principal {
        Principal::Operator { .. } | Principal::System => true,
        Principal::Partner { partner_id } => row.partner_id == partner_id,
        Principal::Customer { .. } => false,
    });
    let opportunity = claim::opportunity_of(write, found.ok_or_else(missing)?.opportunity_id).await?;
    let row = apply::hold(write.tx(), seen.id).await?.ok_or_else(missing)?;
    if row.version != seen.expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, row.version.to_string()).into());
    }
    Ok((opportunity, row))
}

/// The claim with what it comes to now. One at a time for each partner, so that two do not share what is left of a year.
async fn worked_out(
    write: &Write,
    opportunity: &opportunity::Model,
    mut row: pce_claim::Model,
) -> Result<pce_claim::Model> {
    let tx = write.tx();
    let sql = tx.holding("SELECT id FROM partner WHERE id = $1");
    query_one(tx.orm(), &sql, [row.partner_id.0.into()]).await?;
    let mut examined = examine(tx.orm(), opportunity, Some(row.id)).await?;
    if examined.violations.is_empty() && examined.amount == 0 {
        let detail = crate::kernel::amount::money(examined.basis, row.currency);
        examined.violations.push(Refusal::at("id", Code::PceNothingEarned, detail));
    }
    if !examined.violations.is_empty() {
        return Err(Error::Refused(examined.violations));
    }
    (row.basis, row.amount) = (Some(examined.basis), Some(examined.amount));
    Ok(row)
}
