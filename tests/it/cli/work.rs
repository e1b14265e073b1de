//! The worker as a process: what a bill brought is estimated without anybody asking.

use std::process::Stdio;
use std::time::Duration;

use sea_orm::{ConnectionTrait, Statement};
use tests::on_both_databases;
use tests::redis::{Redis, fresh_namespace};
use tests::wait::until;
use tests::world::{bill, row};

use super::{Running, program, run_with_input};

on_both_databases!(a_worker_estimates_a_month_after_its_bill_came_in_and_stops_in_order, |db| async move {
    let text = bill(&[row("A", "1.50", "2026-09-10T00:00:00Z", "one")]);
    let import = run_with_input(&["import", "-", "--database-url", &db.url], &text);
    assert_eq!(import.code, 0, "{import:?}");

    let mut command = program(&["worker", "--worker-tick-seconds", "1", "--database-url", &db.url]);
    if db.url.starts_with("postgres") {
        let Some(redis) = Redis::shared().await else { return };
        command.args(["--redis-url", &redis.url(), "--queue-namespace", &fresh_namespace()]);
    }
    let working = Running(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    let connection = db.connect().await;
    let sql =
        "SELECT 1 FROM settlement_run WHERE month = 202609 AND kind = 'ESTIMATE' AND state = 'SUCCEEDED'";
    let estimated = || async {
        let statement = Statement::from_string(connection.get_database_backend(), sql);
        connection.query_one_raw(statement).await.unwrap().is_some()
    };
    until("the month is estimated", Duration::from_secs(30), estimated).await;
    working.stop().await;
});
