//! Sums to the partner are what their lines come to, whatever changed the lines.

use domain::kernel::store::{exec, query_one};
use domain::operate::verify::{Check, verify};
use domain::performance::partner_sum::{mark_stale, stale_months};
use domain::performance::partner_sum_rebuild::rebuild;
use domain::performance::product_policy::{SetPolicy, set};
use domain::performance::recompute::recompute_all;
use domain::programme::association::{Correct, correct};
use domain::settlement::sums::{digest, digest_like, digest_of_shards, line_totals, partner_totals};
use entity::{Month, PartnerKind, ProductId, ProductPolicyKind, RunKind, RunState};
use tests::on_both_databases;
use tests::world::{World, at, bill, month, row};

const SEPTEMBER: Month = Month(202_609);

/// The digest of the sums of a month, and that of its lines.
async fn digests(world: &World, month: Month) -> [String; 2] {
    let db = world.store.db();
    let kept = partner_totals(db, month, -1, i64::MAX).await.unwrap();
    [digest(&kept), digest(&line_totals(db, month, -1, i64::MAX).await.unwrap())]
}

/// What verification says of the sums, month by month.
async fn proof(world: &World) -> Vec<Check> {
    let checks = verify(&world.store, None).await.unwrap().into_iter();
    checks.filter(|check| check.name == "sums to the partner = lines").collect()
}

/// The same of September.
async fn proof_of_september(world: &World) -> Check {
    let found = proof(world).await.into_iter().find(|check| check.month == Some(SEPTEMBER));
    found.unwrap()
}

async fn kept_by_delta(world: &World, after: &str) {
    assert_eq!(world.sums_are_right().await, [], "after {after}");
    let checks = proof(world).await;
    assert!(!checks.is_empty() && checks.iter().all(|check| check.holds), "after {after}: {checks:?}");
    for month in [SEPTEMBER, SEPTEMBER.next()] {
        let [kept, lines] = digests(world, month).await;
        assert_eq!(kept, lines, "{month} after {after}");
    }
}

on_both_databases!(every_change_of_lines_changes_their_sums, |db| async move {
    let world = World::open(&db).await;
    let wrong = world.partner(PartnerKind::SolutionProvider, "Wrong").await;
    let right = world.partner(PartnerKind::SolutionProvider, "Right").await;
    let (a, b) = (world.customer("A").await, world.customer("B").await);
    let association = world.associate(a, wrong, "2026-01-01T00:00:00Z").await;
    world.associate(b, right, "2026-01-01T00:00:00Z").await;
    world.policy("2026-01", 100_000).await;
    let rows = [row("A", "100", "2026-09-10T00:00:00Z", "one"), row("B", "5", "2026-09-11T00:00:00Z", "two")];
    world.import(&bill(&rows)).await;
    kept_by_delta(&world, "an import").await;

    world.import_as(&bill(&[row("B", "7", "2026-09-12T00:00:00Z", "unpaid")]), false).await;
    let invoice_no = "B/2026-09/USD".into();
    let paid =
        domain::performance::import::pay::MarkPaid { provider: "Cloud".into(), invoice_no, paid_at: None };
    domain::performance::import::pay::mark_paid(&world.store, &world.context, None, paid).await.unwrap();
    recompute_all(&world.store).await.unwrap();
    kept_by_delta(&world, "a paid invoice").await;

    let input = Correct {
        association_id: association,
        expected_version: 1,
        partner_id: Some(right),
        mode: None,
        valid_from: Some(at("2026-09-05T00:00:00Z")),
        reason: "entered for the wrong partner".into(),
    };
    correct(&world.store, &world.context, None, input).await.unwrap();
    recompute_all(&world.store).await.unwrap();
    kept_by_delta(&world, "an association corrected").await;

    world.import(&bill(&[row("Late", "3", "2026-09-20T00:00:00Z", "stranger")])).await;
    world.account("Late", a).await;
    recompute_all(&world.store).await.unwrap();
    kept_by_delta(&world, "an account linked").await;

    world.settle("2026-09", RunKind::Final).await;
    kept_by_delta(&world, "a final run").await;
    world.import(&bill(&[row("A", "-30", "2026-09-11T00:00:00Z", "late")])).await;
    kept_by_delta(&world, "late facts").await;
    world.verify().await;
});

