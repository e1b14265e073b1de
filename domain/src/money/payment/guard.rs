//! What must hold before a transition, looked at in its transaction.

use entity::{Certification, business_information, payment_request};
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
