//! What must hold before a transition, looked at in its transaction.

use entity::{Certification, EntitlementId, PaymentState, Timestamp, business_information, payment_request};
use sea_orm::{ConnectionTrait, EntityTrait};

use super::machine::{Guard, Transition};
use super::{countersign, invoice};
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Tx, query_one};
use crate::kernel::write::Context;

/// Refuses what does not hold; the message says what would cure it.
pub(super) async fn check(
    tx: &Tx,
    context: &Context,
    now: Timestamp,
    request: &payment_request::Model,
    transition: &Transition,
) -> Result<()> {
    for guard in transition.guards {
        match guard {
            Guard::Certified => certified(tx.orm(), request).await?,
            Guard::ApproversFound => {
                if countersign::approvers(tx, request, &context.actor.subject).await?.is_empty() {
                    return Err(Refusal::at("operation", Code::NoApprover, request.category.as_str()).into());
                }
            }
            Guard::AllAgreed => all_agreed(tx, request).await?,
            Guard::InvoicesComplete => invoice::complete(tx, request).await?,
            Guard::NotLapsed => not_lapsed(tx, request, now).await?,
            Guard::AnotherPerson => {
                if request.approved_by.as_deref() == Some(context.actor.subject.as_str()) {
                    return Err(
                        Refusal::at("operation", Code::FourEyes, context.actor.subject.as_str()).into()
                    );
                }
            }
        }
    }
    Ok(())
}

/// Whether a request of this state and so many transitions was never handed in: that keeps nothing from lapsing. PURE.
#[must_use]
pub fn never_submitted(request: &payment_request::Model) -> bool {
    request.state == PaymentState::PendingSubmit && request.transitions == 1
}

/// The same of request `r`, for statements.
pub(crate) const NEVER_SUBMITTED: &str = "(r.state = 'PENDING_SUBMIT' AND r.transitions = 1)";

async fn not_lapsed(tx: &Tx, request: &payment_request::Model, now: Timestamp) -> Result<()> {
    if !never_submitted(request) {
        return Ok(());
    }
    let sql = "SELECT e.id FROM payment_request_item i JOIN incentive_entitlement e ON e.id = i.source_id \
               WHERE i.request_id = $1 AND i.source = 'ENTITLEMENT' AND e.expires_at <= $2 ORDER BY e.id LIMIT 1";
    if let Some(row) = query_one(tx.orm(), sql, [request.id.0.into(), now.0.into()]).await? {
        let detail = format!("EXPIRED: {}", EntitlementId(row.try_get_by_index(0)?));
        return Err(Refusal::at("operation", Code::WrongState, detail).into());
    }
    Ok(())
}

async fn certified<C: ConnectionTrait>(connection: &C, request: &payment_request::Model) -> Result<()> {
    let known = business_information::Entity::find_by_id(request.partner_id).one(connection).await?;
    let state = known.map_or(Certification::NotSubmitted, |row| row.certification);
    if state != Certification::Certified {
        return Err(Refusal::at("operation", Code::NotCertified, state.name()).into());
    }
    Ok(())
}

async fn all_agreed(tx: &Tx, request: &payment_request::Model) -> Result<()> {
    let sql = "SELECT subject FROM countersign_vote WHERE request_id = $1 AND round = $2 \
               AND (vote IS NULL OR vote <> 'APPROVE') ORDER BY subject LIMIT 1";
    if let Some(row) = query_one(tx.orm(), sql, [request.id.0.into(), request.round.into()]).await? {
        let waits: String = row.try_get_by_index(0)?;
        return Err(Refusal::at("operation", Code::WrongState, format!("COUNTERSIGNING: {waits}")).into());
    }
    Ok(())
}
