//! Every crash point of the product, each time it is passed.

use std::collections::BTreeSet;

use domain::kernel::crash::{POINTS, recovery_table};
use futures_util::StreamExt as _;
use tests::db::{Backend, TestDatabase};
use tests::dump::assert_same_books;

use super::stories::{Story, opportunities, requests};
use super::*;
use crate::payout::gateway::TestGateway;

/// Which story meets which point.
const MET: &[(&str, Story)] = &[
    ("write.finish", Story::Month),
    ("upload.chunk", Story::Month),
    ("upload.finish", Story::Month),
    ("import.claim", Story::Import),
    ("import.read", Story::Import),
    ("import.batch", Story::Import),
    ("import.checkpoint", Story::Import),
    ("import.finish", Story::Import),
    ("import.estimate", Story::Month),
    ("recompute.batch", Story::Month),
    ("schedule.turn", Story::Month),
    ("task.end", Story::Market),
    ("settle.claim", Story::Month),
    ("sums.rebuild", Story::Month),
    ("settle.freeze", Story::Month),
    ("settle.attempt", Story::Month),
    ("settle.bill", Story::Month),
    ("settle.billed", Story::Month),
    ("settle.close", Story::Month),
    ("deadline.claim", Story::Month),
    ("confirm.deadline", Story::Month),
    ("freeze.release", Story::Money),
    ("entitlement.expire", Story::Money),
    ("deadline.due", Story::Month),
    ("deadline.remind", Story::Month),
    ("file.store", Story::Files),
    ("export.claim", Story::Files),
    ("export.write", Story::Files),
    ("export.finish", Story::Files),
    ("outbox.fan_out", Story::Mail),
    ("outbox.claim", Story::Mail),
    ("outbox.sent", Story::Mail),
    ("payout.order", Story::Payout),
    ("payout.claim", Story::Payout),
    ("payout.sent", Story::Payout),
    ("payout.answer", Story::Payout),
    ("payout.callback", Story::Payout),
    ("market.bill_out", Story::Market),
];

/// What a point is met by besides, as it does something else there.
const ALSO_MET: &[(&str, Story)] =
    &[("deadline.claim", Story::Shared), ("deadline.due", Story::Shared), ("deadline.remind", Story::Shared)];

/// Points tried at once: they mostly wait for processes and databases.
const AT_ONCE: usize = 4;

/// The books of `story` after a crash at the `nth` pass of `point`, and whether it was passed that often.
async fn books(backend: Backend, story: Story, arm: Option<(&str, i64)>) -> Option<(Vec<String>, bool)> {
    let db = TestDatabase::fresh(backend).await?;
    let programme = Programme::set_up(&db).await;
    let directory = tempfile::tempdir().unwrap();
    let gateway = TestGateway::start().await;
    let path = match story {
        Story::Payout => {
            requests(&programme.world).await;
            gateway.url.clone()
        }
        Story::Shared => {
            opportunities(&programme.world).await;
            String::new()
        }
        _ => story.file(directory.path()).to_str().unwrap().to_owned(),
    };
    let paid = directory.path().join("paid.csv");
    let sent = directory.path().join("sent.xml");
    let other = match story {
        Story::Money => paid.to_str().unwrap(),
        Story::Files => sent.to_str().unwrap(),
        Story::Import | Story::Market | Story::Month | Story::Mail | Story::Payout | Story::Shared => {
            &programme.late
        }
    };
    let steps = story.steps(&path, other);
    let (crashed, stood_at) = work(&db, FIRST, arm, &steps).await;
    if crashed {
        let next = at(&stood_at).plus(LATER).to_rfc3339();
        work(&db, &next, None, &steps).await;
    }
    let mut books = programme.proved_books().await;
    if story == Story::Mail {
        books.extend(programme.letters().await);
    }
    if story == Story::Files {
        books.extend(objects(&directory.path().join("files")));
    }
    if story == Story::Shared {
        let stands =
            |text: &str| books.iter().any(|line| line.starts_with("opportunity: ") && line.contains(text));
        for text in [
            "Reviewed late | IN_REVIEW",
            "Verified late | REJECTED",
            "Owes progress | VERIFIED",
            "Offered | REFUSED_TIMEOUT",
        ] {
            assert!(stands(text), "{text}: {books:?}");
        }
    }
    if story == Story::Payout {
        // Every key was seen as often as it was sent, and two moved money: what was issued and what was paid.
        assert_eq!(gateway.moved_once(), 2);
        let done = |text: &str| books.iter().filter(|line| line.contains(text)).count();
        assert_eq!((done("payout order: "), done("| 1 | DONE")), (3, 3), "{books:?}");
    }
    Some((books, crashed))
}

