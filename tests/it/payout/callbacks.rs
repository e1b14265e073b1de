//! Messages of the gateway: signed, in any order, any number of times.

use std::sync::Arc;

use api::payout_callback::{PayoutCallbacks, routes};
use domain::Store;
use domain::money::payout::callback::{BODY_LIMIT, receive};
use domain::money::payout::signature::{SIGNATURE, TIMESTAMP, WINDOW, sign};
use entity::PayoutCallbackOutcome as Outcome;
use entity::timestamp::{DAY, SECOND};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use tests::on_both_databases;

use super::gateway::{End, SECRET, TestGateway};
use super::*;

const PATH: &str = "/payouts/callbacks";

/// A message as the gateway writes it.
fn message(event: &str, key: &str, state: &str) -> String {
    json!({ "eventId": event, "idempotencyKey": key, "state": state, "reason": "because", "occurredAt": "2026-10-15T12:00:00Z" })
        .to_string()
}

/// The outcome and detail of every message that was stored.
async fn stored(world: &World) -> Vec<String> {
    let sql = "SELECT event_id, outcome, detail FROM payout_callback ORDER BY event_id";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    let text = |row: &sea_orm::QueryResult, n: usize| row.try_get_by_index::<String>(n).unwrap();
    rows.iter().map(|row| format!("{} {} {}", text(row, 0), text(row, 1), text(row, 2))).collect()
}

/// The route on a port of its own.
struct Door {
    url: String,
    client: reqwest::Client,
    task: tokio::task::JoinHandle<()>,
}

impl Door {
    async fn open(store: &Store, secret: Option<&str>) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let secret = secret.map(|secret| Arc::from(secret.as_bytes()));
        let router = routes(PayoutCallbacks { store: store.clone(), secret });
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}{PATH}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, client: reqwest::Client::builder().no_proxy().build().unwrap(), task }
    }

    async fn knock(&self, timestamp: i64, secret: &str, body: &str) -> (u16, String) {
        let timestamp = timestamp.to_string();
        let signature = sign(secret.as_bytes(), &timestamp, "POST", PATH, body.as_bytes());
        let request = self.client.post(&self.url).header(TIMESTAMP, timestamp).header(SIGNATURE, signature);
        let response = request.body(body.to_owned()).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.task.abort();
    }
}

on_both_databases!(
    what_is_not_signed_is_not_even_kept_and_what_is_repeated_is_answered_the_same,
    |db| async move {
        let world = World::open(&db).await;
        let gateway = TestGateway::start().await;
        gateway.kept().end = End::Pending;
        let (_, id) = waiting(&world, "Owner", PayoutStep::Pay).await;
        work(&gateway.of(&world.store), &world, id).await;
        let door = Door::open(&world.store, Some(SECRET)).await;
        let body = message("e1", &format!("{id}-PAY-1"), "PAID");
        let now = world.store.clock.now().0 / SECOND;
        let window = WINDOW / SECOND;
        for (timestamp, secret) in [
            (now, "another secret, also 32 bytes long"),
            (now - window - 1, SECRET),
            (now + window + 1, SECRET),
        ] {
            assert_eq!(door.knock(timestamp, secret, &body).await.0, 401);
        }
        let unsigned = door.client.post(&door.url).body(body.clone()).send().await.unwrap();
        assert_eq!(unsigned.status(), 401);
        assert_eq!(stored(&world).await, Vec::<String>::new());
        assert_eq!(load(&world, id).await.state, PaymentState::Paying);
        let first = door.knock(now - window, SECRET, &body).await;
        assert_eq!(first, (200, r#"{"code":"RECEIVED"}"#.into()));
        let paid = load(&world, id).await;
        assert_eq!(paid.state, PaymentState::Paid);
        for _ in 0..3 {
            assert_eq!(door.knock(now + window, SECRET, &body).await, first);
        }
        assert_eq!(load(&world, id).await, paid);
        assert_eq!(stored(&world).await, ["e1 APPLIED SETTLE_PAYMENT"]);
        world.verify().await;
    }
);

on_both_databases!(a_message_is_taken_at_its_limit_and_refused_one_past, |db| async move {
    let world = World::open(&db).await;
    let door = Door::open(&world.store, Some(SECRET)).await;
    let now = world.store.clock.now().0 / SECOND;
    let padded = |length: usize| {
        let body = message("long", "nobody's", "PAID");
        format!("{body}{}", " ".repeat(length - body.len()))
    };
    assert_eq!(door.knock(now, SECRET, &padded(BODY_LIMIT)).await.0, 200);
    assert_eq!(door.knock(now, SECRET, &padded(BODY_LIMIT + 1)).await.0, 413);
    for wrong in ["", "{}", "[1]", r#"{"eventId":"x","idempotencyKey":"y","state":"MAYBE"}"#] {
        assert_eq!(door.knock(now, SECRET, wrong).await.0, 400, "{wrong}");
    }
    assert_eq!(stored(&world).await, ["long WAITING UNKNOWN_ORDER"]);
    let closed = Door::open(&world.store, None).await;
    assert_eq!(closed.knock(now, SECRET, &message("e", "k", "PAID")).await.0, 404);
});

on_both_databases!(a_message_that_comes_early_is_applied_when_its_order_is_sent, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    gateway.kept().end = End::Pending;
    let (_, id) = waiting(&world, "Owner", PayoutStep::Pay).await;
    let body = message("early", &format!("{id}-PAY-1"), "PAID");
    // Before there is an order, and before it is sent.
    assert_eq!(receive(&world.store, &body).await.unwrap(), Outcome::Waiting);
    assert_eq!(work(&Gateway::None, &world, id).await, PaymentState::Paying);
    assert_eq!(stored(&world).await, ["early WAITING UNKNOWN_ORDER"]);
    let payouts = gateway.of(&world.store);
    assert_eq!(work(&payouts, &world, id).await, PaymentState::Paying);
    assert_eq!(work(&payouts, &world, id).await, PaymentState::Paid);
    assert_eq!(receive(&world.store, &body).await.unwrap(), Outcome::Applied);
    // What nobody ever asks for is let go.
    receive(&world.store, &message("stray", "nobody's", "PAID")).await.unwrap();
    world.clock.advance(7 * DAY);
    work(&payouts, &world, id).await;
    assert_eq!(stored(&world).await, ["early APPLIED SETTLE_PAYMENT", "stray WAITING UNKNOWN_ORDER"]);
    world.clock.advance(1);
    work(&payouts, &world, id).await;
    assert_eq!(stored(&world).await, ["early APPLIED SETTLE_PAYMENT", "stray IGNORED WAITED_TOO_LONG"]);
});

on_both_databases!(a_message_that_does_not_fit_moves_nothing, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    gateway.kept().end = End::Pending;
    let payouts = gateway.of(&world.store);
    let (_, created) = waiting(&world, "Create", PayoutStep::Create).await;
    let (_, paying) = waiting(&world, "Pay", PayoutStep::Pay).await;
    round(&world.store, &payouts).await.unwrap();
    let key = format!("{paying}-PAY-1");
    let mut other = serde_json::from_str::<serde_json::Value>(&message("a", &key, "PAID")).unwrap();
    other["payoutNo"] = json!("somebody else's");
    for (body, outcome) in [
        (other.to_string(), Outcome::Ignored),
        (message("b", &format!("{created}-CREATE-1"), "PAID"), Outcome::Ignored),
        (message("c", &key, "INFO_ERROR"), Outcome::Applied),
        (message("d", &key, "INFO_ERROR"), Outcome::Ignored),
        (message("e", &key, "PAID"), Outcome::Ignored),
    ] {
        assert_eq!(receive(&world.store, &body).await.unwrap(), outcome, "{body}");
    }
    assert_eq!(load(&world, created).await.state, PaymentState::PendingInvoice);
    let failed = load(&world, paying).await;
    assert_eq!(
        (failed.state, failed.reason.as_deref()),
        (PaymentState::PaymentFailed, Some("INFO_ERROR: because"))
    );
    assert_eq!(
        stored(&world).await,
        [
            "a IGNORED OTHER_PAYOUT",
            "b IGNORED NOT_A_PAYMENT",
            "c APPLIED FAIL_PAYMENT",
            "d IGNORED FAILED PAYMENT_FAILED",
            "e IGNORED FAILED PAYMENT_FAILED",
        ]
    );
    // Failed, and then paid: a person is told.
    assert_eq!(events(&world, paying, "PAYOUT_CONFLICT").await, 1);
});

