//! Reviewers of an office see what came to it, and any of them takes it: one works on an opportunity at a time.

use entity::{
    OpportunityActor, OpportunityId, OpportunityOperation, OpportunityState, RouteKind, opportunity,
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use crate::kernel::actor::{Actor, Role};
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::machine::Turn;
use crate::kernel::store::{Store, query_one};
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::content::draft::{Seen, seen};
use crate::opportunity::state::drive::note;

/// An opportunity to be worked on by the caller, or let go.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Take {
    /// Opportunity, as the caller saw it.
    pub seen: Seen,
    /// `true` to work on it, `false` to let it go.
    pub take: bool,
}

/// Takes an opportunity, or lets it go: it is waited for, so that of two who take it at once one does. Who coordinates
/// may take over what another holds.
pub async fn take(store: &Store, context: &Context, key: Option<&str>, input: Take) -> Result<OpportunityId> {
    let write = match Write::begin(store, context, "opportunityClaim", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let mut row = seen(&write, input.seen).await?;
    if !matches!(row.state, OpportunityState::InReview | OpportunityState::Verifying) {
        return Err(Refusal::at("id", Code::WrongState, row.state.name()).into());
    }
    let (tx, me) = (write.tx(), write.actor().subject.clone());
    let free = row.claimed_by.is_none() || row.claimed_by.as_deref() == Some(&me);
    if !free && !coordinates(tx.orm(), write.actor()).await? {
        let holder = row.claimed_by.unwrap_or_default();
        return Err(Refusal::at("id", Code::ClaimedByOther, holder).into());
    }
    if !input.take && row.claimed_by.is_none() {
        return Err(Refusal::at("id", Code::NotClaimed, "-").into());
    }
    belongs(tx.orm(), write.actor(), &row).await?;
    (row.claimed_by, row.claimed_at) = if input.take { (Some(me), Some(write.now)) } else { (None, None) };
    let operation = if input.take { OpportunityOperation::Claim } else { OpportunityOperation::Release };
    let kind = if input.take { "CLAIMED" } else { "RELEASED" };
    let (turn, id) = (Turn::of(&write, store, context), row.id);
    note(turn, row, OpportunityActor::Reviewer, (operation, None), kind).await?;
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// Refuses who neither works in the office that looks after an opportunity nor coordinates.
pub(in crate::opportunity) async fn belongs<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    row: &opportunity::Model,
) -> Result<()> {
    if is_of_its_office(connection, actor, row).await? {
        return Ok(());
    }
    Err(not_of_its_office(actor).into())
}

/// `true` for who works in the office that looks after an opportunity, or coordinates.
pub(in crate::opportunity) async fn is_of_its_office<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    row: &opportunity::Model,
) -> Result<bool> {
    let works = works_in_its_office(connection, &actor.subject, row).await?;
    Ok(works || coordinates(connection, actor).await?)
}

/// The refusal of somebody of another office.
pub(in crate::opportunity) fn not_of_its_office(actor: &Actor) -> Refusal {
    Refusal::at("id", Code::NotOfItsOffice, actor.subject.as_str())
}

/// `true` for coordinators and administrators: they may act for every office.
pub(in crate::opportunity) async fn coordinates<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
) -> Result<bool> {
    if actor.has_role(Role::Administrator) {
        return Ok(true);
    }
    let sql = "SELECT 1 FROM pce_coordinator WHERE subject = $1";
    Ok(query_one(connection, sql, [actor.subject.as_str().into()]).await?.is_some())
}

/// `true` for whoever works in the office that looks after an opportunity.
async fn works_in_its_office<C: ConnectionTrait>(
    connection: &C,
    subject: &str,
    row: &opportunity::Model,
) -> Result<bool> {
    let Some(office) = row.office_id.filter(|_| row.route != Some(RouteKind::Coordinator)) else {
        return Ok(false);
    };
    let sql = "SELECT 1 FROM office_member WHERE office_id = $1 AND subject = $2";
    Ok(query_one(connection, sql, [office.0.into(), subject.into()]).await?.is_some())
}
