//! The table read as a whole.

use std::collections::BTreeSet;

use super::*;
use crate::kernel::machine::from;

const TABLE: &[Transition<Requests>] = Requests::TABLE;

const WAYS: &[(PaymentKind, PayoutWay)] = &[
    (Marketplace, PayoutWay::BankTransfer),
    (Incentive, PayoutWay::BankTransfer),
    (Incentive, PayoutWay::TopUp),
    (Incentive, PayoutWay::TopUpOwedInvoice),
    (Incentive, PayoutWay::CouponQuota),
];

/// Every state a request reaches from where it begins.
fn reached(kind: PaymentKind, way: PayoutWay) -> BTreeSet<S> {
    let begin: &[S] =
        if kind == Marketplace { &[S::AwaitCountersign, S::PendingConfirm] } else { &[S::PendingSubmit] };
    let mut reached: BTreeSet<S> = begin.iter().copied().collect();
    loop {
        let next: BTreeSet<S> =
            reached.iter().flat_map(|state| from::<Requests>((kind, way), *state)).map(|t| t.to).collect();
        let before = reached.len();
        reached.extend(next);
        if reached.len() == before {
            return reached;
        }
    }
}

#[test]
fn an_operation_leads_to_one_state_only() {
    for (kind, way) in WAYS {
        for state in S::ALL {
            let operations: Vec<_> = from::<Requests>((*kind, *way), *state).map(|t| t.operation).collect();
            let distinct: BTreeSet<_> = operations.iter().collect();
            assert_eq!(operations.len(), distinct.len(), "{kind} {way} {state}");
        }
    }
}

#[test]
fn from_every_state_that_is_reached_an_end_is_reached() {
    for (kind, way) in WAYS {
        for state in reached(*kind, *way) {
            let mut seen = BTreeSet::from([state]);
            loop {
                let next: Vec<S> =
                    seen.iter().flat_map(|s| from::<Requests>((*kind, *way), *s)).map(|t| t.to).collect();
                let before = seen.len();
                seen.extend(next);
                if seen.len() == before {
                    break;
                }
            }
            assert!(seen.contains(&S::Paid) || seen.contains(&S::Cancelled), "{kind} {way} {state}");
        }
    }
}

#[test]
fn every_state_and_every_transition_is_reached_by_some_request() {
    let all: BTreeSet<S> = WAYS.iter().flat_map(|(kind, way)| reached(*kind, *way)).collect();
    assert_eq!(all, S::ALL.iter().copied().collect());
    for t in TABLE {
        assert!(
            WAYS.iter().any(|(kind, way)| Requests::includes(t.of, (*kind, *way))
                && reached(*kind, *way).contains(&t.from)),
            "{t:?} is never made"
        );
    }
    let used: BTreeSet<_> = TABLE.iter().map(|t| t.operation).chain([Op::Create]).collect();
    assert_eq!(used, Op::ALL.iter().copied().collect());
}

#[test]
fn money_is_held_exactly_between_its_reservation_and_its_end() {
    for t in TABLE {
        let (before, after) = (holds_money(t.from), holds_money(t.to));
        let money = |effect: &&Effect| {
            matches!(
                effect,
                Effect::Reserve | Effect::Unreserve | Effect::Release | Effect::Void | Effect::Pay
            )
        };
        let moves: Vec<_> = t.effects.iter().filter(money).collect();
        match moves.as_slice() {
            [Effect::Reserve] => assert!(!before && after, "{t:?}"),
            [Effect::Unreserve | Effect::Void | Effect::Pay] => assert!(before && !after, "{t:?}"),
            [Effect::Release] => assert!(!before && !after, "{t:?}"),
            _ => assert!(moves.is_empty() && before == after, "{t:?}"),
        }
        assert!(t.effects.ends_with(&[Effect::TurnClock, Effect::Tell]), "{t:?}");
    }
}

#[test]
fn nobody_is_refused_without_a_reason_and_nobody_approves_alone_what_he_reviewed() {
    for t in TABLE {
        let refusal = matches!(
            t.operation,
            Op::RejectCountersign
                | Op::RejectInvoices
                | Op::RejectPayout
                | Op::FailPayment
                | Op::FailPayoutCreation
                | Op::FailIssue
        );
        assert!(!refusal || t.why.needs_words(), "{t:?}");
        assert_eq!(t.operation == Op::RecheckPayment, t.guards.contains(&Guard::AnotherPerson), "{t:?}");
    }
}