on_both_databases!(a_reason_that_is_told_does_not_tell_the_bank_account, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    gateway.kept().end = End::Pending;
    let payouts = gateway.of(&world.store);
    let (_, id) = waiting(&world, "Owner", PayoutStep::Pay).await;
    work(&payouts, &world, id).await;
    let body =
        message("e1", &format!("{id}-PAY-1"), "FAILED").replace("because", "6222000011112222 is closed");
    assert_eq!(receive(&world.store, &body).await.unwrap(), Outcome::Applied);
    assert_eq!(load(&world, id).await.reason.as_deref(), Some("FAILED: ****2222 is closed"));
    assert_eq!(orders(&world, id).await, ["PAY 1 FAILED 0 FAILED"]);
});

on_both_databases!(messages_in_any_order_never_take_a_payment_back, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    gateway.kept().end = End::Pending;
    let payouts = gateway.of(&world.store);
    for seed in 0..25 {
        let mut random = StdRng::seed_from_u64(seed);
        let (_, id) = waiting(&world, &format!("Owner {seed}"), PayoutStep::Pay).await;
        let key = format!("{id}-PAY-1");
        let first = if random.random_bool(0.5) { "PAID" } else { "FAILED" };
        let mut messages = [
            message(&format!("{seed}-1"), &key, first),
            message(&format!("{seed}-1"), &key, first),
            message(&format!("{seed}-2"), &key, "PAID"),
            message(&format!("{seed}-3"), &key, "FAILED"),
            message(&format!("{seed}-4"), &key, "INFO_ERROR"),
            message(&format!("{seed}-5"), &format!("{id}-PAY-2"), "PAID"),
            message(&format!("{seed}-6"), &format!("{id}-CREATE-1"), "FAILED"),
        ];
        messages.shuffle(&mut random);
        let sent_before = random.random_range(0..messages.len());
        let mut end = None;
        for (n, body) in messages.iter().enumerate() {
            if n == sent_before {
                round(&world.store, &payouts).await.unwrap();
            }
            receive(&world.store, body).await.unwrap();
            let now = load(&world, id).await;
            if let Some(end) = &end {
                assert_eq!(&now, end, "seed {seed}: a second message moved it");
            }
            if now.state != PaymentState::Paying {
                end = Some(now);
            }
        }
        round(&world.store, &payouts).await.unwrap();
        let last = load(&world, id).await;
        assert!(
            matches!(last.state, PaymentState::Paid | PaymentState::PaymentFailed),
            "seed {seed}: {}",
            last.state
        );
        assert!(end.is_none_or(|end| end == last), "seed {seed}");
    }
    gateway.moved_once();
    world.verify().await;
});
