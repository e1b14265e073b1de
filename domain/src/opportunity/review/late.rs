//! Effects of the deadlines of review and verification that passed.

use entity::{
    OpportunityActor, OpportunityId, OpportunityOperation, OpportunityState, RouteKind, Timestamp,
    opportunity,
};
use sea_orm::FromQueryResult;

use crate::kernel::error::Result;
use crate::kernel::machine::{Move, Turn, step};
use crate::kernel::store::{Store, Tx, placeholders, query};
use crate::kernel::write::Context;
use crate::opportunity::duplicate::pass;
use crate::opportunity::state::drive::note;
use crate::opportunity::state::machine::Opportunities;

/// The kind of event when nobody reviewed an opportunity in time.
pub const ESCALATED: &str = "ESCALATED";

/// Reads the opportunities of deadlines and holds them until the transaction ends, in the order of their keys.
pub async fn hold_all(tx: &Tx, entities: &[String]) -> Result<Vec<opportunity::Model>> {
    let ids = entities.iter().filter_map(|entity| entity.parse::<OpportunityId>().ok());
    let ids: Vec<sea_orm::Value> = ids.map(|id| id.0.into()).collect();
    if ids.is_empty() {
        return Ok(vec![]);
    }
    // A decision over duplicates holds several in an order of its own.
    pass::lock(tx).await?;
    let list = placeholders(1, ids.len());
    let sql = tx.holding(&format!("SELECT * FROM opportunity WHERE id IN {list} ORDER BY id"));
    let rows = query(tx.orm(), &sql, ids).await?;
    rows.iter().map(|row| Ok(opportunity::Model::from_query_result(row, "")?)).collect()
}

/// Nobody verified them in time: they are rejected.
pub async fn expire(tx: &Tx, store: &Store, now: Timestamp, entities: &[String]) -> Result<()> {
    let context = Context::system("deadline");
    for held in hold_all(tx, entities).await? {
        if held.state == OpportunityState::Verifying {
            let turn = Turn { tx, store, context: &context, now };
            step::<Opportunities>(turn, held, Move::plain(OpportunityOperation::Expire)).await?;
        }
    }
    Ok(())
}

/// Nobody reviewed them in time: coordinators look after them from now on, and are told. Their office still sees them.
pub async fn escalate(tx: &Tx, store: &Store, now: Timestamp, entities: &[String]) -> Result<()> {
    let context = Context::system("deadline");
    for mut row in hold_all(tx, entities).await? {
        if row.state != OpportunityState::InReview {
            continue;
        }
        row.route = Some(RouteKind::Escalated);
        (row.claimed_by, row.claimed_at) = (None, None);
        let (turn, what) =
            (Turn { tx, store, context: &context, now }, (OpportunityOperation::Reassign, None));
        note(turn, row, OpportunityActor::System, what, ESCALATED).await?;
    }
    Ok(())
}
