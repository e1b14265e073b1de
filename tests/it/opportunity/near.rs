//! Opportunities whose customers are called almost the same: found, explained, decided on by people.

use domain::kernel::store::query;
use domain::opportunity::content::update::{self, Update};
use domain::opportunity::duplicate::decide::{Decide, decide};
use domain::opportunity::duplicate::near::{PAIRS_LIMIT, candidates_sql};
use domain::{Code, Role};
use entity::{DuplicateState as D, OpportunityState as S};
use sea_orm::{DbBackend, Value as Sql};
use serde_json::{Value, json};
use tests::on_both_databases;
use tests::refused::code;

use super::duplicates::{sent, verify, verifying};
use super::*;
use crate::api::{TestApi, operator};

const NO: (Option<OpportunityReason>, Option<&str>) = (None, None);
const PLAIN: &str = "华东智造科技有限公司";
const LONGER: &str = "深圳市华东智造信息技术有限公司";

fn wish(id: OpportunityId, other_id: OpportunityId, expected: Option<D>, same: bool) -> Decide {
    Decide { id, other_id, expected, same, reason: Some("seen".into()) }
}

/// A person of operations decides.
async fn decided(world: &World, wish: Decide) -> Result<OpportunityId, Error> {
    decide(&world.store, &as_operator("olga", &[Role::Operations]), None, wish).await
}

/// The pairs that are kept: score, state.
async fn pairs(world: &World) -> Vec<(i32, String)> {
    let sql = "SELECT score_ppm, state FROM opportunity_duplicate ORDER BY first_id, second_id";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
}

/// What the API says of the duplicates of one.
async fn told(api: &TestApi, who: &domain::Actor, id: OpportunityId) -> Value {
    let query = format!(
        "{{ opportunity(id: \"{id}\") {{ duplicates {{ other {{ customerName }} scorePpm byRule state decidedBy reason \
         grounds {{ ground value label }} }} }} }}"
    );
    api.data(who, &query, json!({})).await["opportunity"]["duplicates"].clone()
}

on_both_databases!(near_names_are_found_explained_and_kept_from_partners, |db| async move {
    let world = World::open(&db).await;
    let api = TestApi::over_store(world.store.clone());
    let (first, second) = (joined(&world, "First").await, joined(&world, "Second").await);
    let plain = sent(&world, first, PLAIN).await;
    let far = sent(&world, first, "西部物流科技有限公司").await;
    drafted(&world, second.0, form(LONGER, second.1)).await;
    assert_eq!(pairs(&world).await, [], "a draft seems to repeat nothing");
    let longer = sent(&world, second, LONGER).await;

    let reviewer = operator(&[Role::OpportunityReviewer]);
    let of = |customer: &str| {
        json!([{
            "other": { "customerName": customer }, "scorePpm": 900_000, "byRule": false, "state": "SUSPECTED",
            "decidedBy": null, "reason": null,
            "grounds": [
                { "ground": "NAME_PROPER_SIMILAR", "value": 1_000_000,
                  "label": "customer names 100 % alike without places and words of a trade" },
                { "ground": "SAME_FAMILY", "value": 0, "label": "the same product family" },
                { "ground": "WINDOW_OVERLAPS", "value": 13, "label": "13 months in common in which they may be bought" },
            ],
        }])
    };
    assert_eq!(told(&api, &reviewer, plain).await, of(LONGER));
    assert_eq!(told(&api, &reviewer, longer).await, of(PLAIN));
    assert_eq!(told(&api, &reviewer, far).await, json!([]));
    assert_eq!(told(&api, &as_partner(first.0).actor, plain).await, Value::Null);

    let suspected = "{ opportunities(suspected: true) { nodes { customerName } } }";
    let found = api.data(&reviewer, suspected, json!({})).await;
    assert_eq!(
        found["opportunities"]["nodes"],
        json!([{ "customerName": LONGER }, { "customerName": PLAIN }])
    );
    let found = api.data(&as_partner(first.0).actor, suspected, json!({})).await;
    assert_eq!(found["opportunities"]["nodes"], json!([]), "a partner learns nothing of others");

    moved(&world, &as_partner(second.0), longer, OpportunityOperation::Withdraw, NO).await.unwrap();
    assert_eq!(pairs(&world).await, []);
    assert_eq!(told(&api, &reviewer, plain).await, json!([]));
});

