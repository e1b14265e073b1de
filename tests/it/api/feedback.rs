//! Feedback on bills and reviews of them, as each persona meets them.

use domain::kernel::store::exec;
use domain::money::incentive::feedback::machine::End;
use domain::{Actor, Context, Lang, Role, StoppedClock};
use entity::{FeedbackState, RunKind};
use serde_json::{Value, json};
use tests::on_both_databases;
use tests::world::{at, bill, row};

use crate::api::{TestApi, administrator, data_of, member_of, operator, user_of, world};

const CREATE: &str = "mutation($input: BillFeedbackCreateInput!) { billFeedbackCreate(input: $input) {
    billFeedback { id state version } userErrors { code path } } }";
const ANSWER: &str = "mutation($input: BillFeedbackAnswerInput!) { billFeedbackAnswer(input: $input) {
    billFeedback { id state version answer answeredBy } userErrors { code path } } }";
const WITHDRAW: &str = "mutation($input: BillFeedbackWithdrawInput!) { billFeedbackWithdraw(input: $input) {
    billFeedback { id state version } userErrors { code path } } }";

/// A world of partners with a bill for August of the provider and of the distributor.
struct Billed {
    api: TestApi,
    world: super::World,
    bill: String,
}

async fn billed(db: tests::db::TestDatabase, kind: RunKind) -> Billed {
    let api = TestApi::over(db).await;
    let world = world(&api).await;
    let domain = tests::world::World {
        store: api.store.clone(),
        clock: StoppedClock::at(at("2026-09-15T04:00:00Z")),
        context: Context::system("test"),
    };
    domain.policy("2026-01", 100_000).await;
    for (number, customer) in [("1", &world.customer), ("3", &third_customer(&api).await)] {
        domain.account(number, customer.parse().unwrap()).await;
    }
    let rows = ["1", "3"].map(|account| row(account, "100", "2026-08-10T00:00:00Z", "x"));
    domain.import(&bill(&rows)).await;
    domain.settle("2026-08", kind).await;
    let own = "{ incentiveBills { nodes { id } } }";
    let seen = api.data(&member_of(&world.provider), own, json!({})).await;
    let bill = seen["incentiveBills"]["nodes"][0]["id"].as_str().unwrap().to_owned();
    Billed { api, world, bill }
}

async fn third_customer(api: &TestApi) -> String {
    let query = "{ customers(filter: { name: { eq: \"Customer Three\" } }) { nodes { id } } }";
    let found = api.data(&administrator(), query, json!({})).await;
    found["customers"]["nodes"][0]["id"].as_str().unwrap().to_owned()
}

/// Every kind of caller, with what it is to the provider's bill.
fn personas(of: &Billed) -> Vec<(&'static str, Actor)> {
    vec![
        ("operations", operator(&[Role::Operations])),
        ("finance", operator(&[Role::Finance])),
        ("reviewer", operator(&[Role::OpportunityReviewer])),
        ("administrator", operator(&[Role::Administrator])),
        ("nobody", operator(&[])),
        ("owner", member_of(&of.world.provider)),
        ("distributor", member_of(&of.world.distributor)),
        ("reseller", member_of(&of.world.reseller)),
        ("customer", user_of(&of.world.customer)),
    ]
}

/// The code of a top-level error, of the first user error, or OK.
async fn outcome(of: &Billed, who: &Actor, mutation: &str, input: Value) -> String {
    let response = of.api.ask(who, mutation, json!({ "input": input })).await;
    if let Some(code) = super::code(&response) {
        return code;
    }
    let data = data_of(&response);
    let payload = data.as_object().unwrap().values().next().unwrap().clone();
    payload["userErrors"][0]["code"].as_str().unwrap_or("OK").to_owned()
}

async fn given(of: &Billed) -> String {
    let input =
        json!({ "idempotencyKey": "given", "billId": of.bill, "lineNo": 1, "text": "It is too little." });
    let data = of.api.data(&member_of(&of.world.provider), CREATE, json!({ "input": input })).await;
    data["billFeedbackCreate"]["billFeedback"]["id"].as_str().unwrap().to_owned()
}

