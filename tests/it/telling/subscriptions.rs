//! Who subscribes is given what it may see, and is told when it was too slow.

use crate::api::data_of;
use std::time::Duration;

use async_graphql::Response;
use domain::kernel::event::{NewEvent, emit};
use domain::{Actor, Lang};
use entity::EventTopic::{Export, IncentiveBill, Opportunity, PaymentRequest};
use entity::PartnerId;
use futures_util::StreamExt;
use serde_json::{Value, json};
use tests::on_both_databases;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::Telling;
use crate::api::{TestApi, administrator, code, member_of, user_of};

/// Longest wait for what comes with the next look.
const PATIENCE: Duration = Duration::from_secs(20);

/// The kind of events that only ask whether a subscription has begun.
const PROBE: &str = "PROBE";

/// A subscription that has begun.
struct Subscribed(mpsc::Receiver<Response>);

impl Subscribed {
    /// Subscribes; comes back when events from now on are its. `partner` is one whose events it is given.
    async fn new(
        telling: &Telling,
        partner: PartnerId,
        api: &TestApi,
        who: &Actor,
        (query, variables): (&str, Value),
    ) -> Subscribed {
        let mut stream = api.schema().stream(api.request(who, Lang::En, query, variables));
        // Nothing is read ahead: who does not ask is slow.
        let (sender, mut receiver) = mpsc::channel(1);
        tokio::spawn(async move {
            while let Some(response) = stream.next().await {
                if sender.send(response).await.is_err() {
                    return;
                }
            }
        });
        loop {
            probe(telling, partner).await;
            if let Ok(first) = timeout(Duration::from_millis(500), receiver.recv()).await {
                let first = first.expect("a subscription that goes on");
                assert!(first.errors.is_empty(), "{:?}", first.errors);
                return Subscribed(receiver);
            }
        }
    }

    /// The next answer that is no probe; nothing at the end.
    async fn answer(&mut self) -> Option<Response> {
        loop {
            let response = timeout(PATIENCE, self.0.recv()).await.expect("an answer in time")?;
            if !data_of(&response).to_string().contains(PROBE) {
                return Some(response);
            }
        }
    }

    async fn next(&mut self) -> Value {
        let response = self.answer().await.expect("an event");
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        data_of(&response)
    }
}

