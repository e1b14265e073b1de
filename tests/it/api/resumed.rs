//! Streams of server-sent events go on where they stood.

use std::time::Duration;

use api::http::FrontConfig;
use domain::Actor;
use reqwest::Response;
use serde_json::{Value, json};
use tests::on_both_databases;

use crate::api::served::Served;
use crate::api::{TestApi, member_of, world};

const FOLLOW: &str = "subscription { opportunityChanged { id kind } }";

/// The next event of a stream: its id, and what it says.
async fn next(stream: &mut Response, read: &mut String) -> (String, Value) {
    let more = async {
        loop {
            if let Some((event, rest)) = read.split_once("\n\n").map(|(a, b)| (a.to_owned(), b.to_owned())) {
                *read = rest;
                if event.contains("event: next") {
                    return event;
                }
                continue;
            }
            read.push_str(str::from_utf8(&stream.chunk().await.unwrap().unwrap()).unwrap());
        }
    };
    // A transaction that another test holds open in the same PostgreSQL keeps events back as long as it lasts.
    let event = tokio::time::timeout(Duration::from_secs(300), more).await.expect("an event");
    let line =
        |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
    (line("id: "), serde_json::from_str(&line("data: ")).unwrap())
}

async fn follow(served: &Served, who: &Actor, last: Option<&str>) -> Response {
    let request = served.post(who, FOLLOW, &json!({})).header("accept", "text/event-stream");
    let request = last.into_iter().fold(request, |request, id| request.header("last-event-id", id));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    response
}

async fn draft(api: &TestApi, who: &Actor, name: &str) {
    let create = "mutation($input: OpportunityCreateInput!) { opportunityCreate(input: $input) { opportunity { id } } }";
    let input = json!({ "input": { "idempotencyKey": name, "fields": { "name": name } } });
    api.data(who, create, input).await;
}

on_both_databases!(a_stream_goes_on_behind_the_event_its_client_saw_last, |db| async move {
    let api = TestApi::over(db).await;
    let me = member_of(&world(&api).await.reseller);
    let served = Served::with(&api.store, FrontConfig::production()).await;
    let mut stream = follow(&served, &me, None).await;
    let mut read = String::new();
    draft(&api, &me, "one").await;
    let (first, said) = next(&mut stream, &mut read).await;
    assert_eq!(said["data"]["opportunityChanged"], json!({ "id": first, "kind": "DRAFT_CREATED" }));
    drop(stream);
    draft(&api, &me, "two").await;
    draft(&api, &me, "three").await;

    let (mut stream, mut read) = (follow(&served, &me, Some(&first)).await, String::new());
    let (second, _) = next(&mut stream, &mut read).await;
    let (third, _) = next(&mut stream, &mut read).await;
    draft(&api, &me, "four").await;
    let (fourth, said) = next(&mut stream, &mut read).await;
    assert_eq!(said["data"]["opportunityChanged"]["id"], json!(fourth));
    let mut ids = vec![first, second, third, fourth];
    ids.dedup();
    assert_eq!(ids.len(), 4, "{ids:?}");
    let listed = api.data(&me, "{ events(orderBy: { field: AT }) { nodes { id } } }", json!({})).await;
    let all = listed["events"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["id"].as_str().unwrap().to_owned());
    assert_eq!(ids, all.collect::<Vec<_>>(), "every event once, in order");

    for unknown in ["nonsense", "event_01h455vb4pex5vsknk084sn02q"] {
        let (mut stream, mut read) = (follow(&served, &me, Some(unknown)).await, String::new());
        let (_, said) = next(&mut stream, &mut read).await;
        assert_eq!(said["errors"][0]["extensions"]["code"], "UNAVAILABLE", "load anew: {said}");
    }
});
