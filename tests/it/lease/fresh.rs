//! What an import does not look up because nothing was there when it began, and what a long file leaves to its end.

use domain::kernel::store::query_one;

use tests::world::FOCUS_HEADER;

use super::*;

/// Rows of customer A that fill a batch, then rows of customer B.
fn a_batch_and(of_b: &[String]) -> String {
    let mut rows: Vec<String> =
        (0..BATCH_ROWS).map(|n| row("A", "1", "2026-10-02T00:00:00Z", &n.to_string())).collect();
    rows.extend_from_slice(of_b);
    bill(&rows)
}

async fn two_customers(db: &TestDatabase) -> World {
    let world = small_month(db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Other").await;
    let b = world.customer("B").await;
    world.associate(b, provider, "2026-01-01T00:00:00Z").await;
    world
}

on_both_databases!(an_import_that_began_in_an_empty_month_meets_another_ones_lines, |db| async move {
    let world = two_customers(&db).await;
    let of_b = |note: &str| row("B", "2", "2026-10-03T00:00:00Z", note);
    let text = a_batch_and(&[of_b("one"), of_b("both")]);
    let other = bill(&[of_b("two"), of_b("both")]);
    let mut second = None;
    let on_progress = |p: Progress| {
        // The last batch is prepared by now, or soon: without a line of B in either case.
        if second.is_none() && p.counts.posted > 0 {
            second = Some(meanwhile(async {
                let id = create_local(&world.store, &world.context, an_import("two", &other)).await.unwrap();
                ingest(&world.store, id, stream(&other), |_| {}).await.unwrap()
            }));
        }
    };
    let id = create_local(&world.store, &world.context, an_import("one", &text)).await.unwrap();
    let one = ingest(&world.store, id, stream(&text), on_progress).await.unwrap();
    let two = second.unwrap();
    let rows = i64::try_from(BATCH_ROWS).unwrap();
    assert_eq!((one.rows_accepted, one.rows_unchanged), (rows + 1, 1));
    assert_eq!((two.rows_accepted, two.rows_unchanged), (2, 0));
    let lines = world.lines().await;
    assert!(lines.contains(&"202610 202610 Other B COUNTED 6000000 3".to_owned()), "{lines:?}");
    world.verify().await;
});

on_both_databases!(a_file_too_long_to_be_sorted_at_once_leaves_the_same_books, |db| async move {
    // Long texts: few rows are enough.
    let region = "r".repeat(900);
    let rows: Vec<String> = (0..20_000)
        .map(|n| {
            let account = if n % 3 == 0 { "B" } else { "A" };
            let row = row(account, "1.5", &format!("2026-10-{:02}T00:00:00Z", n % 28 + 1), &n.to_string());
            format!("{row},{region}")
        })
        .collect();
    let bill = |rows: &[String]| format!("{FOCUS_HEADER},RegionId\n{}\n", rows.join("\n"));
    let Some(short) = TestDatabase::fresh(db.backend).await else { return };
    let (whole, pieces) = (two_customers(&db).await, two_customers(&short).await);
    whole.import(&bill(&rows)).await;
    for piece in rows.chunks(7_000) {
        pieces.import(&bill(piece)).await;
    }
    assert_eq!(whole.lines().await, pieces.lines().await);
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM partner_sum_stale";
    let marked: i64 =
        query_one(whole.store.db(), sql, []).await.unwrap().unwrap().try_get_by_index(0).unwrap();
    assert_eq!(marked, 0, "the sums are built anew at the end");
    whole.verify().await;
    let again = whole.import(&bill(&rows)).await;
    assert_eq!((again.rows_accepted, again.rows_unchanged), (0, 20_000));
});
