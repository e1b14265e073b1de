//! A change that one process makes is seen by who subscribes at another, over event streams and WebSockets, with Redis
//! and without.

use futures_util::stream::BoxStream;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::api::Api;
use super::*;
use domain::kernel::event::{NewEvent, emit};
use entity::{EventTopic, PartnerKind};
use tests::world::row;

const QUERY: &str = "subscription { incentiveBillChanged { kind entityId } }";
/// The kind of events that only ask whether a subscription has begun.
const PROBE: &str = "PROBE";
/// Longest wait for an event: the pace of looking is 2 s.
const SOON: Duration = Duration::from_secs(30);

/// Somebody who subscribes, in one way or the other.
enum Subscriber {
    Events(BoxStream<'static, String>, String),
    Socket(Box<WebSocketStream<MaybeTlsStream<TcpStream>>>),
}

impl Subscriber {
    async fn by_events(api: &Api) -> Subscriber {
        let response = api.subscribe(QUERY, &json!({})).await;
        assert_eq!(response.status(), 200);
        let pieces = response.bytes_stream().map(|bytes| String::from_utf8(bytes.unwrap().to_vec()).unwrap());
        Subscriber::Events(pieces.boxed(), String::new())
    }

    async fn by_socket(api: &Api) -> Subscriber {
        let mut request = api.url("/graphql").replace("http:", "ws:").into_client_request().unwrap();
        let protocol = "graphql-transport-ws".parse().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", protocol);
        let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        let bearer = format!("Bearer {}", api.token());
        let init = json!({ "type": "connection_init", "payload": { "Authorization": bearer } });
        let subscribe = json!({ "id": "1", "type": "subscribe", "payload": { "query": QUERY } });
        for message in [init, subscribe] {
            socket.send(Message::text(message.to_string())).await.unwrap();
        }
        Subscriber::Socket(Box::new(socket))
    }

    /// The next event.
    async fn next(&mut self) -> Value {
        loop {
            let data = match self {
                Subscriber::Events(pieces, read) => match read.split_once("\n\n") {
                    Some((event, rest)) => {
                        let data = event.split_once("data: ").map(|(_, data)| data.to_owned());
                        *read = rest.to_owned();
                        data
                    }
                    None => {
                        read.push_str(&pieces.next().await.expect("a stream that goes on"));
                        None
                    }
                },
                Subscriber::Socket(socket) => {
                    match socket.next().await.expect("a socket that goes on").unwrap() {
                        Message::Text(text) => Some(text.to_string()),
                        _ => None,
                    }
                }
            };
            let Some(data) = data.filter(|data| data.contains("incentiveBillChanged")) else { continue };
            let data: Value = serde_json::from_str(&data).unwrap();
            let payload = data.get("payload").unwrap_or(&data);
            return payload["data"]["incentiveBillChanged"].clone();
        }
    }

    /// The next event that is no probe.
    async fn change(&mut self) -> Value {
        let change = async {
            loop {
                let event = self.next().await;
                if event["kind"] != PROBE {
                    return event;
                }
            }
        };
        tokio::time::timeout(SOON, change).await.expect("a change in time")
    }

    /// Waits until events from now on are its.
    async fn begun(mut self, world: &World) -> Subscriber {
        loop {
            let tx = world.store.begin().await.unwrap();
            let event = NewEvent {
                topic: EventTopic::IncentiveBill,
                kind: PROBE,
                entity: "probe".into(),
                partner_id: None,
                detail: json!({}),
            };
            emit(&tx, &world.store, world.store.clock.now(), event).await.unwrap();
            tx.commit().await.unwrap();
            if tokio::time::timeout(Duration::from_secs(3), self.next()).await.is_ok() {
                return self;
            }
        }
    }
}

/// Two partners with a bill each that waits for confirmation. Gives the ids of the bills.
async fn bills(world: &World) -> Vec<String> {
    let mut rows = Vec::new();
    for name in ["A", "B"] {
        let partner = world.partner(PartnerKind::SolutionProvider, &format!("Provider of {name}")).await;
        let customer = world.customer(name).await;
        world.associate(customer, partner, "2026-01-01T00:00:00Z").await;
        rows.push(row(name, "100", "2026-08-10T00:00:00Z", name));
    }
    world.policy("2026-01", 100_000).await;
    world.import(&bill(&rows)).await;
    world.settle("2026-08", RunKind::Final).await;
    let sql = "SELECT id FROM incentive_bill ORDER BY id";
    let rows = domain::kernel::store::query(world.store.db(), sql, []).await.unwrap();
    rows.iter().map(|row| entity::IncentiveBillId(row.try_get_by_index(0).unwrap()).to_string()).collect()
}

async fn confirm(api: &Api, bill: &str) {
    let confirm = "mutation($input: IncentiveBillConfirmInput!) { incentiveBillConfirm(input: $input) {
        incentiveBill { state } userErrors { code message } } }";
    let input = json!({ "input": { "idempotencyKey": bill, "id": bill, "expectedVersion": 1 } });
    let (data, _) = api.data(confirm, input).await;
    assert_eq!(data["incentiveBillConfirm"]["incentiveBill"]["state"], "ISSUING", "{data}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_through_one_process_is_seen_at_another_with_redis_and_without() {
    let Some(mut redis) = Redis::own().await else { return };
    let Some(db) = TestDatabase::fresh(Backend::Postgres).await else { return };
    let world = World::open(&db).await;
    let bills = bills(&world).await;
    let place = Place { url: db.url.clone(), redis: Some((redis.url(), fresh_namespace())) };
    let (one, other) = (Api::serve(&place, &["--no-worker"]), Api::serve(&place, &["--no-worker"]));
    let mut subscribers = [
        Subscriber::by_events(&other).await.begun(&world).await,
        Subscriber::by_socket(&other).await.begun(&world).await,
        Subscriber::by_events(&one).await.begun(&world).await,
    ];
    confirm(&one, &bills[0]).await;
    for subscriber in &mut subscribers {
        assert_eq!(subscriber.change().await, json!({ "kind": "CONFIRMED", "entityId": bills[0] }));
    }
    redis.stop();
    confirm(&one, &bills[1]).await;
    for subscriber in &mut subscribers {
        assert_eq!(subscriber.change().await, json!({ "kind": "CONFIRMED", "entityId": bills[1] }));
    }
}