on_both_databases!(equal_names_need_no_decision_and_a_partner_cannot_be_told_otherwise, |db| async move {
    let world = World::open(&db).await;
    let partner = joined(&world, "Partner").await;
    let one = sent(&world, partner, "Acme Ltd").await;
    let other = sent(&world, partner, "ACME, Inc.").await;
    assert_eq!(pairs(&world).await, [(1_000_000, "SUSPECTED".to_owned())]);
    let refused = decided(&world, wish(one, other, Some(D::Suspected), false)).await;
    assert_eq!(code(refused), Code::DuplicateByRule);
});

on_both_databases!(of_two_that_somebody_found_to_be_the_same_one_passes, |db| async move {
    let world = World::open(&db).await;
    let (first, second) = (joined(&world, "First").await, joined(&world, "Second").await);
    let earlier = verifying(&world, first, PLAIN, "anna").await;
    let later = verifying(&world, second, LONGER, "bert").await;
    decided(&world, wish(later, earlier, Some(D::Suspected), true)).await.unwrap();
    assert_eq!(code(verify(&world, later, "bert").await), Code::DuplicateUndecided);
    verify(&world, earlier, "anna").await.unwrap();
    let loser = row(&world, later).await;
    assert_eq!((loser.state, loser.reason_code), (S::Rejected, Some(OpportunityReason::Duplicate)));

    // The database itself lets no second one pass.
    let sql = "INSERT INTO opportunity_pass (identity, demand_tag, month, opportunity_id) \
               SELECT identity, demand_tag, month, $1 FROM opportunity_pass WHERE opportunity_id = $2 AND month = 0";
    let place = "SELECT 1 FROM opportunity_pass WHERE identity LIKE 'PAIR:%' AND opportunity_id = $1";
    assert_eq!(query(world.store.db(), place, [earlier.0.into()]).await.unwrap().len(), 1);
    assert!(exec(world.store.db(), sql, [later.0.into(), earlier.0.into()]).await.is_err());
});

on_both_databases!(two_reviewers_verify_two_that_were_found_to_be_the_same_at_once, |db| async move {
    let world = World::open(&db).await;
    let (first, second) = (joined(&world, "First").await, joined(&world, "Second").await);
    for round in 0..6 {
        let (plain, longer) =
            (format!("Globex {round}{round} Trading"), format!("Globex {round}{round} Software Ltd"));
        let a = verifying(&world, first, &plain, "anna").await;
        let b = verifying(&world, second, &longer, "bert").await;
        // Names of other rounds are alike too; these two alone are the same.
        decided(&world, wish(a, b, Some(D::Suspected), true)).await.unwrap();
        let (one, other) = tokio::join!(verify(&world, a, "anna"), verify(&world, b, "bert"));
        assert!(one.is_ok(), "round {round}: {one:?}");
        if let Err(error) = other {
            let code = code::<()>(Err(error));
            let expected = [Code::DuplicateUndecided, Code::VersionConflict, Code::WrongState];
            assert!(expected.contains(&code), "round {round}: {code:?}");
        }
        let states = (row(&world, a).await.state, row(&world, b).await.state);
        assert_eq!(states, (S::Verified, S::Rejected), "round {round}");
    }
});

on_both_databases!(what_seems_to_repeat_one_that_passed_is_verified_only_after_a_decision, |db| async move {
    let world = World::open(&db).await;
    let (first, second) = (joined(&world, "First").await, joined(&world, "Second").await);
    let one = verifying(&world, first, PLAIN, "anna").await;
    let other = verifying(&world, second, LONGER, "bert").await;
    verify(&world, one, "anna").await.unwrap();
    let refused = verify(&world, other, "bert").await;
    let Err(Error::Refused(refusals)) = &refused else { panic!("{refused:?}") };
    assert_eq!((refusals[0].code, &refusals[0].detail), (Code::DuplicateSuspected, &one.to_string()));
    decided(&world, wish(other, one, Some(D::Suspected), false)).await.unwrap();
    verify(&world, other, "bert").await.unwrap();
});

