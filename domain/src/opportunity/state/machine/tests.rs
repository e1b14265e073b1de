use std::collections::BTreeSet;

use super::*;

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
            let next: Vec<_> = reached.iter().flat_map(|state| from(kind, *state)).map(|t| t.to).collect();
            reached.extend(next);
            if reached.len() == before {
                break;
            }
        }
        let ends: Vec<_> = reached.iter().filter(|state| from(kind, **state).next().is_none()).collect();
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