on_both_databases!(a_product_policy_makes_sums_wait_until_they_are_built_anew, |db| async move {
    let (world, _) = World::september(&db).await;
    let row_of = query_one(world.store.db(), "SELECT id FROM product", []).await.unwrap().unwrap();
    for (policy, bills) in [
        (ProductPolicyKind::NoPerformance, vec![]),
        (ProductPolicyKind::Ordinary, vec!["100000000 10000000"]),
    ] {
        let product_id = ProductId(row_of.try_get_by_index(0).unwrap());
        let input = SetPolicy { product_id, month: SEPTEMBER, policy };
        set(&world.store, &world.context, None, input).await.unwrap();
        assert!(world.sums_are_right().await.contains(&SEPTEMBER));
        // What comes in meanwhile does no harm.
        world.import(&bill(&[row("Stranger", "1", "2026-09-10T00:00:00Z", policy.name())])).await;
        let [kept, lines] = digests(&world, SEPTEMBER).await;
        assert_eq!(kept, lines, "while they wait, lines are summed");
        world.settle("2026-09", RunKind::Draft).await;
        assert!(!world.sums_are_right().await.contains(&SEPTEMBER));
        let bills: Vec<_> = bills.iter().map(|b| format!("202609 Provider ESTIMATED {b}")).collect();
        assert_eq!(world.bills().await, bills);
    }
    world.verify().await;
});

on_both_databases!(sums_built_anew_are_those_kept_by_delta_and_survive_being_wrong, |db| async move {
    let world = World::open(&db).await;
    let distributor = world.partner(PartnerKind::Distributor, "Distributor").await;
    let reseller = world.partner(PartnerKind::Reseller, "Reseller").await;
    world.link(reseller, distributor).await;
    for (name, partner) in [("A", distributor), ("B", reseller)] {
        let customer = world.customer(name).await;
        world.associate(customer, partner, "2026-01-01T00:00:00Z").await;
    }
    world.customer("Nobody").await;
    let names = ["A", "B", "Nobody"];
    let rows: Vec<_> = (0..300)
        .map(|i| row(names[i % 3], &format!("{i}.25"), "2026-09-10T00:00:00Z", &i.to_string()))
        .collect();
    world.import(&bill(&rows)).await;
    let kept = digests(&world, SEPTEMBER).await;
    let db = world.store.db();
    exec(db, "UPDATE partner_sum SET amount = amount + 1", []).await.unwrap();
    let found = proof_of_september(&world).await;
    assert!(!found.holds && found.counter_example.is_some(), "{found:?}");
    mark_stale(db, &[SEPTEMBER]).await.unwrap();
    mark_stale(db, &[SEPTEMBER]).await.unwrap();
    world.import(&bill(&[row("A", "1", "2026-09-11T00:00:00Z", "meanwhile")])).await;
    assert!(rebuild(&world.store, SEPTEMBER).await.unwrap());
    kept_by_delta(&world, "a rebuild").await;
    assert_ne!(digests(&world, SEPTEMBER).await, kept);
    assert!(stale_months(db).await.unwrap().is_empty());
});

on_both_databases!(a_sum_that_is_invented_is_found, |db| async move {
    let world = World::open(&db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world.import(&bill(&[row("A", "100", "2026-09-10T00:00:00Z", "one")])).await;
    // A sum of nothing is as good as none; one of something is not.
    for (amount, holds) in [(0_i64, true), (1, false)] {
        let sql = "INSERT INTO partner_sum SELECT month, bill_to_id + 1, partner_id, origin_month, mode, product_id, \
                   currency, reason, CAST($1 AS BIGINT), 0 FROM partner_sum WHERE month = 202609";
        exec(world.store.db(), sql, [amount.into()]).await.unwrap();
        let check = proof_of_september(&world).await;
        assert_eq!((check.holds, check.counter_example.is_none()), (holds, holds), "{check:?}");
        if holds {
            let [kept, lines] = digests(&world, SEPTEMBER).await;
            assert_eq!(kept, lines);
        }
        exec(world.store.db(), "DELETE FROM partner_sum WHERE amount IN (0, 1)", []).await.unwrap();
    }
});

on_both_databases!(a_month_that_was_final_before_sums_were_kept_is_still_proved, |db| async move {
    let world = World::open(&db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world.import(&bill(&[row("A", "100", "2026-09-10T00:00:00Z", "one")])).await;
    let run = world.settle("2026-09", RunKind::Final).await;
    assert_eq!((run.state, run.lines), (RunState::Succeeded, 1));
    // The digests as they were taken then: of lines, and counting these.
    let mut all = Vec::new();
    for (shard, from, to) in [(0_i16, -1, 0), (1, 0, i64::MAX)] {
        let totals = line_totals(world.store.db(), month("2026-09"), from, to).await.unwrap();
        let old = digest_like(Some("0"), &totals);
        assert!(!old.contains(':'), "{old}");
        all.push(old.clone());
        let sql = "UPDATE settlement_shard SET digest = $1 WHERE shard = $2";
        exec(world.store.db(), sql, [old.into(), shard.into()]).await.unwrap();
    }
    let sql = "UPDATE settlement_month SET lines_digest = $1 WHERE month = 202609";
    exec(world.store.db(), sql, [digest_of_shards(all.iter().map(String::as_str)).into()]).await.unwrap();
    world.verify().await;
    exec(world.store.db(), "UPDATE performance_line SET payments = payments + 1", []).await.unwrap();
    let checks = verify(&world.store, None).await.unwrap();
    assert!(checks.iter().any(|c| !c.holds && c.name.starts_with("final month")), "{checks:?}");
});
