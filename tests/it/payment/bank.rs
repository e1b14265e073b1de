//! The account that money goes to: what is read is a mask, and another account takes two people.

use domain::money::payment::business::{self, SetBusiness};
use domain::money::payment::moves::{Moves, Seen, move_requests};
use entity::{PaymentOperation, business_information};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tests::on_both_databases;

use super::*;
use crate::api::TestApi;

const SET: &str = "mutation($input: BusinessInformationSetInput!) { businessInformationSet(input: $input) {
    partner { businessInformation { bankAccount certification legalName version } } userErrors { code path } } }";

async fn known(world: &World, partner: PartnerId) -> business_information::Model {
    business_information::Entity::find_by_id(partner).one(world.store.db()).await.unwrap().unwrap()
}

/// Sets the values of `more`; those it leaves out stay.
async fn set(world: &World, api: &TestApi, who: &Context, partner: PartnerId, more: Value) -> Value {
    let version = known(world, partner).await.version;
    let told: String = more.to_string().chars().filter(char::is_ascii_alphanumeric).collect();
    let mut input = json!({ "idempotencyKey": format!("{version}-{}-{told}", who.actor.subject),
        "partnerId": partner.to_string(), "expectedVersion": version });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    api.data(&who.actor, SET, json!({ "input": input })).await["businessInformationSet"].clone()
}

on_both_databases!(a_masked_account_is_refused_and_what_is_left_out_stays, |db| async move {
    let world = World::open(&db).await;
    let api = TestApi::over_store(world.store.clone());
    let partner = partner(&world, "Owner", 0).await;
    let finance = as_operator("first", &[Role::Finance]);
    let read = set(&world, &api, &finance, partner, json!({ "certification": "CERTIFIED" })).await;
    let business = &read["partner"]["businessInformation"];
    assert_eq!(
        (&business["bankAccount"], &business["legalName"]),
        (&json!("****2222"), &json!("Provider Ltd"))
    );
    assert_eq!(known(&world, partner).await.bank_account, "6222000011112222");
    for account in [business["bankAccount"].as_str().unwrap(), "6222＊＊＊＊2222", "••••2222"] {
        let back = json!({ "certification": "CERTIFIED", "bankAccount": account });
        let refused = set(&world, &api, &finance, partner, back).await;
        assert_eq!(
            refused["userErrors"],
            json!([{ "code": "INVALID", "path": ["bankAccount"] }]),
            "{account}"
        );
    }
    let kept = known(&world, partner).await;
    assert_eq!(
        (kept.bank_account.as_str(), kept.certification),
        ("6222000011112222", Certification::Certified)
    );
});

on_both_databases!(
    another_account_is_certified_by_somebody_else_and_pays_nothing_until_then,
    |db| async move {
        let world = World::open(&db).await;
        let api = TestApi::over_store(world.store.clone());
        let partner = partner(&world, "Owner", 100).await;
        let pay = request(&world, partner, (PaymentKind::Incentive, PayoutWay::BankTransfer), 100).await;
        let (first, second) =
            (as_operator("first", &[Role::Finance]), as_operator("second", &[Role::Finance]));
        let state = |answer: &Value| answer["partner"]["businessInformation"]["certification"].clone();
        let other = json!({ "certification": "CERTIFIED", "bankAccount": "6222000099998888" });
        let changed = set(&world, &api, &first, partner, other).await;
        assert_eq!((&changed["userErrors"], state(&changed)), (&json!([]), json!("CHANGE_IN_REVIEW")));

        let submit = async || {
            let requests = vec![Seen { id: pay, expected_version: 1 }];
            let input = Moves {
                operation: PaymentOperation::Submit,
                requests,
                reason: None,
                policy: domain::kernel::many::BulkPolicy::SkipFailed,
            };
            let moved = move_requests(&world.store, &as_partner(partner), None, input).await.unwrap();
            moved[0].refusals.first().map(|refusal| refusal.code)
        };
        assert_eq!(submit().await, Some(Code::NotCertified));
        let certify = || json!({ "certification": "CERTIFIED" });
        for step in [certify(), json!({ "certification": "LOCKED" }), certify()] {
            let answer = set(&world, &api, &first, partner, step.clone()).await;
            let alone = json!([{ "code": "FOUR_EYES", "path": ["certification"] }]);
            assert_eq!(answer["userErrors"], if step == certify() { alone } else { json!([]) }, "{step}");
        }
        let certified = set(&world, &api, &second, partner, certify()).await;
        assert_eq!((&certified["userErrors"], state(&certified)), (&json!([]), json!("CERTIFIED")));
        assert_eq!(known(&world, partner).await.bank_account, "6222000099998888");
        assert_eq!(submit().await, None);
    }
);

on_both_databases!(taking_the_certification_away_first_does_not_spare_the_second_person, |db| async move {
    let world = World::open(&db).await;
    let api = TestApi::over_store(world.store.clone());
    let partner = partner(&world, "Owner", 0).await;
    let first = as_operator("first", &[Role::Finance]);
    for step in [
        json!({ "certification": "NOT_SUBMITTED" }),
        json!({ "certification": "IN_REVIEW", "bankAccount": "6222000099998888" }),
    ] {
        assert_eq!(set(&world, &api, &first, partner, step).await["userErrors"], json!([]));
    }
    let alone = set(&world, &api, &first, partner, json!({ "certification": "CERTIFIED" })).await;
    assert_eq!(alone["userErrors"][0]["code"], "FOUR_EYES");
    let input = SetBusiness {
        partner_id: partner,
        expected_version: known(&world, partner).await.version,
        certification: Certification::Certified,
        reason: None,
        legal_name: None,
        taxpayer_no: None,
        bank_account: Some("6222000011112222".into()),
        email: None,
        language: None,
    };
    // The account that was certified before needs nobody else.
    business::set(&world.store, &first, None, input).await.unwrap();
    assert_eq!(known(&world, partner).await.certification, Certification::Certified);
});
