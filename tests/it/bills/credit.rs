//! Credits pay charges: what they pay is no cash, whichever row says so, in whatever order.

use domain::performance::explain::explain_payments;
use domain::performance::recompute::recompute_all;
use domain::{kernel::scope::Scope, performance::explain::payments};
use entity::{PartnerKind, RunKind};
use tests::on_both_databases;
use tests::world::{World, month};

const HEADER: &str = "BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ServiceName,ServiceCategory,\
    SubAccountId,ProviderName,InvoiceId,ResourceId";

fn row(category: &str, service: &str, resource: &str, amount: &str) -> String {
    format!("{amount},USD,{category},2026-09-10T00:00:00Z,{service},Compute,A,Cloud,,{resource}")
}

fn bill(rows: &[String]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

async fn open(db: &tests::db::TestDatabase) -> (World, entity::CustomerId) {
    let world = World::open(db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world.policy("2026-01", 100_000).await;
    (world, a)
}

/// Sum that counted, in micros.
async fn counted(world: &World) -> i64 {
    world.verify().await;
    let lines = world.lines().await;
    let amount = |line: &String| -> Option<i64> {
        let words: Vec<&str> = line.split(' ').collect();
        (words[4] == "COUNTED").then(|| words[5].parse().unwrap())
    };
    lines.iter().filter_map(amount).sum()
}

on_both_databases!(what_credits_pay_does_not_count_in_whatever_order_they_come, |db| async move {
    let (world, _) = open(&db).await;
    let usage = [row("Usage", "vm", "a", "100"), row("Usage", "vm", "b", "50")];
    let credits = [row("Credit", "vm", "a", "-100"), row("Credit", "vm", "b", "-20")];
    world.import(&bill(&credits)).await;
    assert_eq!(counted(&world).await, 0);
    world.import(&bill(&usage)).await;
    assert_eq!(counted(&world).await, 30_000_000);
    world.import(&bill(&[row("Usage", "vm", "c", "10")])).await;
    assert_eq!(counted(&world).await, 40_000_000);
    // The usage is corrected below what the credits come to.
    world.import(&bill(&[row("Usage", "vm", "a", "60"), row("Usage", "vm", "b", "50")])).await;
    assert_eq!(counted(&world).await, 0);
    world.settle("2026-09", RunKind::Estimate).await;
    world.verify().await;
});

on_both_databases!(a_credit_pays_its_product_or_across_and_its_rest_is_seen, |db| async move {
    let (world, a) = open(&db).await;
    let rows = [
        row("Usage", "vm", "a", "10"),
        row("Usage", "db", "b", "30"),
        row("Tax", "vm", "a", "5"),
        row("Credit", "vm", "a", "-25"),
        row("Credit", "gift", "", "-6"),
    ];
    world.import(&bill(&rows)).await;
    assert_eq!(counted(&world).await, 24_000_000, "10 of 25 and 6 were used");
    recompute_all(&world.store).await.unwrap();
    let all = payments(&world.store, a, month("2026-09"), None, 100).await.unwrap();
    let mut said: Vec<(i64, i64)> = explain_payments(&world.store, Scope::All, &all)
        .await
        .unwrap()
        .into_iter()
        .flatten()
        .map(|explained| (explained.payment.line_no, explained.payment.counted.credited))
        .collect();
    said.sort_unstable();
    assert_eq!(said, [(2, 10_000_000), (3, 6_000_000), (4, 0), (5, -10_000_000), (6, -6_000_000)]);
});

on_both_databases!(a_credit_for_a_closed_month_is_a_correction, |db| async move {
    let (world, _) = open(&db).await;
    world.import(&bill(&[row("Usage", "vm", "a", "100")])).await;
    world.settle("2026-09", RunKind::Draft).await;
    world.settle("2026-09", RunKind::Final).await;
    world.import(&bill(&[row("Credit", "vm", "a", "-40")])).await;
    assert_eq!(counted(&world).await, 60_000_000);
    let lines = world.lines().await;
    assert!(lines.contains(&"202609 202609 Provider A COUNTED 100000000 1".to_owned()), "{lines:?}");
    assert!(lines.contains(&"202610 202609 Provider A COUNTED -40000000 0".to_owned()), "{lines:?}");
});