on_both_databases!(the_vendor_finds_what_won_against_one_that_gave_way, |db| async move {
    let world = World::open(&db).await;
    let api = TestApi::over_store(world.store.clone());
    let (first, second) = (joined(&world, "First").await, joined(&world, "Second").await);
    let winner = verifying(&world, first, "Acme Ltd", "anna").await;
    let loser = verifying(&world, second, "Acme Inc", "bert").await;
    verify(&world, winner, "anna").await.unwrap();
    let reviewer = operator(&[Role::OpportunityReviewer]);
    for (of, other) in [(loser, "Acme Ltd"), (winner, "Acme Inc")] {
        let pair = told(&api, &reviewer, of).await[0].clone();
        assert_eq!(pair["other"]["customerName"], other);
        assert_eq!((&pair["state"], &pair["decidedBy"]), (&json!("CONFIRMED"), &json!("duplicates")));
        assert_eq!(pair["grounds"][0]["ground"], "NAME_EQUAL");
    }
    assert_eq!(told(&api, &as_partner(second.0).actor, loser).await, Value::Null);
});

on_both_databases!(what_is_found_to_repeat_one_that_passed_gives_way_at_once, |db| async move {
    let world = World::open(&db).await;
    let (first, second) = (joined(&world, "First").await, joined(&world, "Second").await);
    let passed = verifying(&world, first, PLAIN, "anna").await;
    verify(&world, passed, "anna").await.unwrap();
    let late = sent(&world, second, LONGER).await;
    decided(&world, wish(late, passed, Some(D::Suspected), true)).await.unwrap();
    let loser = row(&world, late).await;
    assert_eq!((loser.state, loser.reason_code), (S::Rejected, Some(OpportunityReason::Duplicate)));
    assert_eq!(row(&world, passed).await.state, S::Verified);
    let refused = decided(&world, wish(late, passed, Some(D::Confirmed), true)).await;
    assert_eq!(code(refused), Code::WrongState, "it has ended");

    // Both passed before anybody looked: too late.
    let both = verifying(&world, second, "Globex Trading", "bert").await;
    verify(&world, both, "bert").await.unwrap();
    assert_eq!(code(decided(&world, wish(passed, both, None, true)).await), Code::WrongState);
});

on_both_databases!(a_decision_can_be_changed_and_what_is_dismissed_stays_so, |db| async move {
    let world = World::open(&db).await;
    let (first, second) = (joined(&world, "First").await, joined(&world, "Second").await);
    let one = verifying(&world, first, PLAIN, "anna").await;
    let other = verifying(&world, second, LONGER, "bert").await;
    decided(&world, wish(one, other, Some(D::Suspected), true)).await.unwrap();
    assert_eq!(
        code(decided(&world, wish(one, other, Some(D::Suspected), false)).await),
        Code::VersionConflict
    );
    let silent = Decide { reason: None, ..wish(one, other, Some(D::Confirmed), false) };
    assert_eq!(code(decided(&world, silent).await), Code::ReasonRequired);
    assert_eq!(code(decided(&world, wish(one, one, None, true)).await), Code::Invalid);
    let stranger = as_operator("sven", &[Role::OpportunityReviewer]);
    let theirs = decide(&world.store, &stranger, None, wish(one, other, Some(D::Confirmed), false)).await;
    assert_eq!(code(theirs), Code::NotOfItsOffice);
    let unknown = wish(one, OpportunityId(1), None, true);
    assert_eq!(code(decided(&world, unknown).await), Code::NotFound);

    decided(&world, wish(one, other, Some(D::Confirmed), false)).await.unwrap();
    verify(&world, one, "anna").await.unwrap();
    verify(&world, other, "bert").await.unwrap();
    assert_eq!((row(&world, one).await.state, row(&world, other).await.state), (S::Verified, S::Verified));
    let found = pairs(&world).await;
    assert_eq!(found, [(900_000, "DISMISSED".to_owned())]);
});

