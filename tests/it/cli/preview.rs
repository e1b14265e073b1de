//! A settlement that is only tried.

use entity::RunKind;
use tests::dump::{assert_same_books, dump};
use tests::on_both_databases;
use tests::world::{World, bill, row};

use super::run;

on_both_databases!(a_dry_run_prints_what_would_change_and_writes_nothing, |db| async move {
    let (world, _) = World::september(&db).await;
    world.settle("2026-09", RunKind::Draft).await;
    world.import(&bill(&[row("A", "50", "2026-09-11T00:00:00Z", "two")])).await;
    let before = dump(&world.store).await;
    let dry = |kind: &str| {
        run(&["settle", "--month", "2026-09", "--kind", kind, "--dry-run", "--database-url", &db.url])
    };
    let ended = dry("draft");
    assert_eq!(ended.code, 0, "{ended:?}");
    for said in
        ["Provider", "10.00", "15.00", "5.00", "BASIS_CHANGED", "1 would change", "Nothing was written."]
    {
        assert!(ended.out.contains(said), "{said}: {}", ended.out);
    }
    assert!(!ended.out.contains("refused"), "{}", ended.out);
    assert_same_books(&dump(&world.store).await, &before, "a dry run");
    world.settle("2026-09", RunKind::Final).await;
    let over = dry("final");
    assert!(over.out.contains("would be refused: Month 2026-09 is final"), "{}", over.out);
    assert!(over.out.contains("0 would change"), "{}", over.out);
});
