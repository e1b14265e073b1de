//! Of opportunities that repeat each other one passes, whoever decides at the same moment.

use domain::kernel::store::query;
use domain::opportunity::content::update;
use domain::{Code, Role};
use entity::OpportunityState as S;
use tests::on_both_databases;
use tests::refused::code;

use super::*;

const NO: (Option<OpportunityReason>, Option<&str>) = (None, None);

/// A partner's opportunity for `customer` that passed review, claimed by `reviewer`.
pub(super) async fn verifying(
    world: &World,
    partner: (PartnerId, OfferingId),
    customer: &str,
    reviewer: &str,
) -> OpportunityId {
    let id = sent(world, partner, customer).await;
    claimed(world, id, reviewer).await;
    let context = as_operator(reviewer, &[Role::OpportunityReviewer]);
    moved(world, &context, id, OpportunityOperation::PassReview, NO).await.unwrap();
    id
}

pub(super) async fn sent(
    world: &World,
    (partner, offering): (PartnerId, OfferingId),
    customer: &str,
) -> OpportunityId {
    world.clock.advance(entity::timestamp::SECOND);
    let id = drafted(world, partner, form(customer, offering)).await;
    moved(world, &as_partner(partner), id, OpportunityOperation::Submit, NO).await.unwrap();
    id
}

pub(super) async fn verify(world: &World, id: OpportunityId, reviewer: &str) -> Result<(), Error> {
    let context = as_operator(reviewer, &[Role::OpportunityReviewer]);
    moved(world, &context, id, OpportunityOperation::Verify, NO).await.map(drop)
}

on_both_databases!(the_first_submitted_is_decided_first_and_the_others_give_way, |db| async move {
    let world = World::open(&db).await;
    let (first, second) = (joined(&world, "First").await, joined(&world, "Second").await);
    let earlier = verifying(&world, first, "Acme Cloud Co., Ltd.", "anna").await;
    let later = verifying(&world, second, "ACME CLOUD Limited", "bert").await;
    let waiting = sent(&world, second, "Acme Cloud").await;
    let elsewhere = verifying(&world, second, "Globex", "bert").await;

    let refused = verify(&world, later, "bert").await;
    let Err(Error::Refused(refusals)) = &refused else { panic!("{refused:?}") };
    assert_eq!((refusals[0].code, &refusals[0].detail), (Code::DuplicateUndecided, &earlier.to_string()));

    verify(&world, earlier, "anna").await.unwrap();
    assert_eq!(row(&world, earlier).await.state, S::Verified);
    for loser in [later, waiting] {
        let loser = row(&world, loser).await;
        assert_eq!((loser.state, loser.reason_code), (S::Rejected, Some(OpportunityReason::Duplicate)));
    }
    verify(&world, elsewhere, "bert").await.unwrap();
    assert_eq!(row(&world, elsewhere).await.state, S::Verified);

    let again = drafted(&world, second.0, form("acme cloud", second.1)).await;
    let answer = moved(&world, &as_partner(second.0), again, OpportunityOperation::Submit, NO).await;
    assert_eq!(code(answer), Code::DuplicateOpportunity);
});

on_both_databases!(who_gives_way_learns_nothing_of_the_other, |db| async move {
    let world = World::open(&db).await;
    let (first, second) = (joined(&world, "Secretive").await, joined(&world, "Second").await);
    let winner = verifying(&world, first, "Acme", "anna").await;
    let loser = verifying(&world, second, "Acme", "bert").await;
    verify(&world, winner, "anna").await.unwrap();
    let told = [
        "SELECT detail FROM event WHERE entity = $1",
        "SELECT COALESCE(reason, '') || actor FROM opportunity_transition t JOIN (SELECT $1 AS wanted) w ON 1 = 1 \
         WHERE t.operation = 'YIELD_TO_OTHER'",
    ];
    for sql in told {
        let rows = query(world.store.db(), sql, [loser.to_string().into()]).await.unwrap();
        assert!(!rows.is_empty());
        for row in rows {
            let text: String = row.try_get_by_index(0).unwrap();
            for secret in [winner.to_string(), first.0.to_string(), "Secretive".into(), "anna".into()] {
                assert!(!text.contains(&secret), "{text}");
            }
        }
    }
    let loser = row(&world, loser).await;
    assert_eq!((loser.reason, loser.reason_code), (None, Some(OpportunityReason::Duplicate)));
});

