use super::*;

fn candidate(id: i64) -> Candidate {
    Candidate {
        partner_id: PartnerId(id),
        region: "CN-EAST".into(),
        joined_at: Some(Timestamp(1)),
        stage: PathStage::Differentiated,
        delivered: 0,
        won: 0,
        lost: 0,
        load: 0,
        offers: true,
        offered: None,
    }
}

fn wanted() -> Wanted {
    Wanted { region: Some("CN-EAST".into()), family: true }
}

fn fails(candidate: Candidate, wanted: &Wanted) -> Vec<Ground> {
    judge(vec![candidate], wanted).remove(0).fails
}

#[test]
fn a_partner_needs_a_stage_or_what_it_delivered() {
    use PathStage as S;
    let table = [
        (S::None, 9, false),
        (S::RoleSelected, 9, false),
        (S::RoleValidated, 0, false),
        (S::RoleValidated, 2, false),
        (S::RoleValidated, 3, true),
        (S::RoleValidated, 4, true),
        (S::Differentiated, 0, true),
    ];
    for (stage, delivered, eligible) in table {
        let found = fails(Candidate { stage, delivered, ..candidate(1) }, &wanted());
        let expected = if eligible { vec![] } else { vec![Ground::Developed] };
        assert_eq!(found, expected, "{stage} {delivered}");
    }
}

#[test]
fn each_ground_is_named_by_itself() {
    let cases = [
        (Candidate { joined_at: None, ..candidate(1) }, Ground::Joined),
        (Candidate { region: "CN-NORTH".into(), ..candidate(1) }, Ground::Region),
        (Candidate { offers: false, ..candidate(1) }, Ground::Offering),
        (Candidate { offered: Some(OfferState::Refused), ..candidate(1) }, Ground::NotRefusedBefore),
        (Candidate { offered: Some(OfferState::TimedOut), ..candidate(1) }, Ground::NotRefusedBefore),
    ];
    for (candidate, ground) in cases {
        assert_eq!(fails(candidate, &wanted()), [ground]);
    }
    for offered in [OfferState::Recalled, OfferState::Pending, OfferState::Accepted] {
        assert_eq!(fails(Candidate { offered: Some(offered), ..candidate(1) }, &wanted()), []);
    }
}

#[test]
fn all_grounds_that_fail_are_named_at_once() {
    let none = Candidate {
        region: "X".into(),
        joined_at: None,
        stage: PathStage::None,
        offers: false,
        offered: Some(OfferState::Refused),
        ..candidate(1)
    };
    assert_eq!(fails(none, &wanted()), Ground::ALL);
}

#[test]
fn without_a_family_every_offer_fits_and_without_an_office_no_region_does() {
    let nothing = Candidate { offers: false, ..candidate(1) };
    assert_eq!(fails(nothing, &Wanted { family: false, ..wanted() }), []);
    assert_eq!(fails(candidate(1), &Wanted { region: None, ..wanted() }), [Ground::Region]);
}

#[test]
fn who_delivered_more_comes_first_then_who_wins_more_then_who_has_less_to_do() {
    let candidates = vec![
        Candidate { load: 1, ..candidate(1) },
        Candidate { won: 1, lost: 1, load: 9, ..candidate(2) },
        Candidate { delivered: 1, lost: 9, load: 9, ..candidate(3) },
        candidate(5),
        candidate(4),
        Candidate { joined_at: None, delivered: 99, ..candidate(6) },
    ];
    let judged = judge(candidates, &wanted());
    let order: Vec<_> = judged.iter().map(|r| (r.candidate.partner_id.0, r.rank)).collect();
    assert_eq!(order, [(3, Some(1)), (2, Some(2)), (4, Some(3)), (5, Some(4)), (1, Some(5)), (6, None)]);
}

proptest::proptest! {
    #[test]
    fn the_order_does_not_depend_on_the_order_of_reading(
        facts in proptest::collection::vec((0..4_i32, 0..4_i32, 0..4_i32, 0..4_i32, proptest::bool::ANY), 0..12),
        turn in 0..12_usize,
    ) {
        let mut candidates: Vec<_> = (1..)
            .zip(facts)
            .map(|(id, (delivered, won, lost, load, offers))| Candidate {
                delivered, won, lost, load, offers, ..candidate(id)
            })
            .collect();
        let judged = judge(candidates.clone(), &wanted());
        let by = turn % candidates.len().max(1);
        candidates.rotate_left(by);
        proptest::prop_assert_eq!(&judge(candidates, &wanted()), &judged);
        // Ranks are 1, 2, … without gaps, exactly on those for whom nothing fails.
        let ranks: Vec<_> = judged.iter().filter_map(|r| r.rank).collect();
        proptest::prop_assert_eq!(&ranks, &(1..=i32::try_from(ranks.len()).unwrap()).collect::<Vec<_>>());
        proptest::prop_assert!(judged.iter().all(|r| r.rank.is_some() == r.fails.is_empty()));
        // Nobody stands before somebody who is at least as good in everything and better in one.
        for pair in judged.windows(2).filter(|pair| pair[1].rank.is_some()) {
            let (a, b) = (&pair[0].candidate, &pair[1].candidate);
            let key = |c: &Candidate| (-c.delivered, -c.win_ppm(), c.load);
            proptest::prop_assert!(key(a) <= key(b));
        }
    }
}
