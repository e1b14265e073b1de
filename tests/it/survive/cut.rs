//! The connection breaks after a COMMIT went out and before its answer came back: it happened, and nobody knows. Who
//! tries again finds it done.

use domain::settlement::run::advance;
use domain::{Clock, Ids, Store};
use entity::PartnerKind;
use entity::timestamp::MINUTE;
use tests::dump::assert_same_books;
use tests::pg::Postgres;
use tests::proxy::Proxy;

use super::*;

/// A world behind a proxy, and the world itself.
async fn behind_a_proxy(db: &TestDatabase) -> (Programme, World, Proxy) {
    let server = Postgres::shared().await.unwrap();
    let programme = Programme::set_up(db).await;
    let proxy = Proxy::to(server.port()).await;
    let clock = programme.world.clock.clone();
    let store = Store::connect(&proxy.url(&db.url), 4, Clock::stopped(&clock), Ids::random()).await.unwrap();
    let context = programme.world.context.clone();
    (programme, World { store, clock, context }, proxy)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mutation_whose_answer_is_lost_is_found_done_by_its_key() {
    let Some(db) = TestDatabase::fresh(Backend::Postgres).await else { return };
    let (programme, world, proxy) = behind_a_proxy(&db).await;
    let input = || domain::programme::partner::NewPartner {
        kind: PartnerKind::SolutionProvider,
        name: "Once".into(),
        tier: "STANDARD".into(),
        region: "CN-EAST".into(),
        may_own_customers: true,
        marketplace_name: None,
    };
    let create = async || {
        domain::programme::partner::create(&world.store, &world.context, Some("once"), input()).await
    };
    proxy.cut_at_commit(1);
    let lost = create().await.unwrap_err();
    assert!(lost.is_retryable(), "{lost}");
    assert_eq!(proxy.cuts(), 1);
    let first = create().await.unwrap();
    assert_eq!(create().await.unwrap(), first);
    for sql in [
        "SELECT CAST(COUNT(*) AS TEXT) FROM partner WHERE name = 'Once'",
        "SELECT CAST(COUNT(*) AS TEXT) FROM audit_event WHERE operation = 'partnerCreate' AND detail LIKE '%Once%'",
    ] {
        assert_eq!(look(&programme.world, sql).await, "1", "{sql}");
    }
}

/// Takes a bill in and settles, with the connection cut at the `nth` COMMIT of that. Gives the books, and whether there
/// were so many.
async fn cut_at(text: &str, nth: i64) -> (Vec<String>, bool) {
    /// Tries of an import or a run: one is cut, the next goes through.
    const TRIES: usize = 8;
    let db = TestDatabase::fresh(Backend::Postgres).await.unwrap();
    let (programme, world, proxy) = behind_a_proxy(&db).await;
    hold_the_calendar(&programme.world).await;
    let import = upload(&programme.world, text).await;
    proxy.cut_at_commit(nth);
    for _ in 0..TRIES {
        // An error, or something that was put off: the next try finds out.
        let _ = work::import(&world.store, import).await;
        world.clock.advance(2 * MINUTE);
        if import_state(&programme.world, import).await == "COMPLETED" {
            break;
        }
    }
    exec(programme.world.store.db(), "DELETE FROM settlement_run", []).await.unwrap();
    for (month, kind) in RUNS {
        let run = ask_for(&programme.world, month, kind).await;
        for _ in 0..TRIES {
            let _ = advance(&world.store, run, "cut", |_| {}).await;
            world.clock.advance(2 * MINUTE);
            if run_state(&programme.world, run).await == "SUCCEEDED" {
                break;
            }
        }
    }
    (programme.proved_books().await, proxy.cuts() > 0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_or_run_cut_at_any_commit_ends_as_if_nothing_had_happened() {
    if Postgres::shared().await.is_none() {
        return;
    }
    /// Rows of the bill: two batches.
    const ROWS: usize = domain::performance::import::ingest::BATCH_ROWS + 100;
    /// Cuts of the short form, spread over all COMMITs; the long form cuts at each.
    const CUTS: i64 = 4;
    let text = text_of(ROWS);
    let undisturbed = undisturbed(Backend::Postgres, &text).await;
    let (_, any) = cut_at(&text, 1).await;
    assert!(any, "there is no COMMIT");
    let all = commits(&text).await;
    let step = if tests::rounds::rounds() > 1 { 1 } else { (all / CUTS).max(1) };
    for nth in (1..=all).step_by(usize::try_from(step).unwrap()) {
        let (books, cut) = cut_at(&text, nth).await;
        assert!(cut, "COMMIT {nth} of {all} never came");
        assert_same_books(&books, &undisturbed, &format!("cut at COMMIT {nth} of {all}"));
    }
}

/// COMMITs of the story when nothing is cut.
async fn commits(text: &str) -> i64 {
    let db = TestDatabase::fresh(Backend::Postgres).await.unwrap();
    let (programme, world, proxy) = behind_a_proxy(&db).await;
    hold_the_calendar(&programme.world).await;
    let import = upload(&programme.world, text).await;
    let before = proxy.commits();
    work::import(&world.store, import).await.unwrap();
    exec(programme.world.store.db(), "DELETE FROM settlement_run", []).await.unwrap();
    for (month, kind) in RUNS {
        let run = ask_for(&programme.world, month, kind).await;
        advance(&world.store, run, "cut", |_| {}).await.unwrap();
    }
    i64::try_from(proxy.commits() - before).unwrap()
}
