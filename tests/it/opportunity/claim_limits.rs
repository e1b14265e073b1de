//! What one claim alone may rest on, also under a race, and what a year allows.

use domain::Code;
use domain::opportunity::progress::link::{self, Links};
use entity::PceClaimOperation as Op;
use tests::on_both_databases;
use tests::refused::{code, code_at};
use tests::world::{bill, row as payment};

use super::claims::*;
use super::*;
use crate::payment::held;

on_both_databases!(two_claims_of_one_opportunity_made_at_once_are_one, |db| async move {
    let world = World::open(&db).await;
    policy(&world).await;
    let ground = signed(&world, joined(&world, "Partner").await, "Acme").await;
    let (first, second) = tokio::join!(claimed_for(&world, &ground), claimed_for(&world, &ground));
    let (made, refused) = if first.is_ok() { (first, second) } else { (second, first) };
    assert_eq!(code(refused), Code::PceClaimedAlready);
    // The database itself refuses a second.
    let sql = "INSERT INTO pce_claim SELECT id + 1, opportunity_id, partner_id, policy_id, state, state_since, reason, year, \
               currency, basis, amount, evidence_file_id, note, transitions, created_by, created_at, version FROM pce_claim";
    assert!(exec(world.store.db(), sql, []).await.is_err());
    let id = made.unwrap();
    for sql in [
        "INSERT INTO pce_claim_order (order_no, claim_id) VALUES ('ORDER OF ACME', $1)",
        "INSERT INTO pce_claim_month (account_id, month, claim_id) SELECT account_id, month, $1 FROM pce_claim_month",
    ] {
        assert!(exec(world.store.db(), sql, [id.0.into()]).await.is_err(), "{sql}");
    }
});

on_both_databases!(an_order_and_the_cash_of_a_month_support_one_claim, |db| async move {
    let world = World::open(&db).await;
    policy(&world).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let first = signed(&world, (partner, offering), "Acme").await;
    let second = signed(&world, (partner, offering), "Globex").await;
    let taken = linked(&world, &second, &["order of Acme"]).await;
    assert_eq!(code_at(taken), (Code::OrderOfOther, "orderNumbers.0".into()));
    let of_other = Links {
        seen: Seen { id: second.id, expected_version: row(&world, second.id).await.version },
        accounts: vec![first.account],
        orders: vec![],
    };
    let refused = link::link(&world.store, &as_partner(partner), None, of_other).await;
    assert_eq!(code_at(refused), (Code::AccountOfOther, "accountIds.0".into()));
    // As if the second opportunity were of the same customer.
    let sql = "UPDATE opportunity_account SET account_id = $1 WHERE opportunity_id = $2";
    exec(world.store.db(), sql, [first.account.0.into(), second.id.0.into()]).await.unwrap();
    let (one, two) = tokio::join!(claimed_for(&world, &first), claimed_for(&world, &second));
    let refused = if one.is_ok() { two } else { one };
    assert_eq!(code(refused), Code::PceGroundTaken);
});

on_both_databases!(a_year_is_capped_over_all_opportunities_of_a_partner, |db| async move {
    let world = World::open(&db).await;
    policy(&world).await;
    let who = joined(&world, "Partner").await;
    let mut amounts = Vec::new();
    for customer in ["Acme", "Globex", "Initech"] {
        let ground = signed(&world, who, customer).await;
        world.import(&bill(&[payment(customer, "100000", "2026-10-10T00:00:00Z", customer)])).await;
        let id = claimed_for(&world, &ground).await.unwrap();
        let published = turned(&world, &operations(), id, Op::Publish, None).await;
        amounts.push(published.map(|_| ()).map_err(|error| code(Err::<(), _>(error))));
        if amounts.last() == Some(&Ok(())) {
            turned(&world, &as_partner(ground.partner), id, Op::Confirm, None).await.unwrap();
        }
    }
    assert_eq!(amounts, [Ok(()), Ok(()), Err(Code::PceNothingEarned)]);
    assert_eq!(held(&world, who.0).await, ["EARNED -1500", "PAYABLE 1500"]);
    world.verify().await;
});
