//! The class of a charge is that of its own row.

use domain::kernel::store::query;
use domain::performance::product_policy::{SetPolicy, set};
use domain::programme::incentive_policy::{NewPolicy, NewRate, create};
use entity::{PartnerKind, ProductId, ProductPolicyKind, RunKind};
use tests::on_both_databases;
use tests::world::{World, bill, month, rate, row};

/// A world in which Compute earns a tenth and AI half.
async fn open(db: &tests::db::TestDatabase) -> World {
    let world = World::open(db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    let of = |class: &str, ppm| NewRate { product_class: Some(class.into()), ..rate(ppm) };
    let rates = vec![of("Compute", 100_000), of("AI and Machine Learning", 500_000)];
    let input = NewPolicy { name: "base".into(), valid_from: month("2026-01"), rates };
    create(&world.store, &world.context, None, input).await.unwrap();
    world
}

fn of(class: &str, amount: &str) -> String {
    row("A", amount, "2026-09-10T00:00:00Z", class).replace(",Compute,", &format!(",{class},"))
}

on_both_databases!(
    a_service_in_two_classes_earns_by_the_class_of_each_charge_in_any_order,
    |db| async move {
        let (compute, ai) = (of("Compute", "1"), of("AI and Machine Learning", "2"));
        let world = open(&db).await;
        world.import(&bill(&[ai])).await;
        world.import(&bill(&[compute])).await;
        world.settle("2026-09", RunKind::Estimate).await;
        assert_eq!(world.bills().await, ["202609 Provider ESTIMATED 3000000 1100000"]);
        world.verify().await;
    }
);

on_both_databases!(a_charge_whose_class_is_corrected_earns_by_the_new_one, |db| async move {
    let world = open(&db).await;
    let note = |class: &str| of(class, "2").replace(&format!(",,{class}"), ",,same");
    world.import(&bill(&[note("Compute")])).await;
    let receipt = world.import(&bill(&[note("AI and Machine Learning")])).await;
    assert_eq!((receipt.rows_accepted, receipt.rows_updated), (0, 1));
    world.settle("2026-09", RunKind::Estimate).await;
    assert_eq!(world.bills().await, ["202609 Provider ESTIMATED 2000000 1000000"]);
    world.verify().await;
});

on_both_databases!(what_was_said_of_a_service_holds_in_a_class_in_which_it_is_new, |db| async move {
    let world = open(&db).await;
    world.import(&bill(&[of("Compute", "1")])).await;
    let row = query(world.store.db(), "SELECT id FROM product", []).await.unwrap().pop().unwrap();
    let product_id = ProductId(row.try_get_by_index(0).unwrap());
    let input = SetPolicy { product_id, month: month("2026-09"), policy: ProductPolicyKind::NoPerformance };
    set(&world.store, &world.context, None, input).await.unwrap();
    world.import(&bill(&[of("AI and Machine Learning", "2")])).await;
    world.verify().await;
    let lines = world.lines().await;
    assert!(lines.iter().all(|line| line.contains("PRODUCT_POLICY")), "{lines:?}");
});
