//! The API as its schema executes it: who may, who sees what, and what is said to whom.

mod comparators;
mod feedback;
mod found;
mod inputs;
mod links;
mod lists;
mod many;
mod matrix;
mod mutations;
mod partial;
mod places;
mod preview;
mod resumed;
mod schema;
mod scope;
pub(crate) mod served;
mod statements;
mod sums;
mod totals;
mod unchanged;
mod values;
mod waiting;
pub(crate) mod walk;

use std::sync::{Arc, Mutex};

use api::graphql::{Caller, Options, Ring, attach, build};
use api::http::Execute;
use async_graphql::{Request, Response, Variables};
use domain::money::payout::Gateway;
use domain::{Actor, Clock, Ids, Lang, Principal, Role, StoppedClock, Store};
use entity::{CustomerId, PartnerId, Timestamp};
use serde_json::{Value, json};
use tests::db::TestDatabase;

/// The schema over a database of its own.
pub(crate) struct TestApi {
    store: Store,
    schema: Arc<dyn Execute>,
    rings: Arc<Mutex<Vec<Ring>>>,
    _database: Option<TestDatabase>,
}

impl TestApi {
    pub(crate) async fn over(database: TestDatabase) -> TestApi {
        let url = database.url.clone();
        let mut api = TestApi::at(&url).await;
        api._database = Some(database);
        api
    }

    /// Over a database that somebody else keeps.
    pub(crate) async fn at(url: &str) -> TestApi {
        let clock = StoppedClock::at(Timestamp::parse_rfc3339("2026-09-15T04:00:00Z").unwrap());
        TestApi::over_store(Store::connect(url, 4, Clock::stopped(&clock), Ids::seeded(7)).await.unwrap())
    }

    /// Over a store that somebody else opened.
    pub(crate) fn over_store(store: Store) -> TestApi {
        let rings = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&rings);
        let ringer = Arc::new(move |ring| heard.lock().unwrap().push(ring));
        let schema = build(store.clone(), ringer, Options { validate: true, payouts: Gateway::None });
        TestApi { store, schema, rings, _database: None }
    }

    pub(crate) fn rings(&self) -> Vec<Ring> {
        self.rings.lock().unwrap().clone()
    }

    pub(crate) fn request(&self, who: &Actor, lang: Lang, query: &str, variables: Value) -> Request {
        let caller = Caller { actor: who.clone(), lang, request_id: Some("request-1".into()) };
        attach(&self.store, caller, Request::new(query).variables(Variables::from_json(variables)))
    }

    pub(crate) async fn ask(&self, who: &Actor, query: &str, variables: Value) -> Response {
        self.schema.execute(self.request(who, Lang::En, query, variables)).await
    }

    pub(crate) async fn ask_in(&self, lang: Lang, who: &Actor, query: &str, variables: Value) -> Response {
        self.schema.execute(self.request(who, lang, query, variables)).await
    }

    /// The data of an answer without errors.
    pub(crate) async fn data(&self, who: &Actor, query: &str, variables: Value) -> Value {
        let response = self.ask(who, query, variables).await;
        assert!(response.errors.is_empty(), "{query}: {:?}", response.errors);
        data_of(&response)
    }

    pub(crate) fn schema(&self) -> &dyn Execute {
        self.schema.as_ref()
    }
}

/// The code of the first top-level error.
pub(crate) fn code(response: &Response) -> Option<String> {
    let value = response.errors.first()?.extensions.as_ref()?.get("code")?.clone();
    value.into_json().ok()?.as_str().map(str::to_owned)
}

pub(crate) fn operator(roles: &[Role]) -> Actor {
    Actor { subject: "op".into(), principal: Principal::Operator { roles: roles.to_vec() } }
}

pub(crate) fn operations() -> Actor {
    operator(&[Role::Operations])
}

pub(crate) fn administrator() -> Actor {
    operator(&[Role::Administrator])
}

pub(crate) fn member_of(partner: &str) -> Actor {
    let partner_id: PartnerId = partner.parse().unwrap();
    Actor { subject: format!("member of {partner}"), principal: Principal::Partner { partner_id } }
}

pub(crate) fn user_of(customer: &str) -> Actor {
    let customer_id: CustomerId = customer.parse().unwrap();
    Actor { subject: format!("user of {customer}"), principal: Principal::Customer { customer_id } }
}

/// Runs a mutation as an administrator and gives the id of the object it changed.
pub(crate) async fn made(api: &TestApi, mutation: &str, object: &str, mut input: Value) -> String {
    let kind = format!("{}Input", mutation[..1].to_uppercase() + &mutation[1..]);
    if input.get("idempotencyKey").is_none() {
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let n = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        input["idempotencyKey"] = json!(format!("made-{n}"));
    }
    let query = format!(
        "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {object} {{ id }} userErrors {{ code message }} }} }}"
    );
    let data = api.data(&administrator(), &query, json!({ "input": input })).await;
    let payload = &data[mutation];
    assert_eq!(payload["userErrors"], json!([]), "{mutation}");
    payload[object]["id"].as_str().unwrap().to_owned()
}

/// Two distributors with a reseller each, a solution provider, and a customer of each of the last three.
pub(crate) struct World {
    pub(crate) distributor: String,
    pub(crate) reseller: String,
    pub(crate) other_reseller: String,
    pub(crate) provider: String,
    pub(crate) customer: String,
    pub(crate) other_customer: String,
}

pub(crate) async fn world(api: &TestApi) -> World {
    let partner = async |kind: &str, name: &str| {
        made(api, "partnerCreate", "partner", json!({ "kind": kind, "name": name, "region": "CN" })).await
    };
    let customer = async |name: &str| made(api, "customerCreate", "customer", json!({ "name": name })).await;
    let link = async |reseller: &str, distributor: &str| {
        let input = json!({ "resellerId": reseller, "distributorId": distributor, "validFrom": "2026-01-01T00:00:00Z" });
        made(api, "resellerLink", "reseller", input).await;
    };
    let associate = async |customer: &str, partner: &str| {
        let input = json!({
            "customerId": customer, "partnerId": partner, "mode": "RESALE", "validFrom": "2026-02-01T00:00:00Z"
        });
        made(api, "associationCreate", "association", input).await;
    };
    let distributor = partner("DISTRIBUTOR", "Distributor One").await;
    let other_distributor = partner("DISTRIBUTOR", "Distributor Two").await;
    let reseller = partner("RESELLER", "Reseller One").await;
    let other_reseller = partner("RESELLER", "Reseller Two").await;
    let provider = partner("SOLUTION_PROVIDER", "Provider").await;
    link(&reseller, &distributor).await;
    link(&other_reseller, &other_distributor).await;
    let (one, two, three) =
        (customer("Customer One").await, customer("Customer Two").await, customer("Customer Three").await);
    associate(&one, &reseller).await;
    associate(&two, &other_reseller).await;
    associate(&three, &provider).await;
    World { distributor, reseller, other_reseller, provider, customer: one, other_customer: two }
}

/// The data of an answer.
pub(crate) fn data_of(response: &Response) -> Value {
    serde_json::from_slice(&api::graphql::json(&response.data)).unwrap()
}