on_both_databases!(what_is_lost_or_closed_keeps_nobody_out, |db| async move {
    let world = World::open(&db).await;
    let partner = joined(&world, "Partner").await;
    let id = verifying(&world, partner, "Acme", "anna").await;
    verify(&world, id, "anna").await.unwrap();
    let close = (None, Some("the customer changed its mind"));
    moved(&world, &as_partner(partner.0), id, OpportunityOperation::Close, close).await.unwrap();
    let next = verifying(&world, partner, "Acme", "anna").await;
    verify(&world, next, "anna").await.unwrap();
    assert_eq!(row(&world, next).await.state, S::Verified);
});

on_both_databases!(companies_of_one_name_and_two_credit_codes_are_two_customers, |db| async move {
    let world = World::open(&db).await;
    let partner = joined(&world, "Partner").await;
    let passes = async |customer: &str, code: Option<&str>| {
        world.clock.advance(entity::timestamp::SECOND);
        let credit_code = code.map_or(Patch::Keep, |code| Patch::Set(code.to_owned()));
        let id = drafted(&world, partner.0, Changes { credit_code, ..form(customer, partner.1) }).await;
        moved(&world, &as_partner(partner.0), id, OpportunityOperation::Submit, NO).await?;
        claimed(&world, id, "anna").await;
        let anna = as_operator("anna", &[Role::OpportunityReviewer]);
        moved(&world, &anna, id, OpportunityOperation::PassReview, NO).await?;
        verify(&world, id, "anna").await?;
        Ok::<_, Error>((id, row(&world, id).await.state))
    };
    let (one, two) = (Some("91350100M000100Y43"), Some("91110000600037341L"));
    let (first, state) = passes("华东智造科技有限公司", one).await.unwrap();
    assert_eq!(state, S::Verified);
    let (_, state) = passes("华东智造科技股份有限公司", two).await.unwrap();
    assert_eq!(state, S::Verified);
    // Of the same code under another name, and of the same name without a code, it is known who passed.
    for (customer, credit) in [("Another name", one), ("Another name", two), ("华东智造科技", None)] {
        assert_eq!(code(passes(customer, credit).await), Code::DuplicateOpportunity, "{customer} {credit:?}");
    }
    // The one that has the name goes; the other still keeps out what may be the same.
    let close = (None, Some("the customer changed its mind"));
    moved(&world, &as_partner(partner.0), first, OpportunityOperation::Close, close).await.unwrap();
    assert_eq!(code(passes("华东智造科技", None).await), Code::DuplicateOpportunity);
    assert_eq!(passes("华东智造科技", one).await.unwrap().1, S::Verified);
});

on_both_databases!(two_reviewers_verify_two_duplicates_at_once_and_one_passes, |db| async move {
    let world = World::open(&db).await;
    let (first, second) = (joined(&world, "First").await, joined(&world, "Second").await);
    for round in 0..12 {
        let customer = format!("Customer {round}");
        let a = verifying(&world, first, &customer, "anna").await;
        let b = verifying(&world, second, &customer, "bert").await;
        let (one, other) = tokio::join!(verify(&world, a, "anna"), verify(&world, b, "bert"));
        assert!(one.is_ok(), "round {round}: {one:?}");
        if let Err(error) = other {
            // Decided too early, or decided already.
            let code = code::<()>(Err(error));
            let expected = [Code::DuplicateUndecided, Code::VersionConflict, Code::WrongState];
            assert!(expected.contains(&code), "round {round}: {code:?}");
        }
        let (a, b) = (row(&world, a).await, row(&world, b).await);
        assert_eq!((a.state, b.state), (S::Verified, S::Rejected), "round {round}");
        assert_eq!(b.reason_code, Some(OpportunityReason::Duplicate));
    }
});

on_both_databases!(the_database_itself_lets_no_second_one_pass, |db| async move {
    let world = World::open(&db).await;
    let partner = joined(&world, "Partner").await;
    let id = verifying(&world, partner, "Acme", "anna").await;
    verify(&world, id, "anna").await.unwrap();
    let other = drafted(&world, partner.0, form("Acme", partner.1)).await;
    let sql = "INSERT INTO opportunity_pass (identity, demand_tag, month, opportunity_id) \
               SELECT identity, demand_tag, month, $1 FROM opportunity_pass WHERE opportunity_id = $2";
    assert!(exec(world.store.db(), sql, [other.0.into(), id.0.into()]).await.is_err());
});

