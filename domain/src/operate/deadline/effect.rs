//! Effects of deadlines that pass: one line a kind. Runs in the transaction in which the deadlines fall due;
//! what it refuses is tried again later, one deadline at a time.

use entity::{DeadlineKind, Timestamp};

use crate::kernel::error::Result;
use crate::kernel::store::{Store, Tx};
use crate::money::incentive::confirm;
use crate::opportunity::{offer::make, progress::stale, review::late};

/// Locks the things that [`run`] will change. Things are locked before their deadlines, here as by whoever ends one,
/// so that nobody waits for the other in a circle.
pub(super) async fn hold(kind: DeadlineKind, tx: &Tx, entities: &[String]) -> Result<()> {
    match kind {
        DeadlineKind::BillConfirm => confirm::hold(tx, entities).await,
        DeadlineKind::OpportunityReview
        | DeadlineKind::OpportunityVerify
        | DeadlineKind::OpportunityAccept
        | DeadlineKind::OpportunityProgress => late::hold_all(tx, entities).await.map(drop),
        _ => Ok(()),
    }
}

/// The effect of `kind` on the things whose deadlines have passed just now.
pub(super) async fn run(
    kind: DeadlineKind,
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    entities: &[String],
) -> Result<()> {
    match kind {
        DeadlineKind::BillConfirm => confirm::by_deadline(tx, store, now, entities).await,
        DeadlineKind::OpportunityReview => late::escalate(tx, store, now, entities).await,
        DeadlineKind::OpportunityVerify => late::expire(tx, store, now, entities).await,
        DeadlineKind::OpportunityAccept => make::by_deadline(tx, store, now, entities).await,
        DeadlineKind::OpportunityProgress => stale::mark(tx, store, now, entities).await,
        // Whoever must act is told that it is late, and still can.
        DeadlineKind::Countersign
        | DeadlineKind::InvoiceDue
        | DeadlineKind::InvoiceReview
        | DeadlineKind::PaymentReview
        | DeadlineKind::Payment
        | DeadlineKind::PceClaimReview => Ok(()),
    }
}
