//! Giving opportunities to another office or person, many at once.

use entity::{
    OfficeId, OpportunityActor, OpportunityId, OpportunityOperation, OpportunityState, RouteKind, opportunity,
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::take::coordinates;
use crate::kernel::actor::Role;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::machine::Turn;
use crate::kernel::many::{BulkPolicy, Outcome, Outcomes};
use crate::kernel::store::{Store, query_one};
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::content::draft::{Seen, seen};
use crate::opportunity::state::drive::note;

/// The new place of opportunities: an office, one of its people, or whatever office a person works in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Target {
    /// The office; none for the person's.
    pub office_id: Option<OfficeId>,
    /// The person, who works on them from now on; none for whoever of the office takes them.
    pub subject: Option<String>,
}

/// A wish to give opportunities to another office or person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reassign {
    /// Opportunities, as the caller saw them.
    pub opportunities: Vec<Seen>,
    /// Office or person that gets them.
    pub to: Target,
    /// Reason in words; it stands in the trail of each.
    pub reason: Option<String>,
    /// Treatment of the others when one is refused.
    pub policy: BulkPolicy,
}

/// Gives the opportunities away and says for each what became of it, in the order asked for. Operations may, and
/// coordinators.
pub async fn reassign_many(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Reassign,
) -> Result<Vec<Outcome<OpportunityId>>> {
    let mut outcomes = Outcomes::of("opportunities", input.opportunities.iter().map(|seen| seen.id))?;
    let write = match Write::begin(store, context, "opportunityReassignMany", key, &input).await? {
        Begun::Replay(outcomes) => return Ok(outcomes),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx().orm();
    if !write.actor().has_role(Role::Operations) && !coordinates(tx, write.actor()).await? {
        return Err(Refusal::new(Code::NotAllowed, "OPERATIONS").into());
    }
    let office = office(tx, &input.to).await?;
    // Whoever holds several waits for others in the same order.
    let mut order: Vec<_> = input.opportunities.iter().enumerate().collect();
    order.sort_unstable_by_key(|(_, seen)| seen.id);
    for (i, seen) in order {
        outcomes.note(i, one(&write, store, context, &input, &office, *seen).await)?;
    }
    let about = outcomes.about();
    let outcomes = outcomes.under(input.policy)?;
    write.finish(store, &about, input.reason.as_deref(), &(&input, &outcomes), &outcomes).await?;
    Ok(outcomes)
}

/// The office they go to, with its code: one with people, in which the person works.
async fn office<C: ConnectionTrait>(connection: &C, to: &Target) -> Result<(OfficeId, String)> {
    let (sql, values, field, named) = match (to.office_id, &to.subject) {
        (None, None) => {
            return Err(Refusal::at("officeId", Code::Invalid, "an office, a person, or both").into());
        }
        (Some(id), None) => {
            let sql = "SELECT m.office_id, o.code FROM office_member m JOIN office o ON o.id = m.office_id WHERE m.office_id = $1 LIMIT 1";
            (sql, vec![id.0.into()], "officeId", id.to_string())
        }
        (None, Some(subject)) => {
            let sql = "SELECT m.office_id, o.code FROM office_member m JOIN office o ON o.id = m.office_id WHERE m.subject = $1 ORDER BY m.office_id LIMIT 1";
            (sql, vec![subject.as_str().into()], "subject", subject.clone())
        }
        (Some(id), Some(subject)) => {
            let sql = "SELECT m.office_id, o.code FROM office_member m JOIN office o ON o.id = m.office_id WHERE m.office_id = $1 AND m.subject = $2 LIMIT 1";
            (sql, vec![id.0.into(), subject.as_str().into()], "subject", subject.clone())
        }
    };
    if let Some(found) = query_one(connection, sql, values).await? {
        return Ok((OfficeId(found.try_get_by_index(0)?), found.try_get_by_index(1)?));
    }
    if let Some(id) = to.office_id.filter(|_| to.subject.is_none()) {
        let sql = "SELECT code FROM office WHERE id = $1";
        if let Some(office) = query_one(connection, sql, [id.0.into()]).await? {
            let code: String = office.try_get_by_index(0)?;
            return Err(Refusal::at(field, Code::OfficeWithoutPeople, code).into());
        }
    }
    Err(Refusal::at(field, Code::NotFound, named).into())
}

/// Gives one away, or refuses before anything of it is written. What is decided keeps its state; a claim ends.
async fn one(
    write: &Write,
    store: &Store,
    context: &Context,
    input: &Reassign,
    office: &(OfficeId, String),
    which: Seen,
) -> Result<()> {
    let row = seen(write, which).await?;
    if !can_be_given(row.state, input.to.subject.is_some()) {
        return Err(Refusal::at("id", Code::WrongState, row.state.name()).into());
    }
    let row = opportunity::Model {
        office_id: Some(office.0),
        route: Some(RouteKind::Reassigned),
        route_detail: Some(write.actor().subject.clone()),
        claimed_by: input.to.subject.clone(),
        claimed_at: input.to.subject.as_ref().map(|_| write.now),
        ..row
    };
    let told = told(&input.to, &office.1, input.reason.as_deref());
    let what = (OpportunityOperation::Reassign, Some(told.as_str()));
    note(Turn::of(write, store, context), row, OpportunityActor::Operations, what, "REASSIGNED").await?;
    Ok(())
}

/// New office and person with the reason, as the trail keeps it. PURE.
fn told(to: &Target, office: &str, reason: Option<&str>) -> String {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let to = to.subject.as_ref().map_or_else(|| office.to_owned(), |subject| format!("{office}, {subject}"));
    reason.map_or_else(|| to.clone(), |reason| format!("{to}: {reason}"))
}

/// Whether an office, or a person, can take over what stands there: nobody looks after what ended, and people work on
/// what is decided on. PURE.
const fn can_be_given(state: OpportunityState, to_person: bool) -> bool {
    use OpportunityState as S;
    match state {
        S::InReview | S::Verifying => true,
        S::Draft | S::ReviewRejected | S::Rejected | S::Delivered | S::Lost | S::Closed => false,
        S::Verified
        | S::ToOffer
        | S::PendingAccept
        | S::Refused
        | S::RefusedTimeout
        | S::Accepted
        | S::InProgress
        | S::Won => !to_person,
    }
}