/// Puts the feedback into a state, as if it had come there.
async fn put(of: &Billed, state: FeedbackState) {
    let answered = matches!(state, FeedbackState::Accepted | FeedbackState::Rejected);
    let closed = (state != FeedbackState::Open).then_some(1_i64);
    let sql = "UPDATE bill_feedback SET state = $1, answer = $2, closed_at = $3, version = 1";
    let values = [state.name().into(), answered.then_some("so").into(), closed.into()];
    exec(of.api.store.db(), sql, values).await.unwrap();
}

on_both_databases!(every_end_of_feedback_is_open_to_whom_it_belongs_and_from_open_only, |db| async move {
    let of = billed(db, RunKind::Final).await;
    let id = given(&of).await;
    let mut times = 0;
    for state in FeedbackState::ALL {
        for end in [End::Accept, End::Reject, End::Withdraw] {
            for (persona, who) in personas(&of) {
                put(&of, *state).await;
                times += 1;
                let key = format!("{times}");
                let (mutation, input) = match end {
                    End::Withdraw => {
                        (WITHDRAW, json!({ "idempotencyKey": key, "id": id, "expectedVersion": 1 }))
                    }
                    _ => (
                        ANSWER,
                        json!({ "idempotencyKey": key, "id": id, "expectedVersion": 1,
                            "accept": end == End::Accept, "answer": "So it is." }),
                    ),
                };
                let answered = outcome(&of, &who, mutation, input).await;
                let expected = match (end, persona) {
                    (End::Withdraw, "distributor" | "reseller") => "NOT_FOUND",
                    (End::Withdraw, "owner" | "administrator")
                    | (End::Accept | End::Reject, "operations" | "finance" | "administrator") => {
                        if *state == FeedbackState::Open { "OK" } else { "WRONG_STATE" }
                    }
                    _ => "FORBIDDEN",
                };
                assert_eq!(answered, expected, "{state} {end:?} by {persona}");
            }
        }
    }
    assert_eq!(times, 4 * 3 * 9);
});

on_both_databases!(
    feedback_is_given_by_the_bills_partner_only_and_seen_by_it_and_the_vendor,
    |db| async move {
        let of = billed(db, RunKind::Draft).await;
        let id = given(&of).await;
        let seen = "query($id: ID!, $bill: ID!) { billFeedback(id: $id) { id } node(id: $id) { id }
        billFeedbacks { totalCount } incentiveBill(id: $bill) { feedback { totalCount } } }";
        for (persona, who) in personas(&of) {
            let input = json!({ "idempotencyKey": "k", "billId": of.bill, "text": "x" });
            let said = outcome(&of, &who, CREATE, input).await;
            let expected = match persona {
                "owner" | "administrator" => "OK",
                "distributor" | "reseller" => "NOT_FOUND",
                _ => "FORBIDDEN",
            };
            assert_eq!(said, expected, "{persona}");
            exec(of.api.store.db(), "DELETE FROM bill_feedback WHERE line_no IS NULL", []).await.unwrap();
            if matches!(persona, "customer" | "nobody") {
                continue;
            }
            let data = of.api.data(&who, seen, json!({ "id": id, "bill": of.bill })).await;
            if matches!(persona, "distributor" | "reseller") {
                let nothing = json!({ "billFeedback": null, "node": null, "billFeedbacks": { "totalCount": 0 }, "incentiveBill": null });
                assert_eq!(data, nothing, "{persona}");
            } else {
                assert_eq!(data["billFeedback"]["id"], json!(id), "{persona}");
                assert_eq!(
                    (&data["billFeedbacks"]["totalCount"], &data["node"]["id"]),
                    (&json!(1), &json!(id))
                );
                assert_eq!(data["incentiveBill"]["feedback"]["totalCount"], 1);
            }
        }
    }
);

