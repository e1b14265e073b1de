//! The clock that runs while an opportunity is in a state.

use entity::timestamp::DAY;
use entity::{DeadlineKind, OpportunityState, opportunity};

use super::machine;
use crate::kernel::error::Result;
use crate::kernel::machine::Turn;
use crate::programme::deadline::{self, NewDeadline, Timed};

/// Days without progress after which it is reminded of.
pub const REMIND_AFTER_DAYS: i64 = 30;
/// Days without progress after which an opportunity is stale.
pub const STALE_AFTER_DAYS: i64 = 60;

/// Which clock runs in `state`. PURE.
#[must_use]
pub const fn clock_of(state: OpportunityState) -> Option<DeadlineKind> {
    match state {
        OpportunityState::InReview => Some(DeadlineKind::OpportunityReview),
        OpportunityState::Verifying => Some(DeadlineKind::OpportunityVerify),
        OpportunityState::PendingAccept => Some(DeadlineKind::OpportunityAccept),
        _ if machine::owes_progress(state) => Some(DeadlineKind::OpportunityProgress),
        _ => None,
    }
}

/// Ends the clock of the state that an opportunity left and begins that of the state it is in. The clock of progress goes
/// on through the states in which progress is owed.
pub(in crate::opportunity) async fn turn(
    turn: Turn<'_>,
    from: Option<OpportunityState>,
    after: &opportunity::Model,
) -> Result<()> {
    let Turn { tx, store, now, .. } = turn;
    let (left, begun) = (from.and_then(clock_of), clock_of(after.state));
    if left == begun {
        return Ok(());
    }
    let entity = after.id.to_string();
    if let Some(kind) = left {
        deadline::close(tx, kind, &entity, now).await?;
    }
    match begun {
        None => Ok(()),
        Some(DeadlineKind::OpportunityProgress) => owe_progress(turn, after).await,
        Some(kind) => {
            let new = NewDeadline { kind, entity, partner_id: after.partner_id, due_at: None };
            deadline::set(tx, store, now, new).await?;
            Ok(())
        }
    }
}

/// Progress is owed from `now` on: the clock begins anew.
pub(in crate::opportunity) async fn owe_progress(
    turn: Turn<'_>,
    opportunity: &opportunity::Model,
) -> Result<()> {
    let timed = Timed {
        kind: DeadlineKind::OpportunityProgress,
        entity: opportunity.id.to_string(),
        partner_id: opportunity.partner_id,
        due_at: turn.now.plus(STALE_AFTER_DAYS * DAY),
        remind_at: Some(turn.now.plus(REMIND_AFTER_DAYS * DAY)),
    };
    deadline::set_all(turn.tx, turn.store, turn.now, &[timed]).await
}
