//! Moving opportunities by people, many at once: all of them or those that can be moved.

use entity::{OpportunityActor, OpportunityId, OpportunityOperation, OpportunityReason};
use serde::{Deserialize, Serialize};

use super::machine::Opportunities;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::machine::{self, Machine, Move, Transition, Turn};
use crate::kernel::many::{BulkPolicy, Outcome, Outcomes};
use crate::kernel::store::Store;
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::content::draft::{Seen, is_visible};
use crate::opportunity::duplicate::pass;

/// What is to be done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Moves {
    /// The operation, the same for all.
    pub operation: OpportunityOperation,
    /// The opportunities.
    pub opportunities: Vec<Seen>,
    /// Why, of the closed list; some operations need it.
    pub code: Option<OpportunityReason>,
    /// Why, in words; some operations need it.
    pub reason: Option<String>,
    /// What becomes of the others when one is refused.
    pub policy: BulkPolicy,
}

/// Moves the opportunities and says for each what became of it, in the order asked for. With ALL_OR_NOTHING every
/// refusal of every one is named at once.
pub async fn move_all(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Moves,
) -> Result<Vec<Outcome<OpportunityId>>> {
    check(&input)?;
    let mut outcomes = Outcomes::of("opportunities", input.opportunities.iter().map(|seen| seen.id))?;
    let write = match Write::begin(store, context, "opportunityMove", key, &input).await? {
        Begun::Replay(outcomes) => return Ok(outcomes),
        Begun::Fresh(write) => write,
    };
    pass::lock(write.tx()).await?;
    // Whoever holds several waits for others in the same order.
    let mut order: Vec<_> = input.opportunities.iter().enumerate().collect();
    order.sort_unstable_by_key(|(_, seen)| seen.id);
    for (i, seen) in order {
        outcomes.note(i, one(&write, store, context, &input, *seen).await)?;
    }
    let about = outcomes.about();
    let outcomes = outcomes.under(input.policy)?;
    write.finish(store, &about, input.reason.as_deref(), &(&input, &outcomes), &outcomes).await?;
    Ok(outcomes)
}

/// Refuses what is never done by people, or is done elsewhere.
fn check(input: &Moves) -> Result<()> {
    let by_hand = |t: &Transition<Opportunities>| {
        t.operation == input.operation && t.by.iter().any(|by| *by != OpportunityActor::System)
    };
    let elsewhere = match input.operation {
        OpportunityOperation::Offer => Some("opportunityOffer"),
        OpportunityOperation::Start | OpportunityOperation::Progress => Some("opportunityProgressAdd"),
        OpportunityOperation::Create => Some("opportunityCreate, opportunityShare"),
        OpportunityOperation::Edit => Some("opportunityUpdate"),
        OpportunityOperation::Claim | OpportunityOperation::Release => Some("opportunityClaim"),
        OpportunityOperation::Reassign => Some("opportunityReassignMany"),
        _ if Opportunities::TABLE.iter().any(by_hand) => None,
        _ => Some("SYSTEM"),
    };
    if let Some(elsewhere) = elsewhere {
        let detail = format!("{}: {elsewhere}", input.operation);
        return Err(Refusal::at("operation", Code::NotAllowed, detail).into());
    }
    Ok(())
}

/// Moves one, or refuses before anything of it is written.
async fn one(write: &Write, store: &Store, context: &Context, input: &Moves, seen: Seen) -> Result<()> {
    let tx = write.tx();
    let held = machine::hold::<Opportunities>(tx, seen.id).await?;
    let held = held.filter(|row| is_visible(write.actor(), row));
    let held = held.ok_or_else(|| Refusal::at("id", Code::NotFound, seen.id.to_string()))?;
    if held.version != seen.expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, held.version.to_string()).into());
    }
    let how = Move { code: input.code, ..Move::because(input.operation, input.reason.as_deref()) };
    machine::step::<Opportunities>(Turn::of(write, store, context), held, how).await?;
    Ok(())
}
