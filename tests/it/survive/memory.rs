//! A process that takes bills in, settles and answers for long needs no more memory than after its first minutes.

use serde_json::json;
use tests::rounds::rounds;
use tests::world::row;

use super::api::Api;
use super::*;

/// Rounds until caches, pools and statistics are full.
const WARM_UP: usize = 4;
/// Rounds that are measured, in the short form.
const MEASURED: usize = 4;
/// What a process may grow by while it is measured, in MiB: freed memory is not given back at once.
const GROWTH_MAX_MIB: u64 = 64;
/// Queries of a round.
const QUERIES: usize = 60;
/// Rows of a round.
const ROWS: usize = 3_000;

/// Resident memory of a process, in KiB.
fn resident_kib(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// A bill, an estimate, and many questions.
async fn work_a_round(api: &Api, world: &World, round: usize) {
    let name = format!("round {round}");
    let create = "mutation($input: ImportCreateInput!) { importCreate(input: $input) {
        import { id } uploadUrl userErrors { message } } }";
    let key = format!("round-{round}");
    let input = json!({ "input": { "idempotencyKey": key, "fileName": name, "settled": true, "nativeProvider": "Cloud" } });
    let (made, _) = api.data(create, input).await;
    let rows: Vec<String> = (0..ROWS)
        .map(|i| row(["A", "B", "C"][i % 3], "1.25", "2026-09-10T00:00:00Z", &format!("{round} {i}")))
        .collect();
    let url = made["importCreate"]["uploadUrl"].as_str().unwrap();
    assert_eq!(api.put(url, bill(&rows)).await.status(), 202);
    let query = "{ customers(first: 20) { totalCount nodes { name currentAssociation { id } } }
        partners(first: 20) { nodes { name } } imports(first: 20) { nodes { id state } } }";
    for _ in 0..QUERIES {
        api.data(query, json!({})).await;
    }
    let state = format!("SELECT state FROM bill_import WHERE file_name = '{name}'");
    until("the bill is taken in", PATIENCE, || async { look(world, &state).await == "COMPLETED" }).await;
    until_no_run_lives(world).await;
}

tests::on_both_databases!(memory_stays_flat_over_a_long_mixed_load, |db| async move {
    let Some(place) = Place::of(&db).await else { return };
    let programme = Programme::set_up(&db).await;
    hold_the_calendar(&programme.world).await;
    let more = ["--with-worker", "--worker-tick-seconds", "1"];
    let api = Api::serve(&place, &more);
    for round in 0..WARM_UP {
        work_a_round(&api, &programme.world, round).await;
    }
    let before = resident_kib(api.process_id());
    for round in WARM_UP..WARM_UP + MEASURED * rounds() {
        work_a_round(&api, &programme.world, round).await;
    }
    let after = resident_kib(api.process_id());
    eprintln!("{:?}: {} KiB before, {} KiB after {} rounds", db.backend, before, after, MEASURED * rounds());
    assert!(after < before + GROWTH_MAX_MIB * 1024, "{before} KiB before, {after} KiB after");
});
