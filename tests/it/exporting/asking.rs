//! Exports over the API.

use crate::api::data_of;
use api::graphql::Ring;
use domain::operate::work;
use domain::{Lang, Role};
use futures_util::StreamExt;
use serde_json::{Value, json};

use super::*;
use crate::api::{TestApi, code, operator, user_of};
use crate::files::http::FileServer;

const CREATE: &str = "mutation($input: ExportCreateInput!) { exportCreate(input: $input) {
    export { id what format state progress { rows total bytes } sha256 downloadUrl file { id } errorCode createdBy }
    userErrors { code path message } } }";
const EXPORT: &str =
    "query($id: ID!) { export(id: $id) { state progress { rows total bytes } sha256 downloadUrl
    file { name contentType bytes sha256 } expiresAt errorCode errorDetail finishedAt }
    node(id: $id) { ... on Export { what } } exports { totalCount nodes { id } } }";

fn input(key: &str, more: Value) -> Value {
    let mut input = json!({ "idempotencyKey": key, "what": "PERFORMANCE_LINES", "format": "NDJSON" });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "input": input })
}

on_both_databases!(an_export_is_asked_for_written_and_fetched, |db| async move {
    let books = books(&db).await;
    let api = TestApi::over_store(books.world.store.clone());
    let finance = operator(&[Role::Finance]);
    let wish = input("k", json!({ "filter": { "month": "2026-09" } }));
    let made = api.data(&finance, CREATE, wish.clone()).await;
    let job = &made["exportCreate"]["export"];
    assert_eq!(made["exportCreate"]["userErrors"], json!([]));
    assert_eq!(job["state"], "PENDING");
    assert_eq!(
        (&job["sha256"], &job["downloadUrl"], &job["file"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(api.data(&finance, CREATE, wish).await, made, "the same key gives the same export");
    let id = job["id"].as_str().unwrap();
    let key: ExportId = id.parse().unwrap();
    assert_eq!(api.rings().first(), Some(&Ring::Export(key)));

    let watch = "subscription($id: ID!) { exportProgress(id: $id) { state progress { rows } } }";
    let request = api.request(&finance, Lang::En, watch, json!({ "id": id }));
    let mut told = api.schema().stream(request);
    let first = data_of(&told.next().await.unwrap());
    assert_eq!(first["exportProgress"]["state"], "PENDING");
    work::export(&books.world.store, key).await.unwrap();
    let last = data_of(&told.next().await.unwrap());
    assert_eq!(last["exportProgress"], json!({ "state": "COMPLETED", "progress": { "rows": "3" } }));
    assert!(told.next().await.is_none());

    let seen = api.data(&finance, EXPORT, json!({ "id": id })).await;
    let job = &seen["export"];
    let bytes = books.bytes(key).await;
    assert_eq!(job["progress"], json!({ "rows": "3", "total": "3", "bytes": bytes.len().to_string() }));
    assert_eq!(job["file"]["contentType"], "application/x-ndjson");
    assert_eq!(job["file"]["sha256"], job["sha256"]);
    assert_eq!(seen["node"]["what"], "PERFORMANCE_LINES");
    let server = FileServer::over(&books.world).await;
    let response = server.get(job["downloadUrl"].as_str().unwrap(), &finance).await;
    assert_eq!(response.bytes().await.unwrap(), bytes);
});

on_both_databases!(exports_are_seen_by_whoever_asked_and_by_operators, |db| async move {
    let books = books(&db).await;
    let api = TestApi::over_store(books.world.store.clone());
    let (provider, reseller) = (member_of(books.provider).actor, member_of(books.reseller).actor);
    let made = api.data(&provider, CREATE, input("k", json!({}))).await;
    let id = made["exportCreate"]["export"]["id"].as_str().unwrap().to_owned();
    for (who, seen) in [(&provider, 1), (&reseller, 0), (&operator(&[Role::Operations]), 1)] {
        let data = api.data(who, EXPORT, json!({ "id": id })).await;
        assert_eq!(data["exports"]["totalCount"], seen);
        assert_eq!(data["export"].is_null(), seen == 0);
        assert_eq!(data["node"].is_null(), seen == 0);
    }
    let user = user_of(&entity::CustomerId(7).to_string());
    assert_eq!(code(&api.ask(&user, CREATE, input("k", json!({}))).await).as_deref(), Some("FORBIDDEN"));
    let reviewer = operator(&[Role::OpportunityReviewer]);
    assert_eq!(code(&api.ask(&reviewer, CREATE, input("k", json!({}))).await).as_deref(), Some("FORBIDDEN"));
});

on_both_databases!(the_file_of_an_export_is_seen_by_whoever_may_query_exports, |db| async move {
    let books = books(&db).await;
    let api = TestApi::over_store(books.world.store.clone());
    let server = FileServer::over(&books.world).await;
    let finance = operator(&[Role::Finance]);
    let made = api.data(&finance, CREATE, input("k", json!({}))).await;
    let id: ExportId = made["exportCreate"]["export"]["id"].as_str().unwrap().parse().unwrap();
    work::export(&books.world.store, id).await.unwrap();
    let file = books.job(id).await.file_id;
    let query = "query($id: ID!) { file(id: $id) { name downloadUrl } node(id: $id) { id } }";
    let others = [operator(&[Role::OpportunityReviewer]), member_of(books.provider).actor];
    for (who, seen) in others
        .iter()
        .map(|who| (who, false))
        .chain([(&finance, true), (&operator(&[Role::Operations]), true)])
    {
        let data = api.data(who, query, json!({ "id": file.to_string() })).await;
        assert_eq!((data["file"].is_null(), data["node"].is_null()), (!seen, !seen), "{who:?}");
        let status = server.get(&format!("/files/{file}"), who).await.status().as_u16();
        assert_eq!(status, if seen { 200 } else { 404 }, "{who:?}");
    }
});

on_both_databases!(what_makes_no_sense_or_is_too_much_is_refused, |db| async move {
    let books = books(&db).await;
    let api = TestApi::over_store(books.world.store.clone());
    let finance = operator(&[Role::Finance]);
    let partner = books.provider.to_string();
    let wrong = json!({ "what": "PAYMENTS", "filter": { "partnerId": partner, "customerId": "x" } });
    let data = api.data(&finance, CREATE, input("a", wrong)).await;
    assert_eq!(data["exportCreate"]["userErrors"][0]["path"], json!(["filter", "customerId"]));
    let wrong = json!({ "what": "PAYMENTS", "filter": { "partnerId": partner } });
    let data = api.data(&finance, CREATE, input("b", wrong)).await;
    assert_eq!(data["exportCreate"]["userErrors"][0]["path"], json!(["filter", "partnerId"]));
    assert_eq!(data["exportCreate"]["userErrors"][0]["code"], "INVALID");

    let at_once = domain::reading::export::create::AT_ONCE;
    for n in 0..at_once {
        let data = api.data(&finance, CREATE, input(&n.to_string(), json!({}))).await;
        assert_eq!(data["exportCreate"]["userErrors"], json!([]));
    }
    let data = api.data(&finance, CREATE, input("more", json!({}))).await;
    assert_eq!(data["exportCreate"]["userErrors"][0]["code"], "LIMIT_REACHED");
    let other = operator(&[Role::Operations]);
    let other = domain::Actor { subject: "other".into(), ..other };
    let data = api.data(&other, CREATE, input("more", json!({}))).await;
    assert_eq!(data["exportCreate"]["userErrors"], json!([]), "of one account");
});

on_both_databases!(a_file_is_announced_over_the_api, |db| async move {
    let books = books(&db).await;
    let api = TestApi::over_store(books.world.store.clone());
    let member = member_of(books.provider).actor;
    let create = "mutation($input: FileCreateInput!) { fileCreate(input: $input) {
        file { id purpose name state contentType bytes sha256 downloadUrl expiresAt } uploadUrl userErrors { code path } } }";
    let wish = |name: &str| json!({ "input": { "idempotencyKey": name, "purpose": "PARTNER_INVOICE", "name": name } });
    let data = api.data(&member, create, wish("a.ofd")).await;
    let made = &data["fileCreate"];
    assert!(made["uploadUrl"].as_str().unwrap().starts_with("/files/"));
    assert_eq!(
        (&made["file"]["state"], &made["file"]["downloadUrl"]),
        (&json!("AWAITING_UPLOAD"), &Value::Null)
    );
    let file = "query($id: ID!) { file(id: $id) { name } node(id: $id) { __typename } }";
    let of = json!({ "id": made["file"]["id"] });
    let seen = api.data(&member, file, of.clone()).await;
    assert_eq!(seen, json!({ "file": { "name": "a.ofd" }, "node": { "__typename": "StoredFile" } }));
    let seen = api.data(&member_of(books.reseller).actor, file, of).await;
    assert_eq!(seen, json!({ "file": null, "node": null }));
    let data = api.data(&member, create, wish("a.exe")).await;
    assert_eq!(data["fileCreate"]["userErrors"], json!([{ "code": "FILE_KIND", "path": ["name"] }]));
});