/// The size of every object in the file store: nothing is there that no row names.
fn objects(files: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for directory in std::fs::read_dir(files).unwrap() {
        for object in std::fs::read_dir(directory.unwrap().path()).unwrap() {
            found.push(format!("object: {}", object.unwrap().metadata().unwrap().len()));
        }
    }
    found.sort();
    found
}

/// Crashes at every pass of every point of `story`.
async fn crash_everywhere(backend: Backend, story: Story) {
    let Some((undisturbed, _)) = books(backend, story, None).await else { return };
    let undisturbed = &undisturbed;
    let points = MET.iter().chain(ALSO_MET).filter(|(_, of)| *of == story).map(|(point, _)| async move {
        for nth in 1.. {
            let (disturbed, crashed) = books(backend, story, Some((point, nth))).await.unwrap();
            assert_same_books(&disturbed, undisturbed, &format!("{point}, pass {nth}"));
            if !crashed {
                assert!(nth > 1, "the story never passes {point}");
                break;
            }
        }
    });
    futures_util::stream::iter(points).for_each_concurrent(AT_ONCE, |point| point).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_that_crashes_at_any_step_ends_as_if_nothing_had_happened_on_sqlite() {
    crash_everywhere(Backend::Sqlite, Story::Import).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_that_crashes_at_any_step_ends_as_if_nothing_had_happened_on_postgres() {
    crash_everywhere(Backend::Postgres, Story::Import).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_that_crashes_at_any_step_ends_as_if_nothing_had_happened_on_sqlite() {
    crash_everywhere(Backend::Sqlite, Story::Month).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_that_crashes_at_any_step_ends_as_if_nothing_had_happened_on_postgres() {
    crash_everywhere(Backend::Postgres, Story::Month).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_that_is_released_or_lapses_while_processes_crash_is_moved_once_on_sqlite() {
    crash_everywhere(Backend::Sqlite, Story::Money).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_that_is_released_or_lapses_while_processes_crash_is_moved_once_on_postgres() {
    crash_everywhere(Backend::Postgres, Story::Money).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_and_exports_that_crash_at_any_step_end_as_if_nothing_had_happened_on_sqlite() {
    crash_everywhere(Backend::Sqlite, Story::Files).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_and_exports_that_crash_at_any_step_end_as_if_nothing_had_happened_on_postgres() {
    crash_everywhere(Backend::Postgres, Story::Files).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_are_told_whatever_crashes_on_sqlite() {
    crash_everywhere(Backend::Sqlite, Story::Mail).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_are_told_whatever_crashes_on_postgres() {
    crash_everywhere(Backend::Postgres, Story::Mail).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn payouts_that_crash_at_any_step_are_paid_once_and_none_is_lost_on_sqlite() {
    crash_everywhere(Backend::Sqlite, Story::Payout).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn payouts_that_crash_at_any_step_are_paid_once_and_none_is_lost_on_postgres() {
    crash_everywhere(Backend::Postgres, Story::Payout).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bill_out_that_crashes_bills_every_seller_once_on_sqlite() {
    crash_everywhere(Backend::Sqlite, Story::Market).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bill_out_that_crashes_bills_every_seller_once_on_postgres() {
    crash_everywhere(Backend::Postgres, Story::Market).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn opportunities_nobody_acts_on_move_once_whatever_crashes_on_sqlite() {
    crash_everywhere(Backend::Sqlite, Story::Shared).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn opportunities_nobody_acts_on_move_once_whatever_crashes_on_postgres() {
    crash_everywhere(Backend::Postgres, Story::Shared).await;
}

#[test]
fn every_point_of_the_product_is_met_by_a_story() {
    let met: BTreeSet<_> = MET.iter().map(|(point, _)| *point).collect();
    assert_eq!(met, POINTS.iter().map(|point| point.name).collect());
    assert_eq!(met.len(), POINTS.len(), "a point is listed twice");
}

#[test]
fn the_list_of_points_is_what_stands_in_the_sources() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    for member in ["domain", "worker", "api", "cli"] {
        points_in(&top.join(member).join("src"), &mut found);
    }
    found.sort();
    let mut listed: Vec<_> = POINTS.iter().map(|point| point.name.to_owned()).collect();
    listed.sort();
    assert_eq!(found, listed);
}

fn points_in(directory: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            points_in(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let calls = text.split("crash::point(\"").skip(1);
            found.extend(calls.map(|call| call.split('"').next().unwrap().to_owned()));
        }
    }
}

#[test]
fn the_recovery_table_of_the_documents_is_the_one_of_the_code() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/settlement.md");
    let text = std::fs::read_to_string(file).unwrap();
    let between = text.split_once("<!-- recovery table: begin -->\n").unwrap().1;
    let table = between.split_once("<!-- recovery table: end -->").unwrap().0;
    assert_eq!(
        table,
        recovery_table(),
        "write the table of domain/src/kernel/crash.rs into docs/settlement.md"
    );
}
