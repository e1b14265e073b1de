//! Moving claims by people: what the vendor publishes or sends back, what the partner confirms or disputes.

use entity::{PceClaimId, PceClaimOperation, opportunity, pce_claim};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use super::claim;
use super::machine::Claims;
use crate::kernel::actor::Principal;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::machine::{self, Turn};
use crate::kernel::store::Store;
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
    let (opportunity, row) = held(&write, input.seen).await?;
    let reason = input.reason.as_deref();
    let how = machine::Move::because(input.operation, reason).with(Some(Box::new(opportunity)));
    let row = machine::step::<Claims>(Turn::of(&write, store, context), row, how).await?;
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
    let row = machine::hold::<Claims>(write.tx(), seen.id).await?.ok_or_else(missing)?;
    if row.version != seen.expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, row.version.to_string()).into());
    }
    Ok((opportunity, row))
}
