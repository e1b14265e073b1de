//! The deadline that runs while a payment request is in a state.

use entity::{DeadlineKind, PaymentState, Timestamp, payment_request};

use crate::kernel::error::Result;
use crate::kernel::machine::Turn;
use crate::kernel::store::{Store, Tx};
use crate::programme::deadline::{self, NewDeadline};

/// Which deadline runs in `state`. PURE.
#[must_use]
pub const fn clock_of(state: PaymentState) -> Option<DeadlineKind> {
    match state {
        PaymentState::AwaitCountersign | PaymentState::Countersigning => Some(DeadlineKind::Countersign),
        PaymentState::PendingInvoice | PaymentState::InvoiceRejected => Some(DeadlineKind::InvoiceDue),
        PaymentState::InvoiceInReview => Some(DeadlineKind::InvoiceReview),
        PaymentState::PaymentProcessing | PaymentState::PaymentRechecking => {
            Some(DeadlineKind::PaymentReview)
        }
        PaymentState::Paying => Some(DeadlineKind::Payment),
        PaymentState::PendingSubmit
        | PaymentState::PendingConfirm
        | PaymentState::CountersignRejected
        | PaymentState::AwaitPayout
        | PaymentState::PayoutCreateFailed
        | PaymentState::PaymentInfoError
        | PaymentState::PayoutRejected
        | PaymentState::PaymentFailed
        | PaymentState::Paid
        | PaymentState::CompletedWithError
        | PaymentState::Cancelled => None,
    }
}

/// Ends the deadline of the state that a request left and begins that of the state it is in. One deadline goes on
/// through the states it stands for, but the second review of a payment has as long as the first.
pub(super) async fn turn(turn: Turn<'_>, from: PaymentState, after: &payment_request::Model) -> Result<()> {
    let Turn { tx, store, now, .. } = turn;
    let (left, begun) = (clock_of(from), clock_of(after.state));
    if left == begun && after.state != PaymentState::PaymentRechecking {
        return Ok(());
    }
    let entity = after.id.to_string();
    if let Some(kind) = left.filter(|_| left != begun) {
        deadline::close(tx, kind, &entity, now).await?;
    }
    if let Some(kind) = begun {
        let new = NewDeadline { kind, entity, partner_id: Some(after.partner_id), due_at: None };
        deadline::set(tx, store, now, new).await?;
    }
    Ok(())
}

/// Begins the deadlines of requests just made.
pub(super) async fn begin_all(
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    made: &[payment_request::Model],
) -> Result<()> {
    let new: Vec<_> = made
        .iter()
        .filter_map(|request| {
            let (kind, entity) = (clock_of(request.state)?, request.id.to_string());
            Some(NewDeadline { kind, entity, partner_id: Some(request.partner_id), due_at: None })
        })
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    deadline::set_many(tx, store, now, new).await
}
