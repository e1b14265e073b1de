//! What verification finds, and what it leaves alone.

use domain::kernel::store::exec;
use domain::operate::verify::{Check, verify};
use domain::performance::recompute::{Recomputer, mark_all_dirty, recompute_all, recompute_some};
use entity::{PartnerKind, RunKind};
use sea_orm::ConnectionTrait;
use tests::dump::{assert_same_books, dump};
use tests::on_both_databases;
use tests::world::{World, bill, month, row};

const REBUILD: &str = "lines = full rebuild from payments";

/// Three customers of two partners with a few payments each in September.
async fn filled(world: &World) {
    let one = world.partner(PartnerKind::SolutionProvider, "One").await;
    let two = world.partner(PartnerKind::SolutionProvider, "Two").await;
    for (name, partner) in [("A", one), ("B", two), ("C", one)] {
        let customer = world.customer(name).await;
        world.associate(customer, partner, "2026-01-01T00:00:00Z").await;
    }
    world.policy("2026-01", 100_000).await;
    let rows: Vec<String> = (1..=9)
        .map(|day| {
            let account = ["A", "B", "C"][day % 3];
            row(account, &format!("{day}.5"), &format!("2026-09-{day:02}T00:00:00Z"), &format!("r{day}"))
        })
        .collect();
    world.import(&bill(&rows)).await;
    recompute_all(&world.store).await.unwrap();
}

async fn broken(world: &World) -> Vec<Check> {
    let checks = verify(&world.store, None).await.unwrap();
    checks.into_iter().filter(|check| !check.holds).collect()
}

on_both_databases!(every_way_to_falsify_a_line_is_found_and_the_line_is_named, |db| async move {
    let world = World::open(&db).await;
    filled(&world).await;
    assert_eq!(broken(&world).await.len(), 0);
    // A made-up line of a partner that has none; what undoes each falsification stands beside it.
    let other = "UPDATE performance_line SET reason = 1 WHERE customer_id = (SELECT id FROM customer WHERE name = 'B')";
    let back = other.replace("reason = 1", "reason = 0");
    let of_a = "WHERE customer_id = (SELECT id FROM customer WHERE name = 'A')";
    let micro = format!("UPDATE performance_line SET amount = amount + 1 {of_a}");
    let unmicro = format!("UPDATE performance_line SET amount = amount - 1 {of_a}");
    let count = format!("UPDATE performance_line SET payments = payments + 1 {of_a}");
    let uncount = format!("UPDATE performance_line SET payments = payments - 1 {of_a}");
    let keep = format!("CREATE TABLE kept AS SELECT * FROM performance_line {of_a}");
    let lose = format!("DELETE FROM performance_line {of_a}");
    let invent = format!(
        "INSERT INTO performance_line SELECT month, bill_to_id, partner_id, 4242, origin_month, mode, \
        product_id, charging_mode, currency, reason, amount, payments FROM performance_line {of_a}"
    );
    let cases: [(&str, &[&str], &[&str], &str); 5] = [
        ("a micro", &[&micro], &[&unmicro], "payments say 19.500000 in 3 payments, lines say 19.500001"),
        ("a count", &[&count], &[&uncount], "in 3 payments, lines say"),
        ("a move to another line", &[other], &[&back], "lines say none"),
        (
            "a lost line",
            &[&keep, &lose],
            &["INSERT INTO performance_line SELECT * FROM kept", "DROP TABLE kept"],
            "lines say none",
        ),
        (
            "an invented line",
            &[&invent],
            &["DELETE FROM performance_line WHERE customer_id = 4242"],
            "payments say none",
        ),
    ];
    let db = world.store.db();
    for (what, falsify, undo, named) in cases {
        for sql in falsify {
            db.execute_unprepared(sql).await.unwrap();
        }
        let broken = broken(&world).await;
        let rebuild = broken.iter().find(|check| check.name == REBUILD).expect(what);
        let example = rebuild.counter_example.as_deref().expect(what);
        assert!(example.contains(named), "{what}: {example}");
        for sql in undo {
            db.execute_unprepared(sql).await.unwrap();
        }
        assert_eq!(self::broken(&world).await.len(), 0, "{what}, undone");
    }
});

on_both_databases!(what_waits_is_left_out_and_counted, |db| async move {
    let world = World::open(&db).await;
    filled(&world).await;
    let three = world.partner(PartnerKind::SolutionProvider, "Three").await;
    let sql = "UPDATE association SET partner_id = $1 WHERE customer_id = (SELECT id FROM customer WHERE name = 'A')";
    exec(world.store.db(), sql, [three.0.into()]).await.unwrap();
    assert_eq!(broken(&world).await.iter().map(|check| check.name).collect::<Vec<_>>(), [REBUILD]);
    assert!(mark_all_dirty(&world.store, month("2026-09")).await.unwrap() == 3);
    let before = dump(&world.store).await;
    let checks = verify(&world.store, None).await.unwrap();
    assert!(checks.iter().all(|check| check.holds), "{checks:?}");
    let waiting = checks.iter().find(|check| check.name == "changes that wait are left out").unwrap();
    assert_eq!(waiting.left, "3 customers of a month");
    assert_same_books(&dump(&world.store).await, &before, "verification writes nothing");
    recompute_all(&world.store).await.unwrap();
    assert_eq!(broken(&world).await.len(), 0);
});

on_both_databases!(computing_everything_anew_changes_nothing, |db| async move {
    let world = World::open(&db).await;
    filled(&world).await;
    world.settle("2026-09", RunKind::Final).await;
    world.import(&bill(&[row("A", "3", "2026-09-20T00:00:00Z", "late")])).await;
    let before = dump(&world.store).await;
    mark_all_dirty(&world.store, month("2026-09")).await.unwrap();
    recompute_all(&world.store).await.unwrap();
    assert_same_books(&dump(&world.store).await, &before, "everything computed anew");
    world.verify().await;
});

on_both_databases!(two_workers_share_what_waits, |db| async move {
    let world = World::open(&db).await;
    filled(&world).await;
    let before = dump(&world.store).await;
    mark_all_dirty(&world.store, month("2026-09")).await.unwrap();
    let (mut one, mut two) = (Recomputer::default(), Recomputer::default());
    let (first, second) = tokio::join!(one.all(&world.store), two.all(&world.store));
    assert_eq!(first.unwrap() + second.unwrap(), 3, "each customer is computed by one of them");
    assert_eq!(recompute_some(&world.store).await.unwrap(), 0);
    assert_same_books(&dump(&world.store).await, &before, "two workers");
});

on_both_databases!(an_import_beside_a_recomputation_loses_nothing, |db| async move {
    let world = World::open(&db).await;
    filled(&world).await;
    let rows: Vec<String> =
        (10..=28).map(|day| row("A", "1", &format!("2026-09-{day}T00:00:00Z"), &format!("r{day}"))).collect();
    let more = bill(&rows);
    let recompute = async {
        for _ in 0..10 {
            mark_all_dirty(&world.store, month("2026-09")).await.unwrap();
            recompute_all(&world.store).await.unwrap();
        }
    };
    tokio::join!(recompute, world.import(&more));
    assert_eq!(broken(&world).await.len(), 0);
});
