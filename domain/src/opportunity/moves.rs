//! Moving opportunities by people, many at once: all of them or those that can be moved.

use entity::{OpportunityActor, OpportunityId, OpportunityOperation, OpportunityReason, opportunity};
use serde::{Deserialize, Serialize};

use super::apply::{self, Move};
use super::draft::{Seen, is_visible};
use super::machine;
use crate::error::{Code, Error, Refusal, Result};
use crate::payment::moves::{BULK_LIMIT, BulkPolicy};
use crate::store::Store;
use crate::write::{Begun, Context, Write};

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

/// What became of one opportunity.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outcome {
    /// The opportunity.
    pub id: OpportunityId,
    /// Why it did not move; empty if it did.
    pub refusals: Vec<Refusal>,
}

/// Moves the opportunities and says for each what became of it, in the order asked for. With ALL_OR_NOTHING every
/// refusal of every one is named at once.
pub async fn move_all(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Moves,
) -> Result<Vec<Outcome>> {
    check(&input)?;
    let write = match Write::begin(store, context, "opportunityMove", key, &input).await? {
        Begun::Replay(outcomes) => return Ok(outcomes),
        Begun::Fresh(write) => write,
    };
    let mut outcomes = Vec::with_capacity(input.opportunities.len());
    // Whoever holds several waits for others in the same order.
    let mut order: Vec<_> = input.opportunities.iter().enumerate().collect();
    order.sort_unstable_by_key(|(_, seen)| seen.id);
    for (i, seen) in order {
        let refusals = match one(&write, store, context, &input, *seen).await {
            Ok(()) => vec![],
            Err(Error::Refused(refusals)) => refusals.into_iter().map(|refusal| at_row(i, refusal)).collect(),
            Err(error) => return Err(error),
        };
        outcomes.push((i, Outcome { id: seen.id, refusals }));
    }
    outcomes.sort_unstable_by_key(|(i, _)| *i);
    let outcomes: Vec<_> = outcomes.into_iter().map(|(_, outcome)| outcome).collect();
    if input.policy == BulkPolicy::AllOrNothing {
        let refusals: Vec<Refusal> = outcomes.iter().flat_map(|o| o.refusals.clone()).collect();
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
    }
    let about = match &input.opportunities[..] {
        [one] => one.id.to_string(),
        many => format!("{} opportunities", many.len()),
    };
    write.finish(store, &about, input.reason.as_deref(), &(&input, &outcomes), &outcomes).await?;
    Ok(outcomes)
}

fn at_row(i: usize, refusal: Refusal) -> Refusal {
    let path = ["opportunities".to_owned(), i.to_string()].into_iter().chain(refusal.path).collect();
    Refusal { path, ..refusal }
}

fn check(input: &Moves) -> Result<()> {
    if input.opportunities.is_empty() || input.opportunities.len() > BULK_LIMIT {
        let detail = format!("1 to {BULK_LIMIT} opportunities at once");
        return Err(Refusal::at("opportunities", Code::Invalid, detail).into());
    }
    let mut ids: Vec<_> = input.opportunities.iter().map(|seen| seen.id).collect();
    ids.sort_unstable();
    if ids.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(Refusal::at("opportunities", Code::Invalid, "the same opportunity twice").into());
    }
    let by_hand = |t: &machine::Transition| {
        t.operation == input.operation && t.by.iter().any(|by| *by != OpportunityActor::System)
    };
    let elsewhere = match input.operation {
        OpportunityOperation::Offer => Some("opportunityOffer"),
        OpportunityOperation::Start => Some("opportunityProgressAdd"),
        _ if machine::TABLE.iter().any(by_hand) => None,
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
    let held: Option<opportunity::Model> = apply::hold(tx, seen.id).await?;
    let held = held.filter(|row| is_visible(write.actor(), row));
    let held = held.ok_or_else(|| Refusal::at("id", Code::NotFound, seen.id.to_string()))?;
    if held.version != seen.expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, held.version.to_string()).into());
    }
    let how = Move { operation: input.operation, code: input.code, reason: input.reason.as_deref() };
    apply::step(tx, store, context, write.now, held, how).await?;
    Ok(())
}