on_both_databases!(feedback_is_read_with_its_bill_its_line_and_what_came_of_it, |db| async move {
    let of = billed(db, RunKind::Draft).await;
    let id = given(&of).await;
    let answer = json!({ "idempotencyKey": "a", "id": id, "expectedVersion": 1, "accept": true, "answer": "You are right." });
    assert_eq!(outcome(&of, &operator(&[Role::Operations]), ANSWER, answer).await, "OK");
    let query = "query($month: Month!) { billFeedbacks(filter: { month: { eq: $month }, state: { in: [ACCEPTED] } }) { nodes {
        month currencyCode lineNo lineKind originMonth productClass mode text state answer answeredBy version billState
        basis { amount } amount { amount } bill { id amount { amount } } line { lineNo basis { amount } bill { id } }
        partner { name } linePartner { name } correctionEntity { id } corrections { totalCount nodes { lineNo } } } } }";
    let data = of.api.data(&member_of(&of.world.provider), query, json!({ "month": "2026-08" })).await;
    assert_eq!(
        data["billFeedbacks"]["nodes"][0],
        json!({ "month": "2026-08", "currencyCode": "USD", "lineNo": 1, "lineKind": "BASE", "originMonth": "2026-08",
            "productClass": "Compute", "mode": "RESALE", "text": "It is too little.", "state": "ACCEPTED",
            "answer": "You are right.", "answeredBy": "op", "version": 2, "billState": "ESTIMATED",
            "basis": { "amount": "100.00" }, "amount": { "amount": "10.00" },
            "bill": { "id": of.bill, "amount": { "amount": "10.00" } },
            "line": { "lineNo": 1, "basis": { "amount": "100.00" }, "bill": { "id": of.bill } },
            "partner": { "name": "Provider" }, "linePartner": { "name": "Provider" },
            "correctionEntity": null, "corrections": { "totalCount": 0, "nodes": [] } })
    );
    let data = of.api.data(&administrator(), query, json!({ "month": "2026-07" })).await;
    assert_eq!(data["billFeedbacks"]["nodes"], json!([]));
});

const RELEASE: &str = "mutation($input: IncentiveBillReleaseInput!) { incentiveBillRelease(input: $input) {
    incentiveBill { state version } userErrors { code path } } }";

on_both_databases!(a_parked_bill_is_released_by_finance_only, |db| async move {
    let of = billed(db, RunKind::Final).await;
    for (n, (persona, who)) in personas(&of).into_iter().enumerate() {
        let sql = "UPDATE incentive_bill SET state = 'PARKED', version = 1";
        exec(of.api.store.db(), sql, []).await.unwrap();
        let input = json!({ "idempotencyKey": n.to_string(), "id": of.bill, "expectedVersion": 1, "reason": "right" });
        let expected = if matches!(persona, "finance" | "administrator") { "OK" } else { "FORBIDDEN" };
        assert_eq!(outcome(&of, &who, RELEASE, input).await, expected, "{persona}");
    }
});

on_both_databases!(a_bills_state_is_said_in_the_readers_language_and_tells_it_what_to_do, |db| async move {
    let of = billed(db, RunKind::Final).await;
    let query = "query($id: ID!) { incentiveBill(id: $id) { state label hint parkedReason { code } } }";
    let (owner, finance) = (member_of(&of.world.provider), operator(&[Role::Finance]));
    for (state, zh) in [
        ("ESTIMATED", "预估"),
        ("PARKED", "待复核"),
        ("PENDING_CONFIRM", "待确认"),
        ("ISSUING", "发放中"),
        ("ISSUED", "发放成功"),
    ] {
        let sql = "UPDATE incentive_bill SET state = $1";
        exec(of.api.store.db(), sql, [state.into()]).await.unwrap();
        let mut hints = Vec::new();
        for (who, lang) in
            [(&owner, Lang::ZhCn), (&owner, Lang::En), (&finance, Lang::ZhCn), (&finance, Lang::En)]
        {
            let answer = of.api.ask_in(lang, who, query, json!({ "id": of.bill })).await;
            let bill = data_of(&answer)["incentiveBill"].clone();
            assert_eq!(bill["label"] == json!(zh), lang == Lang::ZhCn, "{bill}");
            hints.push(bill["hint"].as_str().unwrap().to_owned());
        }
        hints.dedup();
        assert_eq!(hints.len(), 4, "each reader is told something else: {hints:?}");
    }
    let hint = async || {
        let answer = of.api.data(&owner, query, json!({ "id": of.bill })).await;
        answer["incentiveBill"]["hint"].as_str().unwrap().to_owned()
    };
    exec(of.api.store.db(), "UPDATE incentive_bill SET state = 'PENDING_CONFIRM'", []).await.unwrap();
    assert!(hint().await.starts_with("Confirm the bill"));
    given(&of).await;
    assert!(hint().await.starts_with("Your feedback waits"));
});
