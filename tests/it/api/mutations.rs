//! What mutations promise: refusals as data, replay, versions, languages, an audit trail.

use api::graphql::Ring;
use domain::{Lang, Role};
use serde_json::{Value, json};
use tests::on_both_databases;

use crate::api::{TestApi, administrator, code, data_of, made, operations, operator, world};

const CREATE: &str = "mutation($input: PartnerCreateInput!) { partnerCreate(input: $input) {
    partner { id name kind version } userErrors { __typename code cbcCode message path } } }";

fn reseller(key: &str, name: &str) -> Value {
    json!({ "input": { "idempotencyKey": key, "kind": "RESELLER", "name": name, "region": "CN" } })
}

on_both_databases!(the_same_key_and_input_give_the_same_answer, |db| async move {
    let api = TestApi::over(db).await;
    let first = api.data(&operations(), CREATE, reseller("k", "One")).await;
    let again = api.data(&operations(), CREATE, reseller("k", "One")).await;
    assert_eq!(first, again);
    assert_eq!(
        api.data(&operations(), "{ partners { totalCount } }", json!({})).await["partners"]["totalCount"],
        1
    );

    let other = api.data(&operations(), CREATE, reseller("k", "Two")).await;
    let error = &other["partnerCreate"]["userErrors"][0];
    assert_eq!(other["partnerCreate"]["partner"], json!(null));
    assert_eq!(
        (&error["code"], &error["cbcCode"]),
        (&json!("IDEMPOTENCY_KEY_REUSED"), &json!("CBC.99007009"))
    );
    assert_eq!(error["path"], json!(["idempotencyKey"]));
});

on_both_databases!(all_fields_at_fault_are_named_at_once_in_the_callers_language, |db| async move {
    let api = TestApi::over(db).await;
    let wrong = json!({ "input": { "idempotencyKey": "k", "kind": "RESELLER", "name": " ", "region": "", "tier": "x".repeat(65) } });
    let data = api.data(&operations(), CREATE, wrong.clone()).await;
    let errors = data["partnerCreate"]["userErrors"].as_array().unwrap().clone();
    let paths: Vec<_> = errors.iter().map(|error| error["path"][0].as_str().unwrap()).collect();
    assert_eq!(paths, ["name", "region", "tier"]);

    let chinese = data_of(&api.ask_in(Lang::ZhCn, &operations(), CREATE, wrong).await);
    let message = chinese["partnerCreate"]["userErrors"][0]["message"].as_str().unwrap();
    assert!(message.starts_with("参数无效"), "{message}");
    assert_eq!(chinese["partnerCreate"]["userErrors"][0]["code"], "INVALID");
});

on_both_databases!(a_stale_version_is_answered_with_what_it_is_now, |db| async move {
    let api = TestApi::over(db).await;
    let world = world(&api).await;
    let period = "query($id: ID!) { customer(id: $id) { currentAssociation { id version } } }";
    let data = api.data(&administrator(), period, json!({ "id": world.customer })).await;
    let id = data["customer"]["currentAssociation"]["id"].as_str().unwrap();
    let end = "mutation($input: AssociationEndInput!) { associationEnd(input: $input) { association { version validTo }
        userErrors { __typename code message ... on VersionConflict { current { ... on Association { id version } } } } } }";
    let input = |key: &str, version: i32| json!({ "input": { "idempotencyKey": key, "id": id, "expectedVersion": version, "reason": "moved" } });
    let stale = api.data(&operations(), end, input("a", 7)).await;
    let error = &stale["associationEnd"]["userErrors"][0];
    assert_eq!(
        (&error["__typename"], &error["code"]),
        (&json!("VersionConflict"), &json!("VERSION_CONFLICT"))
    );
    assert_eq!(error["current"], json!({ "id": id, "version": 1 }));
    let right = api.data(&operations(), end, input("b", 1)).await;
    assert_eq!(right["associationEnd"]["association"]["version"], 2);
    assert_eq!(right["associationEnd"]["userErrors"], json!([]));

    let trail = "query($id: ID!) { auditEvents(first: 1, filter: { entity: { eq: $id } }) { nodes { subject operation reason requestId } } }";
    let data = api.data(&administrator(), trail, json!({ "id": world.customer })).await;
    assert_eq!(
        data["auditEvents"]["nodes"][0],
        json!({ "subject": "op", "operation": "associationEnd", "reason": "moved", "requestId": "request-1" })
    );
});

