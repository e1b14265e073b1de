use std::collections::BTreeSet;

use super::*;
use crate::kernel::machine::from;

const TABLE: &[Transition<Opportunities>] = Opportunities::TABLE;

#[test]
fn an_operation_leads_to_one_state_from_where_it_stands() {
    let mut seen = BTreeSet::new();
    for t in TABLE {
        for kind in t.of {
            assert!(seen.insert((kind.name(), t.from, t.operation)), "{t:?}");
        }
    }
}

#[test]
fn every_state_of_a_kind_is_reached_and_left_unless_it_is_an_end() {
    for (kind, start) in [(Po, S::Draft), (Ho, S::ToOffer)] {
        let mut reached = BTreeSet::from([start]);
        loop {
            let before = reached.len();
            let next: Vec<_> =
                reached.iter().flat_map(|state| from::<Opportunities>(kind, *state)).map(|t| t.to).collect();
            reached.extend(next);
            if reached.len() == before {
                break;
            }
        }
        let ends: Vec<_> =
            reached.iter().filter(|state| from::<Opportunities>(kind, **state).next().is_none()).collect();
        let expected: &[&S] = match kind {
            Po => &[&S::Rejected, &S::Delivered, &S::Lost, &S::Closed],
            Ho => &[&S::Delivered, &S::Lost, &S::Closed],
        };
        assert_eq!(ends, expected, "{kind}");
        let mentioned: BTreeSet<_> =
            TABLE.iter().filter(|t| t.of.contains(&kind)).flat_map(|t| [t.from, t.to]).collect();
        assert_eq!(mentioned, reached, "{kind}");
    }
}

#[test]
fn an_opportunity_passes_only_where_nothing_that_it_repeats_did() {
    for t in TABLE.iter().filter(|t| has_passed(t.to) && !has_passed(t.from)) {
        assert!(t.guards.contains(&Guard::FirstOfItsKind), "{t:?}");
    }
}

#[test]
fn what_the_vendor_decides_of_a_partners_opportunity_needs_a_reviewer_who_claimed_it() {
    for t in TABLE.iter().filter(|t| t.by == [Reviewer]) {
        assert!(t.guards.contains(&Guard::Claimed), "{t:?}");
    }
}

#[test]
fn what_passed_is_gone_on_with_by_those_who_look_after_it_and_ends_without_a_claim() {
    for t in TABLE {
        let ends = has_passed(t.from) && !has_passed(t.to);
        assert_eq!(t.guards.contains(&Guard::LookedAfter), has_passed(t.from), "{t:?}");
        assert_eq!(t.guards.contains(&Guard::NoClaimUnderWay), ends, "{t:?}");
        assert_eq!(t.effects.contains(&Effect::FreePlace), ends, "{t:?}");
    }
}

#[test]
fn what_counts_is_compared_and_what_does_not_is_forgotten() {
    for t in TABLE {
        assert_eq!(t.effects.contains(&Effect::Forget), !counts(t.to), "{t:?}");
        let compared = matches!(t.operation, Op::Submit | Op::PassReview);
        assert_eq!(t.effects.contains(&Effect::Look), compared, "{t:?}");
        assert_eq!(t.effects.contains(&Effect::KeepPair), t.operation == Op::YieldToOther, "{t:?}");
        let passes = t.guards.contains(&Guard::FirstOfItsKind);
        assert_eq!(t.effects.contains(&Effect::OthersGiveWay), passes, "{t:?}");
    }
}

#[test]
fn an_offer_is_kept_when_it_is_made_and_answered_when_it_ends() {
    for t in TABLE {
        assert_eq!(t.effects.contains(&Effect::KeepOffer), t.to == S::PendingAccept, "{t:?}");
        assert_eq!(t.effects.contains(&Effect::AnswerOffer), t.from == S::PendingAccept, "{t:?}");
        let declined = matches!(t.to, S::Refused | S::RefusedTimeout);
        assert_eq!(t.effects.contains(&Effect::OfferOn), declined, "{t:?}");
    }
}

#[test]
fn every_transition_turns_the_clock_and_is_told_in_this_order() {
    for t in TABLE {
        let place = |effect| t.effects.iter().position(|known| *known == effect);
        assert!(
            place(Effect::TurnClock) < place(Effect::Tell) && place(Effect::TurnClock).is_some(),
            "{t:?}"
        );
    }
}