on_both_databases!(the_vendors_own_and_what_is_edited_are_looked_at_too, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let changes = |customer: &str, day: &str| Changes {
        expected_sign_on: Patch::Set(day.parse().unwrap()),
        ..form(customer, offering)
    };
    let tag = "UPDATE partner_offering SET demand_tag = 'BIG_DATA'";
    exec(world.store.db(), tag, []).await.unwrap();
    let po = drafted(&world, partner, changes(PLAIN, "2027-03-31")).await;
    moved(&world, &as_partner(partner), po, OpportunityOperation::Submit, NO).await.unwrap();
    let ho = vendor::shared(&world, LONGER).await;
    assert_eq!(pairs(&world).await, [(900_000, "SUSPECTED".to_owned())]);

    let edit = async |customer: &str| {
        let seen = Seen { id: ho, expected_version: row(&world, ho).await.version };
        let changes = Changes { customer_name: Patch::Set(customer.into()), ..Changes::default() };
        update::update(&world.store, &vendor::operations(), None, Update { seen, changes }).await.unwrap()
    };
    edit("西部物流科技有限公司").await;
    assert_eq!(pairs(&world).await, []);
    edit("华东智造").await;
    assert_eq!(pairs(&world).await.len(), 1);
    // Of another product family it is another wish.
    let family = async |tag: &str| {
        let seen = Seen { id: ho, expected_version: row(&world, ho).await.version };
        let changes = Changes { demand_tag: Patch::Set(tag.into()), ..Changes::default() };
        update::update(&world.store, &vendor::operations(), None, Update { seen, changes }).await
    };
    assert_eq!(code(family("big data").await), Code::Invalid);
    family("ai").await.unwrap();
    assert_eq!(row(&world, ho).await.demand_tag, "AI");
    assert_eq!(pairs(&world).await, []);
    let seen = Seen { id: po, expected_version: row(&world, po).await.version };
    let changes = Changes { demand_tag: Patch::Set("AI".into()), ..Changes::default() };
    let input = Update { seen, changes: changes.clone() };
    assert_eq!(
        code(update::update(&world.store, &as_partner(partner), None, input).await),
        Code::FieldNotEditable
    );
    let me = as_partner(partner);
    let named = Changes { name: Patch::Set("x".into()), ..changes };
    let draft = draft::create(&world.store, &me, None, named);
    assert_eq!(code(draft.await), Code::FieldNotEditable, "a partner's family is that of its offering");
    // A person knows that two names mean one customer.
    let ibm = vendor::shared(&world, "International Business Machines").await;
    decided(&world, wish(ibm, po, None, true)).await.unwrap();
    assert_eq!(pairs(&world).await.last().unwrap(), &(0, "CONFIRMED".to_owned()));
});

on_both_databases!(of_many_that_are_alike_twenty_pairs_are_kept_at_one_look, |db| async move {
    let world = World::open(&db).await;
    let partner = joined(&world, "Partner").await;
    for _ in 0..PAIRS_LIMIT + 2 {
        sent(&world, partner, "Northwind Ltd").await;
    }
    let last = sent(&world, partner, "Northwind Technology Ltd").await;
    let sql = "SELECT 1 FROM opportunity_duplicate WHERE second_id = $1";
    assert_eq!(query(world.store.db(), sql, [last.0.into()]).await.unwrap().len(), PAIRS_LIMIT);
});

on_both_databases!(what_may_be_repeated_is_found_by_indexes, |db| async move {
    let world = World::open(&db).await;
    let partner = joined(&world, "Partner").await;
    for i in 0..3 {
        sent(&world, partner, &format!("Customer {i}{i}{i}")).await;
    }
    let postgres = world.store.backend() == DbBackend::Postgres;
    let values: Vec<Sql> =
        vec!["x".into(), "x".into(), 1_i64.into(), 1_i64.into(), 200_i64.into(), "abc".into(), "bcd".into()];
    let sql = candidates_sql(2);
    let plan = if postgres {
        exec(world.store.db(), "ANALYZE", []).await.unwrap();
        // Small tables are read whole unless told not to.
        let tx = world.store.begin().await.unwrap();
        exec(tx.orm(), "SET LOCAL enable_seqscan = off", []).await.unwrap();
        query(tx.orm(), &format!("EXPLAIN {sql}"), values).await.unwrap()
    } else {
        query(world.store.db(), &format!("EXPLAIN QUERY PLAN {sql}"), values).await.unwrap()
    };
    let column = if postgres { 0 } else { 3 };
    let plan: Vec<String> = plan.iter().map(|row| row.try_get_by_index(column).unwrap()).collect();
    let plan = plan.join("\n");
    let whole = if postgres { "Seq Scan" } else { "SCAN opportunity" };
    assert!(!plan.contains(whole), "{plan}");
    for index in ["opportunity_by_credit_code", "opportunity_by_name_key", "opportunity_by_customer"] {
        assert!(plan.contains(index), "{index}: {plan}");
    }
});
