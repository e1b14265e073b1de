//! Rows whose table of transitions is a machine are moved by the one step.

use super::{none, sources};

/// Tables of the database whose rows have a machine.
const MOVED: &[&str] = &["opportunity", "payment_request", "pce_claim", "incentive_bill", "bill_feedback"];
/// The confirmation of many bills by their deadline is one statement, which takes its states from the table.
const BESIDE: &str = "domain/src/money/incentive/confirm.rs";

/// `true` if what follows the table's name in an UPDATE sets its state, before the condition.
fn sets_state(rest: &str) -> bool {
    let set = rest.split("WHERE").next().unwrap_or(rest);
    set.split(',').any(|column| column.trim_start().trim_start_matches("SET ").starts_with("state ="))
}

#[test]
fn no_state_of_a_machine_is_set_but_by_the_step() {
    let mut findings = Vec::new();
    let sources = sources();
    for source in sources.iter().filter(|s| s.path.starts_with("domain/src") && s.path != BESIDE) {
        for table in MOVED {
            let update = format!("UPDATE {table} ");
            let mut raw = source.text.split(&update).skip(1);
            let typed = source.text.contains(&format!("{table}::Entity::update"));
            if typed || raw.any(sets_state) {
                findings.push(format!("{}: {table}", source.path));
            }
        }
    }
    none(&findings, "move the row by kernel::machine::step");
    let beside = sources.iter().find(|source| source.path == BESIDE).unwrap();
    assert!(beside.text.split("UPDATE incentive_bill ").skip(1).any(sets_state), "the exception is one");
}

#[test]
fn a_state_that_is_set_is_found_and_one_that_is_asked_for_is_not() {
    for (rest, found) in [
        ("SET state = $1, version = 2 WHERE id = $3", true),
        ("SET version = 2, state = 'X' WHERE id = $3", true),
        ("SET payout_no = $1 WHERE state = 'X'", false),
        ("SET state_since = $1 WHERE id = $2", false),
    ] {
        assert_eq!(sets_state(rest), found, "{rest}");
    }
}
