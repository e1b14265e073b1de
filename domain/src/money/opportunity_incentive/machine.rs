//! PURE. The one table of the states of claims: who may move which from where to where. The API, the documents and the
//! tests are made from it.

use entity::{PartnerId, PceClaimActor, PceClaimOperation, PceClaimState};

use crate::kernel::actor::{Actor, Principal, Role};

use PceClaimActor::{Operations, Partner, System};
use PceClaimOperation as Op;
use PceClaimState as S;

/// One transition.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// What moves the claim.
    pub operation: PceClaimOperation,
    /// From where.
    pub from: PceClaimState,
    /// To where.
    pub to: PceClaimState,
    /// Who.
    pub by: &'static [PceClaimActor],
    /// A reason must be given.
    pub reason: bool,
}

const fn row(operation: Op, from: S, to: S, by: &'static [PceClaimActor], reason: bool) -> Transition {
    Transition { operation, from, to, by, reason }
}

const WHY: bool = true;
const NO: bool = false;

/// Every transition, in the order of the way to money.
#[rustfmt::skip]
pub const TABLE: &[Transition] = &[
    row(Op::Publish, S::InReview, S::PublishedToConfirm, &[Operations], NO),
    row(Op::Reject, S::InReview, S::Rejected, &[Operations], WHY),
    row(Op::Resubmit, S::Rejected, S::InReview, &[Partner], NO),
    row(Op::Dispute, S::PublishedToConfirm, S::InReview, &[Partner], WHY),
    row(Op::Confirm, S::PublishedToConfirm, S::AwaitPayoutRequest, &[Partner], NO),
    row(Op::Request, S::AwaitPayoutRequest, S::InPayout, &[System], NO),
    row(Op::Release, S::InPayout, S::AwaitPayoutRequest, &[System], NO),
    row(Op::Pay, S::InPayout, S::Completed, &[System], NO),
];

/// The transitions of a claim from where it stands.
pub fn from(state: S) -> impl Iterator<Item = &'static Transition> {
    TABLE.iter().filter(move |t| t.from == state)
}

/// The transition that `operation` makes of a claim from where it stands.
#[must_use]
pub fn find(state: S, operation: Op) -> Option<&'static Transition> {
    from(state).find(|t| t.operation == operation)
}

/// As what `actor` acts on a claim of `partner`; none if on none.
#[must_use]
pub fn role(actor: &Actor, partner: PartnerId) -> Option<PceClaimActor> {
    match &actor.principal {
        Principal::System => Some(System),
        Principal::Partner { partner_id } => (*partner_id == partner).then_some(Partner),
        Principal::Operator { .. } => actor.has_role(Role::Operations).then_some(Operations),
        Principal::Customer { .. } => None,
    }
}

impl Transition {
    /// As what `actor` may make it for a claim of `partner`; none if it may not.
    #[must_use]
    pub fn actor(&self, actor: &Actor, partner: PartnerId) -> Option<PceClaimActor> {
        role(actor, partner).filter(|role| self.by.contains(role))
    }
}

/// `true` once the partner confirmed what it comes to: it is owed from then on.
#[must_use]
pub const fn is_owed(state: S) -> bool {
    matches!(state, S::AwaitPayoutRequest | S::InPayout | S::Completed)
}

/// The table as the documents have it.
#[must_use]
pub fn markdown() -> String {
    let head = "| operation | from | to | who | a reason |\n|---|---|---|---|---|\n".to_owned();
    TABLE.iter().fold(head, |text, t| {
        let who = t.by.iter().map(|by| by.name()).collect::<Vec<_>>().join(", ");
        let why = if t.reason { "needed" } else { "" };
        format!("{text}| {} | {} | {} | {who} | {why} |\n", t.operation, t.from, t.to)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_leads_from_a_state_to_one_other() {
        for t in TABLE {
            assert_eq!(from(t.from).filter(|other| other.operation == t.operation).count(), 1, "{t:?}");
            assert_ne!(t.from, t.to);
        }
    }

    #[test]
    fn every_state_is_reached_and_only_what_is_paid_ends() {
        for state in S::ALL {
            assert!(*state == S::InReview || TABLE.iter().any(|t| t.to == *state), "{state}");
            assert_eq!(from(*state).next().is_none(), *state == S::Completed, "{state}");
        }
    }

    #[test]
    fn what_is_owed_is_never_taken_back() {
        assert!(TABLE.iter().all(|t| !is_owed(t.from) || is_owed(t.to)));
    }
}
