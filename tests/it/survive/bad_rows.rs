//! A bill with one bad row in a hundred, of every kind: the others go in, these are set aside with their reasons, and the
//! same bill again changes nothing, even if the process is killed in the middle.

use std::fmt::Write as _;

use tests::dump::dump;
use tests::rounds::rounds;
use tests::world::{FOCUS_HEADER, row};

use super::*;

/// Rows of the short form, and of the long one.
const ROWS: usize = 30_000;
/// See [`ROWS`].
const MANY_ROWS: usize = 1_000_000;

const DAY: &str = "2026-09-10T00:00:00Z";

/// Every kind of bad row, with the code it is refused with.
fn bad(kind: usize) -> (String, &'static str) {
    let with = |amount: &str, when: &str| row("A", amount, when, "bad");
    let kinds: [(String, &str); 15] = [
        (with("\"1,234.56\"", DAY), "BAD_NUMBER"),
        (with("NaN", DAY), "BAD_NUMBER"),
        (with("Infinity", DAY), "BAD_NUMBER"),
        (with("", DAY), "MISSING_VALUE"),
        (with(&"1".repeat(30), DAY), "NUMBER_TOO_LARGE"),
        (with("1000000000000.000001", DAY), "NUMBER_TOO_LARGE"),
        (with(&format!("0.{}1", "0".repeat(36)), DAY), "TOO_MANY_DECIMALS"),
        (with("1", "2026-02-30T00:00:00Z"), "BAD_DATE"),
        (with("1", "yesterday"), "BAD_DATE"),
        (with("1", "2100-01-01T00:00:00Z"), "MONTH_OUT_OF_RANGE"),
        (with("1", DAY).replace("USD", "XXQ"), "UNKNOWN_CURRENCY"),
        (with("1", DAY).replace("Usage", "Gift"), "UNKNOWN_CATEGORY"),
        (row("", "1", DAY, "bad"), "MISSING_ACCOUNT"),
        (format!("{},more", with("1", DAY)), "WRONG_FIELD_COUNT"),
        (with("1", DAY).replace("bad", "n\0l"), "NUL_BYTE"),
    ];
    kinds[kind % kinds.len()].clone()
}

fn text_with_bad_rows(count: usize) -> String {
    let mut text = format!("{FOCUS_HEADER}\n");
    for i in 0..count {
        if i % 100 == 99 {
            writeln!(text, "{}", bad(i / 100).0).unwrap();
        } else {
            let when = format!("2026-09-{:02}T0{}:00:00Z", i % 28 + 1, i % 10);
            let account = ["A", "B", "C"][i % 3];
            writeln!(text, "{}", row(account, &format!("{}.25", i % 90), &when, &format!("row {i}")))
                .unwrap();
        }
    }
    text
}

tests::on_both_databases!(
    one_bad_row_in_a_hundred_is_set_aside_and_the_rest_is_taken_in_once,
    |db| async move {
        let count = if rounds() > 1 { MANY_ROWS } else { ROWS };
        let Some(place) = Place::of(&db).await else { return };
        let programme = Programme::set_up(&db).await;
        let world = &programme.world;
        hold_the_calendar(world).await;
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join(FILE);
        std::fs::write(&file, text_with_bad_rows(count)).unwrap();
        let command = |name: &str| {
            let path = file.to_str().unwrap();
            place.program(&["import", "--settled", "--provider", "Cloud", "--name", name, path])
        };

        let mut killed = Process::start_to_its_end(command("first"));
        let half = "SELECT CAST(COUNT(*) AS VARCHAR(20)) FROM consumption_payment";
        until("rows are taken in", PATIENCE, || {
            let ended = killed.has_ended();
            async move { ended || look(world, half).await != "0" }
        })
        .await;
        killed.kill();
        end_lease(world, "bill_import", "state = 'RUNNING'").await;
        let (code, out, err) = Process::start_to_its_end(command("first")).ended();
        assert_eq!(code, 3, "{out} {err}");

        let counts = "SELECT rows_read || ' ' || rows_accepted || ' ' || rows_unchanged || ' ' || rows_rejected \
                  FROM bill_import ORDER BY id DESC LIMIT 1";
        let bad_rows = count / 100;
        assert_eq!(look(world, counts).await, format!("{count} {} 0 {bad_rows}", count - bad_rows));
        let sql = "SELECT code, COUNT(*) FROM import_reject GROUP BY code ORDER BY code";
        let mut expected = std::collections::BTreeMap::new();
        (0..bad_rows).for_each(|n| *expected.entry(bad(n).1.to_owned()).or_insert(0) += 1);
        let found = domain::kernel::store::query(world.store.db(), sql, []).await.unwrap();
        let found: Vec<(String, i64)> = found
            .iter()
            .map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap()))
            .collect();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>());

        let books = |lines: Vec<String>| -> Vec<String> {
            let of_import = |line: &String| line.starts_with("receipt") || line.starts_with("reject");
            lines.into_iter().filter(|line| !of_import(line)).collect()
        };
        let before = books(dump(&world.store).await);
        let (code, out, err) = Process::start_to_its_end(command("second")).ended();
        assert_eq!(code, 3, "{out} {err}");
        assert_eq!(look(world, counts).await, format!("{count} 0 {} {bad_rows}", count - bad_rows));
        assert!(books(dump(&world.store).await) == before, "the same bill again changed something");
        world.verify().await;
    }
);