/// An event of each topic about each thing.
async fn probe(telling: &Telling, partner: PartnerId) {
    let store = telling.store();
    let tx = store.begin().await.unwrap();
    for topic in [PaymentRequest, IncentiveBill, Export, Opportunity] {
        for thing in ["thing_1", "thing_2"] {
            let (entity, partner_id) = (thing.to_owned(), Some(partner));
            let event = NewEvent { topic, kind: PROBE, entity, partner_id, detail: json!({}) };
            emit(&tx, store, store.clock.now(), event).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
}

/// A last event about a thing of a partner: whoever is given it next was given nothing in between.
async fn last(telling: &Telling, partner: PartnerId, thing: &str) {
    let store = telling.store();
    let tx = store.begin().await.unwrap();
    let (entity, partner_id) = (thing.to_owned(), Some(partner));
    let event = NewEvent { topic: PaymentRequest, kind: "LAST", entity, partner_id, detail: json!({}) };
    emit(&tx, store, store.clock.now(), event).await.unwrap();
    tx.commit().await.unwrap();
}

on_both_databases!(a_partner_is_given_its_own_changes_and_operators_all, |db| async move {
    let telling = Telling::set_up(&db).await;
    let partner = telling.partner;
    let other = telling.world.partner(entity::PartnerKind::SolutionProvider, "Other").await;
    let api = TestApi::at(&db.url).await;
    let query = "subscription { changed { id topic kind entityId entity { id } partner { name } } }";
    let subscribe =
        async |of, who: Actor| Subscribed::new(&telling, of, &api, &who, (query, json!({}))).await;
    let mut all = subscribe(partner, administrator()).await;
    let mut own = subscribe(partner, member_of(&partner.to_string())).await;
    let mut foreign = subscribe(other, member_of(&other.to_string())).await;
    let event = telling.paid("PO-1").await;
    let expected = json!({ "changed": { "id": event, "topic": "PAYMENT_REQUEST", "kind": "PAID", "entityId": "thing_1",
        "entity": null, "partner": { "name": "蓝天科技" } } });
    assert_eq!(all.next().await, expected);
    assert_eq!(own.next().await, expected);
    last(&telling, other, "thing_1").await;
    assert_eq!(foreign.next().await["changed"]["kind"], "LAST", "nothing of another partner");

    let customer = user_of(&telling.world.customer("A").await.to_string());
    let mut refused = api.schema().stream(api.request(&customer, Lang::En, query, json!({})));
    assert_eq!(code(&refused.next().await.unwrap()).as_deref(), Some("FORBIDDEN"));
});

on_both_databases!(a_subscription_is_given_what_it_asks_for_and_nothing_else, |db| async move {
    let telling = Telling::set_up(&db).await;
    let api = TestApi::at(&db.url).await;
    let partner = telling.partner.to_string();
    let requests = "subscription($p: ID, $id: ID) { paymentRequestChanged(partnerId: $p, id: $id) { kind } }";
    let bills = "subscription($p: ID) { incentiveBillChanged(partnerId: $p) { kind } }";
    let topics = "subscription { changed(topics: [EXPORT], entityId: \"thing_1\") { kind } }";
    let subscribe = async |query, variables| {
        Subscribed::new(&telling, telling.partner, &api, &administrator(), (query, variables)).await
    };
    let mut of_partner = subscribe(requests, json!({ "p": partner })).await;
    let mut of_one = subscribe(requests, json!({ "id": "thing_1" })).await;
    let mut of_another = subscribe(requests, json!({ "id": "thing_2" })).await;
    let mut of_bills = subscribe(bills, json!({ "p": partner })).await;
    let mut of_exports = subscribe(topics, json!({})).await;
    telling.tell(IncentiveBill, "PENDING_CONFIRM", json!({})).await;
    telling.tell(Export, "READY", json!({})).await;
    telling.tell(PaymentRequest, "PAID", json!({})).await;
    assert_eq!(of_partner.next().await["paymentRequestChanged"]["kind"], "PAID");
    assert_eq!(of_one.next().await["paymentRequestChanged"]["kind"], "PAID");
    assert_eq!(of_bills.next().await["incentiveBillChanged"]["kind"], "PENDING_CONFIRM");
    assert_eq!(of_exports.next().await["changed"]["kind"], "READY");
    last(&telling, telling.partner, "thing_2").await;
    assert_eq!(
        of_another.next().await["paymentRequestChanged"]["kind"],
        "LAST",
        "nothing about another thing"
    );
});

on_both_databases!(whoever_reads_too_slowly_is_told_to_begin_anew_and_can, |db| async move {
    /// More than is kept for a slow subscriber.
    const MANY: usize = 1_100;
    let telling = Telling::set_up(&db).await;
    let api = TestApi::at(&db.url).await;
    let subscribe = async |query| {
        Subscribed::new(&telling, telling.partner, &api, &administrator(), (query, json!({}))).await
    };
    let mut slow = subscribe("subscription { changed(topics: [PAYMENT_REQUEST]) { kind } }").await;
    let mut other = subscribe("subscription { changed(topics: [EXPORT]) { kind } }").await;
    let tx = telling.store().begin().await.unwrap();
    for _ in 0..MANY {
        telling.tell_in(&tx, PaymentRequest, "PAID", json!({})).await;
    }
    tx.commit().await.unwrap();
    telling.tell(Export, "READY", json!({})).await;
    assert_eq!(other.next().await["changed"]["kind"], "READY", "others are not held up");
    let told = loop {
        let answer = slow.answer().await.expect("an error before the end");
        if !answer.errors.is_empty() {
            break answer;
        }
    };
    assert_eq!(code(&told).as_deref(), Some("UNAVAILABLE"));
    assert!(slow.answer().await.is_none());
    let mut again = subscribe("subscription { changed(topics: [EXPORT]) { kind } }").await;
    telling.tell(Export, "READY", json!({})).await;
    assert_eq!(again.next().await["changed"]["kind"], "READY");
});

on_both_databases!(who_looks_at_opportunities_is_given_what_it_may_see, |db| async move {
    use crate::opportunity::{drafted, form, joined, moved, vendor};
    use domain::opportunity::discussion::comment::{NewComment, add};
    use entity::OpportunityOperation::Submit;
    let telling = Telling::set_up(&db).await;
    let world = &telling.world;
    let ((partner, offering), (other, _)) = (joined(world, "Partner").await, joined(world, "Other").await);
    let api = TestApi::at(&db.url).await;
    let query = "subscription { opportunityChanged { kind entity { ... on Opportunity { customerName } } } }";
    let subscribe =
        async |of, who: Actor| Subscribed::new(&telling, of, &api, &who, (query, json!({}))).await;
    let mut staff = subscribe(partner, vendor::operations().actor).await;
    let mut own = subscribe(partner, member_of(&partner.to_string())).await;
    let mut foreign = subscribe(other, member_of(&other.to_string())).await;

    let member = crate::payment::as_partner(partner);
    let id = drafted(world, partner, form("Acme", offering)).await;
    let change = domain::opportunity::content::update::Update {
        seen: domain::opportunity::content::draft::Seen { id, expected_version: 1 },
        changes: form("Acme Ltd", offering),
    };
    domain::opportunity::content::update::update(&world.store, &member, None, change).await.unwrap();
    moved(world, &member, id, Submit, (None, None)).await.unwrap();
    for (internal, text) in [(true, "Careful"), (false, "Welcome")] {
        let comment = NewComment { opportunity_id: id, internal, text: text.into() };
        add(&world.store, &vendor::operations(), None, comment).await.unwrap();
    }
    let seen = |kind: &str| json!({ "opportunityChanged": { "kind": kind, "entity": { "customerName": "Acme Ltd" } } });
    for kind in ["DRAFT_CREATED", "DRAFT_EDITED", "IN_REVIEW", "COMMENTED"] {
        assert_eq!(own.next().await, seen(kind), "its partner");
    }
    for kind in ["IN_REVIEW", "COMMENTED", "COMMENTED"] {
        assert_eq!(staff.next().await, seen(kind), "the vendor's staff");
    }
    let store = telling.store();
    let tx = store.begin().await.unwrap();
    let event = NewEvent {
        topic: Opportunity,
        kind: "LAST",
        entity: "thing_1".into(),
        partner_id: Some(other),
        detail: json!({}),
    };
    emit(&tx, store, store.clock.now(), event).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(foreign.next().await["opportunityChanged"]["kind"], "LAST", "nothing of another partner");
    assert_eq!(own.0.try_recv().ok().map(|_| ()), None, "nothing that is internal");
});
