use super::*;
use crate::kernel::actor::Role;

use OpportunityKind::{Ho, Po};
use OpportunityState as S;
use Reader::{Looks, Partner, Reviews, Works};
use Shown::{Full, Hidden, Masked};

const ME: Reader<'_> = Reviews("me");
const OTHER: Reader<'_> = Reviews("other");
const OPERATIONS: Reader<'_> = Works("olga");

fn standing(kind: OpportunityKind, state: S) -> Standing<'static> {
    let claimed_by = (kind == Po).then_some("me");
    Standing { kind, state, hidden_by_partner: false, hidden_by_vendor: false, claimed_by }
}

fn states(kind: OpportunityKind) -> impl Iterator<Item = S> {
    let stands = move |state: &S| {
        Opportunities::TABLE.iter().any(|t| t.of.contains(&kind) && (t.from == *state || t.to == *state))
    };
    S::ALL.iter().copied().filter(stands)
}

/// Every state with what partner, claimer, another reviewer, operations and anybody else of the vendor see.
#[test]
fn who_sees_how_much_is_this_table() {
    type Row = (OpportunityKind, &'static [S], [Shown; 5]);
    let table: &[Row] = &[
        (
            Po,
            &[S::Draft, S::ReviewRejected, S::Rejected, S::Delivered, S::Lost, S::Closed],
            [Full, Masked, Masked, Masked, Masked],
        ),
        (Po, &[S::InReview, S::Verifying], [Full, Full, Masked, Masked, Masked]),
        (Po, &[S::Verified, S::InProgress, S::Won], [Full, Full, Masked, Full, Masked]),
        (
            Ho,
            &[S::ToOffer, S::PendingAccept, S::Refused, S::RefusedTimeout, S::Delivered, S::Lost, S::Closed],
            [Masked, Full, Full, Full, Masked],
        ),
        (Ho, &[S::Accepted, S::InProgress, S::Won], [Full, Full, Full, Full, Masked]),
    ];
    let mut seen = 0;
    for (kind, of, expected) in table {
        for state in *of {
            let found =
                [Partner, ME, OTHER, OPERATIONS, Looks].map(|reader| shown(standing(*kind, *state), reader));
            assert_eq!(found, *expected, "{kind} {state}");
            seen += 1;
        }
    }
    assert_eq!(seen, states(Po).count() + states(Ho).count(), "every state is in the table");
}

#[test]
fn what_a_side_hides_the_other_never_sees_and_it_sees_as_before() {
    for kind in [Po, Ho] {
        for state in states(kind) {
            let open = standing(kind, state);
            let mine = Standing { hidden_by_partner: kind == Po, hidden_by_vendor: kind == Ho, ..open };
            let not_mine = Standing { hidden_by_partner: kind == Ho, hidden_by_vendor: kind == Po, ..open };
            for reader in [Partner, ME, OTHER, Looks] {
                let other_side = reader.side() != entered_by(kind);
                let expected = if other_side { Hidden } else { shown(open, reader) };
                assert_eq!(shown(mine, reader), expected, "{kind} {state} {reader:?}");
                assert_eq!(shown(not_mine, reader), shown(open, reader), "only who entered it hides it");
            }
        }
    }
}

#[test]
fn who_works_on_opportunities_for_the_vendor_are_reviewers_operations_and_administrators() {
    for (role, reader) in [
        (Role::OpportunityReviewer, Reviews("me")),
        (Role::Operations, Works("me")),
        (Role::Administrator, Works("me")),
        (Role::Finance, Looks),
    ] {
        let principal = Principal::Operator { roles: vec![role] };
        let actor = Actor { subject: "me".into(), principal };
        assert_eq!(Reader::of(&actor), reader, "{role:?}");
    }
    assert_eq!(Reader::of(&Actor::system("worker")), Looks);
}

#[test]
fn nothing_of_a_hidden_person_is_left_and_a_masked_one_keeps_its_title() {
    let texts = ["张三", "CIO", "13812345678", "zhang@example.com"];
    let hidden = of_texts(Hidden, texts);
    assert_eq!((hidden.name, hidden.title, hidden.phone, hidden.email), (None, None, None, None));
    let masked = of_texts(Masked, texts);
    assert_eq!(masked.name.as_deref(), Some("张*"));
    assert_eq!(masked.title.as_deref(), Some("CIO"));
    assert_eq!(masked.phone.as_deref(), Some("138****5678"));
    assert_eq!(masked.email.as_deref(), Some("z***@example.com"));
    assert_eq!(of_texts(Full, texts).phone.as_deref(), Some("13812345678"));
    assert_eq!(of_texts(Full, [""; 4]).name, None);
}
