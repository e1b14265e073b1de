//! Many at once: what is unknown, foreign or no id at all holds nothing up where failures are skipped.

use api::http::FrontConfig;
use serde_json::{Value, json};
use tests::on_both_databases;

use crate::api::served::Served;
use crate::api::{TestApi, member_of, world};

const MOVE: &str = "mutation($input: OpportunityMoveInput!) { opportunityMove(input: $input) {
    results { id opportunity { state } userErrors { code path } } userErrors { code path } } }";

on_both_databases!(skipping_failures_skips_what_is_malformed_unknown_or_foreign, |db| async move {
    let api = TestApi::over(db).await;
    let served = Served::with(&api.store, FrontConfig::production()).await;
    let world = world(&api).await;
    let (me, other) = (member_of(&world.reseller), member_of(&world.other_reseller));
    let create = "mutation($input: OpportunityCreateInput!) { opportunityCreate(input: $input) { opportunity { id } } }";
    let mut ids = Vec::new();
    for (who, key) in [(&me, "mine"), (&other, "theirs")] {
        let input = json!({ "input": { "idempotencyKey": key, "fields": { "name": key } } });
        let answer = served.ask(who, create, &input).await.1;
        ids.push(answer["data"]["opportunityCreate"]["opportunity"]["id"].as_str().unwrap().to_owned());
    }
    let unknown = &entity::OpportunityId(1 << 40).to_string();
    let seen = |id: &str| json!({ "id": id, "expectedVersion": 1 });
    let list = [seen("rubbish"), seen(unknown), seen(&ids[1]), seen("more rubbish"), seen(&ids[0])];
    let input = |key: &str, policy: &str| json!({ "input": { "idempotencyKey": key, "operation": "SUBMIT", "opportunities": list, "policy": policy } });
    for key in ["skip", "skip"] {
        let (status, answer) = served.ask(&me, MOVE, &input(key, "SKIP_FAILED")).await;
        let payload = &answer["data"]["opportunityMove"];
        assert_eq!((status, &payload["userErrors"]), (200, &json!([])), "{answer}");
        let results = payload["results"].as_array().unwrap();
        assert_eq!(results.len(), 5);
        for (i, sent) in ["rubbish", unknown, &ids[1], "more rubbish"].into_iter().enumerate() {
            let error = json!({ "code": "NOT_FOUND", "path": ["opportunities", i.to_string(), "id"] });
            assert_eq!(results[i], json!({ "id": sent, "opportunity": null, "userErrors": [error] }));
        }
        assert_eq!(
            (&results[4]["id"], &results[4]["opportunity"]),
            (&json!(ids[0]), &json!({ "state": "DRAFT" }))
        );
        assert!(results[4]["userErrors"].as_array().unwrap().iter().all(|e| e["code"] != "NOT_FOUND"));
    }
    let answer = served.ask(&me, MOVE, &input("all", "ALL_OR_NOTHING")).await.1;
    let payload = &answer["data"]["opportunityMove"];
    assert_eq!(payload["results"], json!([]));
    let paths: Vec<&Value> = payload["userErrors"].as_array().unwrap().iter().map(|e| &e["path"]).collect();
    assert_eq!(paths, [&json!(["opportunities", "0", "id"]), &json!(["opportunities", "3", "id"])]);
});
