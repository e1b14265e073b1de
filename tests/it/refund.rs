//! Refunds give their incentive back, to the smallest unit.

use domain::kernel::store::query;
use domain::programme::incentive_policy::{NewPolicy, NewRate, create};
use entity::{PartnerId, PartnerKind, RunKind};
use tests::on_both_databases;
use tests::world::{World, at, bill, month, rate, row};

async fn provider(world: &World) -> PartnerId {
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    provider
}

/// A row that corrects what was billed before, of a service and class.
fn refund(amount: &str, when: &str, class: &str) -> String {
    format!("{amount},USD,Purchase,Correction,{when},{class} x,{class},A,Cloud,Cloud,Cloud,,refund of {when}")
}

/// Settles months as final, each with what is imported before it.
async fn months(world: &World, months: &[(&str, Vec<String>)]) {
    for (of, rows) in months {
        if !rows.is_empty() {
            world.import(&bill(rows)).await;
        }
        world.settle(of, RunKind::Final).await;
        world.verify().await;
    }
}

/// The amounts of the bills in cents, oldest first.
async fn cents(world: &World) -> Vec<i64> {
    let sql = "SELECT amount FROM incentive_bill ORDER BY month, currency";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index::<i64>(0).unwrap() / 10_000).collect()
}

async fn policy(world: &World, rates: Vec<NewRate>) {
    let input = NewPolicy { name: "base".into(), valid_from: month("2026-01"), rates };
    create(&world.store, &world.context, None, input).await.unwrap();
}

on_both_databases!(a_refund_in_a_later_month_gives_the_incentive_back, |db| async move {
    let world = World::open(&db).await;
    provider(&world).await;
    world.policy("2026-01", 100_000).await;
    let june = vec![row("A", "1000", "2026-06-10T00:00:00Z", "june")];
    let july = vec![refund("-1000", "2026-07-10T00:00:00Z", "Compute")];
    months(&world, &[("2026-06", june), ("2026-07", july)]).await;
    assert_eq!(
        world.bills().await,
        [
            "202606 Provider PENDING_CONFIRM 1000000000 100000000",
            "202607 Provider PENDING_CONFIRM -1000000000 -100000000",
        ]
    );
});

on_both_databases!(neither_minimum_nor_cap_turns_a_refund_into_nothing, |db| async move {
    let world = World::open(&db).await;
    provider(&world).await;
    let bounded = NewRate { minimum: Some(500_000_000), cap: Some(90_000_000), ..rate(100_000) };
    policy(&world, vec![bounded]).await;
    let of = |class: &str, amount: &str, day: &str| {
        format!("{amount},USD,Usage,,{day}T00:00:00Z,{class} x,{class},A,Cloud,Cloud,Cloud,,{day}")
    };
    let june = vec![of("Compute", "600", "2026-06-10"), of("Storage", "300", "2026-06-10")];
    // What is bought reaches the minimum by itself, what is refunded is taken off by itself.
    let july = vec![of("Compute", "600", "2026-07-10"), refund("-300", "2026-07-10T00:00:00Z", "Storage")];
    // A month of refunds alone.
    let august = vec![refund("-40", "2026-08-10T00:00:00Z", "Compute")];
    months(&world, &[("2026-06", june), ("2026-07", july), ("2026-08", august)]).await;
    assert_eq!(cents(&world).await, [9_000, 3_000, -400]);
});

on_both_databases!(one_of_several_rates_may_be_below_zero, |db| async move {
    let world = World::open(&db).await;
    provider(&world).await;
    let storage = NewRate { product_class: Some("Storage".into()), ..rate(200_000) };
    policy(&world, vec![storage, rate(100_000)]).await;
    let rows = vec![
        row("A", "1000", "2026-06-10T00:00:00Z", "june"),
        refund("-200", "2026-06-10T00:00:00Z", "Storage"),
    ];
    months(&world, &[("2026-06", rows)]).await;
    assert_eq!(cents(&world).await, [6_000]);
});

on_both_databases!(reversals_over_months_take_back_exactly_what_was_given, |db| async move {
    let world = World::open(&db).await;
    provider(&world).await;
    world.policy("2026-01", 100_000).await;
    let late = |amount: &str| vec![row("A", amount, "2026-03-10T00:00:00Z", amount)];
    months(
        &world,
        &[
            ("2026-03", late("279.16")),
            ("2026-04", late("-100.04")),
            ("2026-05", late("-100.040")),
            ("2026-06", late("-79.04")),
            ("2026-07", late("-0.04")),
        ],
    )
    .await;
    assert_eq!(cents(&world).await, [2_792, -1_001, -1_000, -791, 0]);
});

on_both_databases!(a_policy_without_a_minimum_says_so, |db| async move {
    let world = World::open(&db).await;
    policy(&world, vec![rate(100_000), NewRate { minimum: Some(0), ..rate(1) }]).await;
    world.clock.set(at("2026-10-15T12:00:00Z"));
    let all = domain::programme::incentive_policy::load_all(world.store.db()).await.unwrap();
    let minimums: Vec<_> = all[0].rates.iter().map(|rate| rate.minimum).collect();
    assert_eq!(minimums, [None, Some(0)]);
});
