//! PURE. The one table of the states of claims: who may move which from where to where. The API, the documents and the
//! tests are made from it.

use entity::{PartnerId, PceClaimActor, PceClaimOperation, PceClaimState};

use crate::kernel::actor::{Actor, Principal, Role};
use crate::kernel::machine::diagram::Described;
use crate::kernel::machine::{Machine, NoReason, Transition, Why, on};

use PceClaimActor::{Operations, Partner, System};
use PceClaimOperation as Op;
use PceClaimState as S;

/// Conditions that must hold before a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Nothing speaks against the claim any more or again, and it comes to something.
    Earned,
    /// The opportunity is still signed.
    StillSigned,
}

/// Consequences that a transition brings with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The vendor has so long to review it.
    BeginReview,
    /// The review is over.
    EndReview,
    /// An event says where it stands.
    Tell,
    /// Its orders and months are free again.
    LetGo,
    /// The partner is owed what it comes to.
    Owe,
}

/// The machine of claims.
#[derive(Clone, Copy, Debug)]
pub struct Claims;

impl Machine for Claims {
    type State = PceClaimState;
    type Operation = PceClaimOperation;
    type Party = PceClaimActor;
    type Reason = NoReason;
    type Sort = ();
    type Of = ();
    type Guard = Guard;
    type Effect = Effect;

    const EVERY: () = ();
    /// In the order of the way to money.
    #[rustfmt::skip]
    const TABLE: &'static [Transition<Self>] = &[
        on(Op::Publish, S::InReview, S::PublishedToConfirm).by(&[Operations]).if_all(&[Guard::Earned])
            .then(&[Effect::EndReview, Effect::Tell]),
        on(Op::Reject, S::InReview, S::Rejected).by(&[Operations]).why(Why::Words)
            .then(&[Effect::EndReview, Effect::Tell, Effect::LetGo]),
        on(Op::Resubmit, S::Rejected, S::InReview).by(&[Partner])
            .then(&[Effect::BeginReview, Effect::Tell]),
        on(Op::Dispute, S::PublishedToConfirm, S::InReview).by(&[Partner]).why(Why::Words)
            .then(&[Effect::BeginReview, Effect::Tell]),
        on(Op::Confirm, S::PublishedToConfirm, S::AwaitPayoutRequest).by(&[Partner]).if_all(&[Guard::StillSigned])
            .then(&[Effect::Tell, Effect::Owe]),
        on(Op::Request, S::AwaitPayoutRequest, S::InPayout).by(&[System]).then(&[Effect::Tell]),
        on(Op::Release, S::InPayout, S::AwaitPayoutRequest).by(&[System]).then(&[Effect::Tell]),
        on(Op::Pay, S::InPayout, S::Completed).by(&[System]).then(&[Effect::Tell]),
    ];

    fn includes((): (), (): ()) -> bool {
        true
    }

    fn parties(actor: &Actor, partner: Option<PartnerId>) -> Vec<PceClaimActor> {
        match &actor.principal {
            Principal::System => vec![System],
            Principal::Partner { partner_id } if Some(*partner_id) == partner => vec![Partner],
            Principal::Operator { .. } if actor.has_role(Role::Operations) => vec![Operations],
            Principal::Partner { .. } | Principal::Operator { .. } | Principal::Customer { .. } => vec![],
        }
    }
}

impl Described for Claims {
    fn of((): ()) -> &'static str {
        ""
    }

    fn guard(guard: Guard) -> &'static str {
        match guard {
            Guard::Earned => "nothing speaks against it, and it comes to something",
            Guard::StillSigned => "the opportunity is WON or DELIVERED",
        }
    }

    fn effect(effect: Effect) -> &'static str {
        match effect {
            Effect::BeginReview => "the review begins",
            Effect::EndReview => "the review ends",
            Effect::Tell => "",
            Effect::LetGo => "what it rests on is free",
            Effect::Owe => "EARNED → PAYABLE; it can be requested",
        }
    }
}

/// `true` once the partner confirmed what it comes to: it is owed from then on.
#[must_use]
pub const fn is_owed(state: S) -> bool {
    matches!(state, S::AwaitPayoutRequest | S::InPayout | S::Completed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::machine::from;

    const TABLE: &[Transition<Claims>] = Claims::TABLE;

    #[test]
    fn an_operation_leads_from_a_state_to_one_other() {
        for t in TABLE {
            let same = from::<Claims>((), t.from).filter(|other| other.operation == t.operation);
            assert_eq!(same.count(), 1, "{t:?}");
            assert_ne!(t.from, t.to);
        }
    }

    #[test]
    fn every_state_is_reached_and_only_what_is_paid_ends() {
        for state in S::ALL {
            assert!(*state == S::InReview || TABLE.iter().any(|t| t.to == *state), "{state}");
            assert_eq!(from::<Claims>((), *state).next().is_none(), *state == S::Completed, "{state}");
        }
    }

    #[test]
    fn what_is_owed_is_never_taken_back() {
        assert!(TABLE.iter().all(|t| !is_owed(t.from) || is_owed(t.to)));
        assert!(
            TABLE.iter().all(|t| (!is_owed(t.from) && is_owed(t.to)) == t.effects.contains(&Effect::Owe))
        );
    }

    #[test]
    fn a_review_runs_exactly_while_a_claim_is_in_review_and_everything_is_told() {
        for t in TABLE {
            assert_eq!(t.effects.contains(&Effect::BeginReview), t.to == S::InReview, "{t:?}");
            assert_eq!(t.effects.contains(&Effect::EndReview), t.from == S::InReview, "{t:?}");
            assert!(t.effects.contains(&Effect::Tell), "{t:?}");
        }
    }
}
