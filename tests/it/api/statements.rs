//! The number of SQL statements of an operation does not depend on the number of rows.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use entity::{PaymentKind, PayoutWay};
use serde_json::json;
use tests::db::{Backend, TestDatabase};
use tests::world::World;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::api::{TestApi, administrator, made, member_of};
use crate::payment::{partner, request};

/// What a screen of partners asks for.
const SCREEN: &str = "query($n: Int!) { partners(first: $n) { totalCount nodes { name distributor { name }
    performance(month: \"2026-08\") { counted { amount } }
    customers(first: 3) { totalCount nodes { name currentPartner { name } associations(first: 2) { nodes { mode } } } }
    bills(first: 2) { nodes { month } } } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_rows_and_fifty_need_the_same_number_of_statements() {
    let Some(database) = TestDatabase::fresh(Backend::Postgres).await else { return };
    let counter = Arc::new(AtomicUsize::new(0));
    let url = counted(&database.url, Arc::clone(&counter)).await;
    let api = TestApi::at(&url).await;
    for n in 0..50 {
        let input = json!({ "kind": "SOLUTION_PROVIDER", "name": format!("P{n:02}"), "region": "CN" });
        let partner = made(&api, "partnerCreate", "partner", input).await;
        let customer = made(&api, "customerCreate", "customer", json!({ "name": format!("C{n:02}") })).await;
        let input = json!({ "customerId": customer, "partnerId": partner, "mode": "RESALE" });
        made(&api, "associationCreate", "association", input).await;
    }
    let mut counts = Vec::new();
    for n in [5, 50] {
        let before = counter.load(Ordering::SeqCst);
        let data = api.data(&administrator(), SCREEN, json!({ "n": n })).await;
        assert_eq!(data["partners"]["nodes"].as_array().unwrap().len(), n);
        assert_eq!(data["partners"]["nodes"][0]["customers"]["nodes"][0]["currentPartner"]["name"], "P00");
        counts.push(counter.load(Ordering::SeqCst) - before);
    }
    assert_eq!(counts[0], counts[1], "statements for 5 and 50 rows");
    assert!(counts[0] <= 12, "{counts:?}");
}

/// Moves payment requests, and reads them.
const MOVE: &str = "mutation($input: PaymentRequestMoveInput!) { paymentRequestMove(input: $input) {
    results { paymentRequest { id } userErrors { code } } userErrors { code } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_refused_moves_and_forty_need_the_same_number_of_statements() {
    let Some(database) = TestDatabase::fresh(Backend::Postgres).await else { return };
    let world = World::open(&database).await;
    let owner = partner(&world, "Owner", 0).await;
    let mut requests = Vec::new();
    for _ in 0..40 {
        let id = request(&world, owner, (PaymentKind::Incentive, PayoutWay::BankTransfer), 1).await;
        requests.push(json!({ "id": id, "expectedVersion": 99 }));
    }
    let counter = Arc::new(AtomicUsize::new(0));
    let api = TestApi::at(&counted(&database.url, Arc::clone(&counter)).await).await;
    let mut counts = Vec::new();
    for n in [2, 40] {
        let before = counter.load(Ordering::SeqCst);
        let input = json!({ "idempotencyKey": n.to_string(), "operation": "SUBMIT", "policy": "SKIP_FAILED",
            "requests": requests[..n] });
        let data = api.data(&administrator(), MOVE, json!({ "input": input })).await;
        let results = data["paymentRequestMove"]["results"].as_array().unwrap();
        assert_eq!(results.len(), n, "{data}");
        let refused = json!([{ "code": "VERSION_CONFLICT" }]);
        assert!(results.iter().all(|r| r["paymentRequest"]["id"].is_string() && r["userErrors"] == refused));
        counts.push(counter.load(Ordering::SeqCst) - before);
    }
    assert_eq!(counts[0], counts[1], "statements for 2 and 40 requests");
}

