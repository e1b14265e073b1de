//! Several changes in one document: what was done is told, whatever becomes of the others.

use api::http::FrontConfig;
use domain::Role;
use serde_json::json;
use tests::on_both_databases;

use crate::api::served::Served;
use crate::api::{TestApi, administrator, operator};

const DOCUMENT: &str =
    "mutation($one: CustomerCreateInput!, $two: ProgrammeUpdateInput!, $three: CustomerCreateInput!) {
    one: customerCreate(input: $one) { customer { name } userErrors { code } }
    two: programmeUpdate(input: $two) { programme { name } userErrors { code } }
    three: customerCreate(input: $three) { customer { name } userErrors { code } } }";

on_both_databases!(
    a_forbidden_change_is_null_and_hides_neither_what_stands_before_it_nor_behind_it,
    |db| async move {
        let api = TestApi::over(db).await;
        let served = Served::with(&api.store, FrontConfig::production()).await;
        let customer = |name: &str| json!({ "idempotencyKey": name, "name": name });
        let update = json!({ "idempotencyKey": "k", "expectedVersion": 1, "name": "Other" });
        let variables = json!({ "one": customer("First"), "two": update, "three": customer("Third") });
        let (status, answer) = served.ask(&operator(&[Role::Operations]), DOCUMENT, &variables).await;
        assert_eq!(status, 200, "{answer}");
        let done = |name: &str| json!({ "customer": { "name": name }, "userErrors": [] });
        assert_eq!(answer["data"], json!({ "one": done("First"), "two": null, "three": done("Third") }));
        let errors = answer["errors"].as_array().unwrap();
        assert_eq!(errors.len(), 1, "{answer}");
        assert_eq!(
            (&errors[0]["path"], &errors[0]["extensions"]["code"]),
            (&json!(["two"]), &json!("FORBIDDEN"))
        );

        let kept = api
            .data(&administrator(), "{ programme { version } customers { nodes { name } } }", json!({}))
            .await;
        let names = json!([{ "name": "First" }, { "name": "Third" }]);
        assert_eq!((&kept["programme"]["version"], &kept["customers"]["nodes"]), (&json!(1), &names));
    }
);