/// Tells people by a process of its own, and by nothing else.
async fn told_by_a_process(backend: Backend) {
    let Some(db) = TestDatabase::fresh(backend).await else { return };
    let Some(place) = Place::of(&db).await else { return };
    let world = World::open(&db).await;
    let mail = tempfile::tempdir().unwrap();
    let url = format!("file://{}", mail.path().display());
    let people = ["--mail-from", "partners@example.com", "--mail-operations", "ops@example.com"];
    let mut command = place.program(&[&["worker", "--mail-url", &url][..], &people[..]].concat());
    place.with_queue(&mut command);
    let mut worker = Process::start(command);
    let tx = world.store.begin().await.unwrap();
    let event = NewEvent {
        topic: EventTopic::PaymentRequest,
        kind: "PAYOUT_CREATE_FAILED",
        entity: "thing_1".into(),
        partner_id: None,
        detail: json!({ "reason": "not synced" }),
    };
    emit(&tx, &world.store, world.store.clock.now(), event).await.unwrap();
    tx.commit().await.unwrap();
    let mails = || std::fs::read_dir(mail.path()).unwrap().filter_map(|file| Some(file.ok()?.path()));
    let whole = || mails().find(|path| path.extension().is_some_and(|ending| ending == "eml"));
    until("the message is a file", PATIENCE, || async { whole().is_some() }).await;
    let mail = tests::smtp::Mail::read(&std::fs::read_to_string(whole().unwrap()).unwrap());
    assert_eq!(mail.header("To"), "ops@example.com");
    assert_eq!(mail.header("Subject"), "Payout not created: payment request thing_1");
    assert!(mail.text().contains("Reason: not synced\n"));
    let state = "SELECT state FROM message";
    until("it is noted", PATIENCE, || async { look(&world, state).await == "SENT" }).await;
    assert_eq!(worker.stop().await.0, Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_working_process_tells_people_on_sqlite() {
    told_by_a_process(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_working_process_tells_people_on_postgres() {
    told_by_a_process(Backend::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_process_says_is_heard_by_the_others_also_after_redis_was_away() {
    let Some(mut redis) = Redis::own().await else { return };
    let namespace = fresh_namespace();
    let open = |namespace: &str| worker::NewsChannel::open(&redis.url(), namespace).unwrap();
    let (speaker, listener, stranger) = (open(&namespace), open(&namespace), open("another"));
    let heard = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = || heard.load(std::sync::atomic::Ordering::SeqCst);
    let stop = tokio_util::sync::CancellationToken::new();
    let listening = tokio::spawn({
        let (heard, stop) = (heard.clone(), stop.clone());
        async move {
            let hear = || {
                heard.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            };
            listener.listen_until(stop, hear).await;
        }
    });
    // It counts its own beginning as news: something may have been said before.
    until("it listens", SOON, || async { count() == 1 }).await;
    stranger.say().await.unwrap();
    speaker.say().await.unwrap();
    until("it hears", SOON, || async { count() == 2 }).await;
    redis.stop();
    assert!(speaker.say().await.is_err());
    redis.start_again().await;
    until("it listens again", SOON, || async { count() == 3 }).await;
    until("it is spoken to again", SOON, || async { speaker.say().await.is_ok() }).await;
    until("it hears again", SOON, || async { count() >= 4 }).await;
    stop.cancel();
    listening.await.unwrap();
}
