//! How the recurring tasks stand, as operators read it.

use domain::kernel::store::exec;
use domain::operate::task::{TASKS, hold};
use domain::{Lang, Role};
use serde_json::{Value, json};
use tests::on_both_databases;
use tests::world::World;

use crate::api::{TestApi, code, data_of, operations, operator};
use crate::cli::run;

const QUERY: &str = "{ jobs { name description periodSeconds state lastStartedAt lastEndedAt lastDurationMicros \
                     lastResult failures lastError lastFailedAt nextDueAt } }";

on_both_databases!(
    operations_read_every_job_over_the_api_and_the_command_line_in_the_same_words,
    |db| async move {
        let world = World::open(&db).await;
        let api = TestApi::over_store(world.store.clone());
        let fresh = api.data(&operations(), QUERY, json!({})).await;
        let jobs = fresh["jobs"].as_array().unwrap();
        assert_eq!(jobs.len(), TASKS.len());
        assert!(
            jobs.iter().all(|job| job["state"] == "WAITING" && job["lastStartedAt"] == Value::Null),
            "{jobs:?}"
        );

        exec(world.store.db(), "ALTER TABLE dirty_customer RENAME TO astray", []).await.unwrap();
        assert!(world.tick().await.is_err());
        hold(&world.store, "exports").await.unwrap();
        let told = api.data(&operations(), QUERY, json!({})).await;
        let job =
            |name: &str| told["jobs"].as_array().unwrap().iter().find(|job| job["name"] == name).unwrap();
        let failing = job("recomputation");
        assert_eq!((&failing["state"], &failing["lastResult"]), (&json!("FAILING"), &json!("FAILED")));
        assert_eq!(failing["failures"], 1);
        assert!(failing["lastError"].as_str().unwrap().contains("dirty_customer"), "{failing}");
        assert_eq!(failing["lastFailedAt"], failing["lastEndedAt"]);
        let daily = job("automatic-requests");
        assert_eq!((&daily["state"], &daily["lastResult"]), (&json!("WAITING"), &json!("SUCCEEDED")));
        assert_eq!((&daily["periodSeconds"], &daily["lastError"]), (&json!(86_400), &Value::Null));
        let next = world.store.clock.now().plus(entity::timestamp::DAY);
        assert_eq!(daily["nextDueAt"], json!(next.to_rfc3339()));
        assert_eq!((&job("exports")["state"], &job("exports")["nextDueAt"]), (&json!("HELD"), &Value::Null));

        let chinese = api.ask_in(Lang::ZhCn, &operations(), "{ jobs { description } }", json!({})).await;
        let chinese = data_of(&chinese);
        assert_eq!(chinese["jobs"][1]["description"], "处理到期的期限");

        // By the machine's clock, which is ahead of the test's, what waits is overdue; the rest is the same.
        let printed = run(&["jobs", "--json", "--database-url", &db.url]);
        assert_eq!(printed.code, 0, "{printed:?}");
        let mut printed: Value = serde_json::from_str(&printed.out).unwrap();
        let mut told = told["jobs"].clone();
        for job in printed.as_array_mut().unwrap().iter_mut().chain(told.as_array_mut().unwrap()) {
            job["state"].take();
            let micros = job["lastDurationMicros"].take();
            job["lastDurationMicros"] = json!(micros.as_str().map_or(micros.to_string(), str::to_owned));
        }
        assert_eq!(printed, told);
        let table = run(&["jobs", "--database-url", &db.url, "--lang", "zh-CN"]);
        for text in ["recomputation", "任务", "已暂停", "SUCCEEDED"] {
            assert!(table.out.contains(text), "{text}: {}", table.out);
        }
    }
);

on_both_databases!(jobs_are_for_operations_only, |db| async move {
    let api = TestApi::at(&db.url).await;
    for role in [Role::Finance, Role::OpportunityReviewer] {
        let refused = api.ask(&operator(&[role]), "{ jobs { name } }", json!({})).await;
        assert_eq!(code(&refused).as_deref(), Some("FORBIDDEN"), "{role:?}");
    }
});
