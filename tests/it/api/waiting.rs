//! Things that wait for the caller, and what an opportunity lacks before anybody tries.

use api::http::FrontConfig;
use domain::{Actor, Role};
use entity::{PaymentKind, PaymentState, PayoutWay};
use serde_json::{Value, json};
use tests::on_both_databases;
use tests::world::World;

use crate::api::served::Served;
use crate::api::{member_of, operator};
use crate::opportunity::joined;
use crate::payment::{partner, put, request};

on_both_databases!(requests_that_wait_for_somebody_are_found_by_whoever_brings_them_on, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 100).await;
    let other = partner(&world, "Other", 0).await;
    let way = (PaymentKind::Incentive, PayoutWay::BankTransfer);
    let served = Served::with(&world.store, FrontConfig::production()).await;
    let of = |id: &dyn ToString| member_of(&id.to_string());
    let id = request(&world, owner, way, 5).await;
    let query = "{ paymentRequests(awaitingMe: true) { nodes { id } } }";
    let waits = async |who: &Actor| {
        let answer = served.ask(who, query, &json!({})).await.1;
        assert_eq!(answer["errors"], Value::Null, "{answer}");
        answer["data"]["paymentRequests"]["nodes"] == json!([{ "id": id.to_string() }])
    };
    for (state, mine, operations, finance) in [
        (PaymentState::PendingSubmit, true, false, false),
        (PaymentState::PendingInvoice, true, false, true),
        (PaymentState::InvoiceInReview, false, false, true),
        (PaymentState::Paid, false, false, false),
    ] {
        put(&world, id, state).await;
        let found = (
            waits(&of(&owner)).await,
            waits(&operator(&[Role::Operations])).await,
            waits(&operator(&[Role::Finance])).await,
        );
        assert_eq!(found, (mine, operations, finance), "{state}");
        assert!(!waits(&of(&other)).await, "somebody else's {state}");
    }
});

on_both_databases!(what_is_not_allowed_says_for_whom_it_is, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 0).await;
    let id = request(&world, owner, (PaymentKind::Incentive, PayoutWay::BankTransfer), 5).await;
    put(&world, id, PaymentState::PendingSubmit).await;
    let served = Served::with(&world.store, FrontConfig::production()).await;
    let query =
        "query($id: ID!) { paymentRequest(id: $id) { allowedOperations { operation allowed whyNot } } }";
    let of = async |who: &Actor| {
        let answer = served.ask(who, query, &json!({ "id": id.to_string() })).await.1;
        let all = answer["data"]["paymentRequest"]["allowedOperations"].as_array().unwrap().clone();
        all.into_iter().find(|possible| possible["operation"] == "SUBMIT").unwrap()
    };
    let may = json!({ "operation": "SUBMIT", "allowed": true, "whyNot": null });
    assert_eq!(of(&member_of(&owner.to_string())).await, may);
    let may_not = json!({ "operation": "SUBMIT", "allowed": false, "whyNot": "Only for: Partner, System." });
    assert_eq!(of(&operator(&[Role::Finance])).await, may_not);
});

on_both_databases!(money_is_owed_in_payment_stuck_or_paid_and_in_one_place_only, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 100).await;
    let way = (PaymentKind::Incentive, PayoutWay::BankTransfer);
    for (units, state) in
        [(5, PaymentState::Paying), (7, PaymentState::CountersignRejected), (11, PaymentState::Paid)]
    {
        let id = request(&world, owner, way, units).await;
        put(&world, id, state).await;
    }
    let served = Served::with(&world.store, FrontConfig::production()).await;
    let query = "query($id: ID!) { partner(id: $id) { money { currencyCode inPayment { amount } stuck { amount } paid { amount } owed { amount } } } }";
    let variables = json!({ "id": owner.to_string() });
    let answer = served.ask(&member_of(&owner.to_string()), query, &variables).await.1;
    let rows = answer["data"]["partner"]["money"].as_array().unwrap_or_else(|| panic!("{answer}"));
    let money = &rows[0];
    let places = ["inPayment", "stuck", "paid"].map(|place| money[place]["amount"].as_str().unwrap());
    assert_eq!((rows.len(), places), (1, ["5.00", "7.00", "11.00"]), "{answer}");
    let other = partner(&world, "Other", 0).await;
    let foreign = served.ask(&member_of(&other.to_string()), query, &variables).await.1;
    assert_eq!(foreign["data"]["partner"], Value::Null, "{foreign}");
});

on_both_databases!(an_opportunity_says_what_it_lacks_before_it_is_submitted, |db| async move {
    let world = World::open(&db).await;
    let me = member_of(&joined(&world, "Partner").await.0.to_string());
    let served = Served::with(&world.store, FrontConfig::production()).await;
    let create = "mutation($input: OpportunityCreateInput!) { opportunityCreate(input: $input) {
        opportunity { id qualification { code field path } } } }";
    let input = json!({ "input": { "idempotencyKey": "a", "fields": { "name": "A lake" } } });
    let made = served.ask(&me, create, &input).await.1["data"]["opportunityCreate"]["opportunity"].clone();
    let lacks: Vec<Value> = made["qualification"].as_array().unwrap().clone();
    let submit = "mutation($input: OpportunityMoveInput!) { opportunityMove(input: $input) { userErrors { code field } } }";
    let input = json!({ "idempotencyKey": "b", "operation": "SUBMIT", "opportunities": [{ "id": made["id"], "expectedVersion": 1 }] });
    let refused = served.ask(&me, submit, &json!({ "input": input })).await.1;
    let refused = refused["data"]["opportunityMove"]["userErrors"].as_array().unwrap();
    let told =
        |errors: &[Value]| errors.iter().map(|e| (e["code"].clone(), e["field"].clone())).collect::<Vec<_>>();
    assert!(lacks.len() > 5 && lacks.iter().all(|error| error["path"].is_null()), "{made}");
    let missing: Vec<_> = told(&lacks).into_iter().filter(|lack| !told(refused).contains(lack)).collect();
    assert!(missing.is_empty(), "{missing:?} is not what SUBMIT says: {refused:?}");
});