on_both_databases!(a_malformed_id_of_an_input_names_nothing, |db| async move {
    let api = TestApi::over(db).await;
    let link =
        "mutation($input: ResellerLinkInput!) { resellerLink(input: $input) { userErrors { code path } } }";
    let input =
        json!({ "input": { "idempotencyKey": "k", "resellerId": "x", "distributorId": "partner_y" } });
    let data = api.data(&operations(), link, input).await;
    assert_eq!(
        data["resellerLink"]["userErrors"],
        json!([{ "code": "NOT_FOUND", "path": ["resellerId"] }, { "code": "NOT_FOUND", "path": ["distributorId"] }])
    );
});

on_both_databases!(who_may_not_is_told_so_and_nothing_happens, |db| async move {
    let api = TestApi::over(db).await;
    let response = api.ask_in(Lang::ZhCn, &operator(&[Role::Finance]), CREATE, reseller("k", "One")).await;
    assert_eq!(code(&response).as_deref(), Some("FORBIDDEN"));
    let error = serde_json::to_value(&response.errors[0]).unwrap();
    assert_eq!(error["message"], "您无权执行此操作。");
    assert_eq!(error["extensions"]["cbcCode"], "CBC.0151");
    assert_eq!(error["extensions"]["retryable"], false);
    assert_eq!(
        api.data(&administrator(), "{ partners { totalCount } }", json!({})).await["partners"]["totalCount"],
        0
    );
});

on_both_databases!(an_import_gets_a_one_time_url_and_a_run_rings_the_worker, |db| async move {
    let api = TestApi::over(db).await;
    let create = "mutation($input: ImportCreateInput!) { importCreate(input: $input) { uploadUrl
        import { id state progress { totalBytes rows } receipt { rowsRead totals { sourceTotal } } rejects { totalCount } rejectsDownloadUrl }
        userErrors { code path } } }";
    let input = json!({ "input": { "idempotencyKey": "k", "fileName": "bill.csv", "settled": true, "totalBytes": "5000000000" } });
    let data = api.data(&operations(), create, input.clone()).await;
    let payload = &data["importCreate"];
    assert!(payload["uploadUrl"].as_str().unwrap().starts_with("/uploads/"));
    assert_eq!(payload["import"]["state"], "AWAITING_UPLOAD");
    assert_eq!(payload["import"]["progress"]["totalBytes"], "5000000000");
    assert_eq!(payload["import"]["rejectsDownloadUrl"], json!(null));
    assert_eq!(api.data(&operations(), create, input).await, data);

    let run =
        made(&api, "settlementRunStart", "settlementRun", json!({ "month": "2026-08", "kind": "DRAFT" }))
            .await;
    assert_eq!(api.rings(), [Ring::Settle(run.parse().unwrap())]);
    let second = "mutation($input: SettlementRunStartInput!) { settlementRunStart(input: $input) { userErrors { code message } } }";
    let input = json!({ "input": { "idempotencyKey": "2", "month": "2026-08", "kind": "DRAFT" } });
    let data = api.data(&operations(), second, input).await;
    assert_eq!(data["settlementRunStart"]["userErrors"][0]["code"], "RUN_EXISTS");
});

on_both_databases!(rates_take_money_as_people_write_it, |db| async move {
    let api = TestApi::over(db).await;
    let create = "mutation($input: IncentivePolicyCreateInput!) { incentivePolicyCreate(input: $input) {
        incentivePolicy { name version rates { seq ratePpm minimum cap mode } } userErrors { code path } } }";
    let input = |key: &str, minimum: &str| {
        let rates = json!([{ "ratePpm": 50000, "minimum": minimum, "cap": "1000.5", "mode": "RESALE" }]);
        json!({ "input": { "idempotencyKey": key, "name": "Base", "validFrom": "2026-09", "rates": rates } })
    };
    let wrong = api.data(&administrator(), create, input("a", "0.001")).await;
    assert_eq!(
        wrong["incentivePolicyCreate"]["userErrors"],
        json!([{ "code": "INVALID", "path": ["rates", "0", "minimum"] }])
    );
    let right = api.data(&administrator(), create, input("b", "0.01")).await;
    assert_eq!(
        right["incentivePolicyCreate"]["incentivePolicy"],
        json!({ "name": "Base", "version": 1, "rates":
            [{ "seq": 1, "ratePpm": 50000, "minimum": "0.01", "cap": "1000.50", "mode": "RESALE" }] })
    );
});
