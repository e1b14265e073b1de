//! What verification finds of opportunities that something falsified.

use domain::opportunity::duplicate::decide::{Decide, decide};
use domain::opportunity::prove::prove;
use tests::on_both_databases;

use super::*;

/// The counter-examples.
async fn broken(world: &World) -> Vec<String> {
    let checks = prove(world.store.db()).await.unwrap();
    checks.into_iter().filter(|check| !check.holds).map(|check| check.counter_example.unwrap()).collect()
}

on_both_databases!(a_state_without_its_trail_is_found, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let id = drafted(&world, partner, form("Acme", offering)).await;
    drafted(&world, partner, form("Other", offering)).await;
    assert_eq!(broken(&world).await, [""; 0]);
    let forged = async |sql: &str| {
        exec(world.store.db(), sql, [id.0.into()]).await.unwrap();
        broken(&world).await
    };
    let astray = forged("UPDATE opportunity SET state = 'VERIFIED' WHERE id = $1").await;
    assert_eq!(astray, [format!("{id} stands in VERIFIED")]);
    assert_eq!(forged("UPDATE opportunity SET state = 'DRAFT' WHERE id = $1").await, [""; 0]);
    let cut = forged("UPDATE opportunity SET transitions = transitions + 1 WHERE id = $1").await;
    assert_eq!(cut, [format!("{id} stands in DRAFT")]);
});

on_both_databases!(two_that_passed_and_repeat_each_other_are_found, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let one = verified(&world, partner, form("Acme Ltd", offering)).await;
    let other = verified(&world, partner, form("Globex", offering)).await;
    assert_eq!(broken(&world).await, [""; 0]);
    let set = async |sql: &str| {
        exec(world.store.db(), sql, [other.0.into()]).await.unwrap();
        broken(&world).await
    };
    let both = [format!("{one} and {other} passed")];
    assert_eq!(set("UPDATE opportunity SET name_key = 'acme' WHERE id = $1").await, both);
    // A year and a month later, another family, two credit codes: no repetition.
    assert_eq!(set("UPDATE opportunity SET expected_sign_on = 20280430 WHERE id = $1").await, [""; 0]);
    assert_eq!(set("UPDATE opportunity SET expected_sign_on = 20280331 WHERE id = $1").await, both);
    assert_eq!(set("UPDATE opportunity SET demand_tag = 'AI' WHERE id = $1").await, [""; 0]);
    assert_eq!(set("UPDATE opportunity SET demand_tag = 'DATABASE' WHERE id = $1").await, both);
    let codes = "UPDATE opportunity SET credit_code = CASE WHEN id = $1 THEN 'X' ELSE 'Y' END";
    assert_eq!(set(codes).await, [""; 0]);
    assert_eq!(
        set("UPDATE opportunity SET name_key = 'globex', credit_code = 'Y' WHERE id = $1").await,
        both
    );
    assert_eq!(set("UPDATE opportunity SET credit_code = NULL WHERE id = $1").await, [""; 0]);

    let wish = Decide { id: one, other_id: other, expected: None, same: false, reason: Some("two".into()) };
    decide(&world.store, &vendor::operations(), None, wish).await.unwrap();
    assert_eq!(broken(&world).await, [""; 0]);
    let confirmed = "UPDATE opportunity_duplicate SET state = 'CONFIRMED' WHERE second_id = $1";
    assert_eq!(set(confirmed).await, both);
});