/// A partner's opportunity being verified and one of the vendor's that repeats it, offered to another partner.
async fn both_kinds(
    world: &World,
    round: i32,
    vendor_first: bool,
) -> (OpportunityId, OpportunityId, PartnerId) {
    let (mine, other) =
        (joined(world, &format!("Mine {round}")).await, joined(world, &format!("Other {round}")).await);
    let customer = format!("Customer {round}");
    let at = world.store.clock.now().plus(if vendor_first { 0 } else { entity::timestamp::HOUR });
    let po = verifying(world, mine, &customer, "anna").await;
    let ho = drafted(world, other.0, form(&customer, other.1)).await;
    let sql = "UPDATE opportunity SET kind = 'HO', state = 'PENDING_ACCEPT', shared_at = $1 WHERE id = $2";
    exec(world.store.db(), sql, [at.0.into(), ho.0.into()]).await.unwrap();
    (po, ho, other.0)
}

on_both_databases!(of_a_partners_and_the_vendors_own_the_earlier_passes_whoever_is_faster, |db| async move {
    let world = World::open(&db).await;
    for round in 0..8 {
        let vendor_first = round % 2 == 0;
        let (po, ho, partner) = both_kinds(&world, round, vendor_first).await;
        let me = as_partner(partner);
        let accept = || moved(&world, &me, ho, OpportunityOperation::Accept, NO);
        let (verified, accepted) = tokio::join!(verify(&world, po, "anna"), accept());
        // The vendor's own waits for the earlier one of a partner; who came second finds it changed.
        for code in [verified.err(), accepted.map(drop).err()]
            .into_iter()
            .flatten()
            .map(|error| code::<()>(Err(error)))
        {
            // What gave way is nobody's any more.
            let expected =
                [Code::DuplicateUndecided, Code::VersionConflict, Code::WrongState, Code::NotFound];
            assert!(expected.contains(&code), "round {round}: {code:?}");
        }
        if vendor_first && row(&world, ho).await.state == S::PendingAccept {
            accept().await.unwrap();
        }
        let states = (row(&world, po).await.state, row(&world, ho).await.state);
        let expected = if vendor_first { (S::Rejected, S::Accepted) } else { (S::Verified, S::Closed) };
        assert_eq!(states, expected, "round {round}");
    }
});

on_both_databases!(what_passed_cannot_be_edited_into_the_place_of_another, |db| async move {
    let world = World::open(&db).await;
    let (first, second) = (joined(&world, "First").await, joined(&world, "Second").await);
    let id = verifying(&world, first, "Acme", "anna").await;
    verify(&world, id, "anna").await.unwrap();
    // A year later is another window: both pass.
    let later = Changes {
        expected_sign_on: Patch::Set("2028-06-30".parse().unwrap()),
        purchase_phase: Patch::Set(entity::PurchasePhase::Planning),
        ..form("Acme", second.1)
    };
    let other = drafted(&world, second.0, later).await;
    moved(&world, &as_partner(second.0), other, OpportunityOperation::Submit, NO).await.unwrap();
    claimed(&world, other, "anna").await;
    let anna = as_operator("anna", &[Role::OpportunityReviewer]);
    moved(&world, &anna, other, OpportunityOperation::PassReview, NO).await.unwrap();
    verify(&world, other, "anna").await.unwrap();

    let sign_on =
        |day: &str| Changes { expected_sign_on: Patch::Set(day.parse().unwrap()), ..Changes::default() };
    let edit = |changes: Changes| {
        let world = &world;
        async move {
            let seen = Seen { id: other, expected_version: row(world, other).await.version };
            let input = update::Update { seen, changes };
            update::update(&world.store, &as_partner(second.0), None, input).await
        }
    };
    assert_eq!(code(edit(sign_on("2027-06-30")).await), Code::DuplicateOpportunity);
    let none = Changes { expected_sign_on: Patch::Erase, ..Changes::default() };
    assert_eq!(code(edit(none).await), Code::PurchaseTimeMissing);
    edit(sign_on("2028-12-31")).await.unwrap();
    let sql = "SELECT MIN(month), MAX(month) FROM opportunity_pass WHERE opportunity_id = $1";
    let rows = query(world.store.db(), sql, [other.0.into()]).await.unwrap();
    let month = |n: usize| rows[0].try_get_by_index::<i32>(n).unwrap();
    assert_eq!((month(0), month(1)), (202_806, 202_906));
});