/// What a screen of opportunities asks for.
const OPPORTUNITIES: &str = "query($n: Int!) { opportunities(first: $n, search: \"cloud\") { totalCount nodes { name
    partner { name } customer { name } contact { name phone masked } allowedOperations { operation } editableFields
    comments(first: 2) { totalCount nodes { text } } files(first: 2) { totalCount nodes { file { name } } }
    timeline(first: 2) { nodes { operation } } } }
    opportunityPipeline { state count expectedAmount { amount } weightedAmount { amount } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_opportunities_and_fifty_need_the_same_number_of_statements() {
    let Some(database) = TestDatabase::fresh(Backend::Postgres).await else { return };
    let counter = Arc::new(AtomicUsize::new(0));
    let url = counted(&database.url, Arc::clone(&counter)).await;
    let api = TestApi::at(&url).await;
    let input = json!({ "kind": "SOLUTION_PROVIDER", "name": "P", "region": "CN" });
    let partner = made(&api, "partnerCreate", "partner", input).await;
    let me = member_of(&partner);
    let create = "mutation($input: OpportunityCreateInput!) { opportunityCreate(input: $input) { opportunity { id } } }";
    let comment = "mutation($input: OpportunityCommentAddInput!) { opportunityCommentAdd(input: $input) { commentId } }";
    for n in 0..50 {
        let customer = made(&api, "customerCreate", "customer", json!({ "name": format!("C{n:02}") })).await;
        let input = json!({ "customerId": customer, "partnerId": partner, "mode": "RESALE" });
        made(&api, "associationCreate", "association", input).await;
        let fields =
            json!({ "name": format!("Cloud {n:02}"), "customerId": customer, "contactName": "Zhang San" });
        let input = json!({ "input": { "idempotencyKey": format!("o{n}"), "fields": fields } });
        let made = api.data(&me, create, input).await;
        let id = &made["opportunityCreate"]["opportunity"]["id"];
        let input = json!({ "input": { "idempotencyKey": format!("c{n}"), "id": id, "text": "hello" } });
        api.data(&me, comment, input).await;
    }
    let sql = "INSERT INTO stored_file (id, purpose, name, bytes, partner_id, state, upload_expires_at, created_by, created_at, content_type, sha256, path) \
               SELECT id, 'OPPORTUNITY', 'plan.pdf', 1, partner_id, 'STORED', 0, 'x', 0, 'application/pdf', 'x', 'x' FROM opportunity";
    domain::kernel::store::exec(api.store.db(), sql, []).await.unwrap();
    let sql = "INSERT INTO opportunity_file (opportunity_id, file_id, side, internal, partner_id, attached_by, attached_at) \
               SELECT id, id, 'PARTNER', FALSE, partner_id, 'x', 0 FROM opportunity";
    domain::kernel::store::exec(api.store.db(), sql, []).await.unwrap();
    let mut counts = Vec::new();
    for n in [5, 50] {
        let before = counter.load(Ordering::SeqCst);
        let data = api.data(&me, OPPORTUNITIES, json!({ "n": n })).await;
        let nodes = data["opportunities"]["nodes"].as_array().unwrap();
        assert_eq!((nodes.len(), &data["opportunities"]["totalCount"]), (n, &json!(50)));
        let last = &nodes[n - 1];
        assert_eq!(
            (&last["comments"]["totalCount"], &last["contact"]["name"]),
            (&json!(1), &json!("Zhang San"))
        );
        assert_eq!(last["files"]["nodes"][0]["file"]["name"], "plan.pdf");
        assert!(!last["customer"]["name"].is_null());
        counts.push(counter.load(Ordering::SeqCst) - before);
    }
    assert_eq!(counts[0], counts[1], "statements for 5 and 50 rows");
    assert!(counts[0] <= 12, "{counts:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_sum_of_a_dashboard_is_one_statement() {
    let Some(database) = TestDatabase::fresh(Backend::Postgres).await else { return };
    let (world, _) = World::september(&database).await;
    let owner = partner(&world, "Owner", 0).await;
    request(&world, owner, (PaymentKind::Incentive, PayoutWay::BankTransfer), 1).await;
    let counter = Arc::new(AtomicUsize::new(0));
    let api = TestApi::at(&counted(&database.url, Arc::clone(&counter)).await).await;
    for query in [
        "{ performanceSums(groupBy: [MONTH, QUARTER, PRODUCT_CLASS, REGION, CHARGING_MODE, REASON],
            orderBy: { field: COUNTED, direction: DESC }) { nodes { month counted { amount } } } }",
        "{ paymentSums(groupBy: [MONTH, PRODUCT_CLASS, REGION], orderBy: { field: PAYABLE }) { nodes { payable { amount } } } }",
        "{ paymentRequestSums(groupBy: [STAGE, MONTH], orderBy: { field: AMOUNT }) { nodes { amount { amount } } } }",
    ] {
        let before = counter.load(Ordering::SeqCst);
        let data = api.data(&administrator(), query, json!({})).await;
        let list = data.as_object().unwrap().values().next().unwrap();
        assert!(!list["nodes"].as_array().unwrap().is_empty(), "{query} {data}");
        assert_eq!(counter.load(Ordering::SeqCst) - before, 1, "{query}");
    }
}

/// A way to the database that counts the statements it executes, as the wire protocol names them.
async fn counted(url: &str, counter: Arc<AtomicUsize>) -> String {
    let (head, rest) = url.split_once("@").unwrap();
    let (address, database) = rest.split_once('/').unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let target = address.to_owned();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(&target).await.unwrap();
            tokio::spawn(relay(client, server, Arc::clone(&counter)));
        }
    });
    format!("{head}@127.0.0.1:{port}/{database}")
}

async fn relay(client: TcpStream, server: TcpStream, counter: Arc<AtomicUsize>) {
    // Small messages go on at once, not when there are more of them.
    client.set_nodelay(true).unwrap();
    server.set_nodelay(true).unwrap();
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    tokio::spawn(async move { tokio::io::copy(&mut from_server, &mut to_client).await });
    // Before the session begins messages have no type: a request for TLS, then the parameters.
    let mut begun = false;
    loop {
        let kind = if begun { from_client.read_u8().await.ok() } else { Some(0) };
        let (Some(kind), Ok(length)) = (kind, from_client.read_u32().await) else { return };
        let mut body = vec![0; length as usize - 4];
        if from_client.read_exact(&mut body).await.is_err() {
            return;
        }
        const TLS_REQUEST: [u8; 4] = 80_877_103_u32.to_be_bytes();
        counter.fetch_add(usize::from(begun && matches!(kind, b'E' | b'Q')), Ordering::SeqCst);
        let mut message = if begun { vec![kind] } else { Vec::new() };
        begun = begun || body[..4] != TLS_REQUEST;
        message.extend(length.to_be_bytes());
        message.extend(body);
        if to_server.write_all(&message).await.is_err() {
            return;
        }
    }
}
