//! Nobody sees another's rows.

use serde_json::{Value, json};
use tests::on_both_databases;

use crate::api::{TestApi, administrator, made, member_of, user_of, world};

fn names(list: &Value) -> Vec<&str> {
    list["nodes"].as_array().unwrap().iter().map(|node| node["name"].as_str().unwrap()).collect()
}

on_both_databases!(a_caller_sees_its_own_partners_and_customers_only, |db| async move {
    let api = TestApi::over(db).await;
    let world = world(&api).await;
    let partners = "{ partners { nodes { name } totalCount } }";
    let customers = "{ customers { nodes { name } totalCount } }";

    let distributor = member_of(&world.distributor);
    let seen = api.data(&distributor, partners, json!({})).await;
    assert_eq!(names(&seen["partners"]), ["Distributor One", "Reseller One"]);
    assert_eq!(seen["partners"]["totalCount"], 2);
    let seen = api.data(&distributor, customers, json!({})).await;
    assert_eq!(names(&seen["customers"]), ["Customer One"]);

    let seen = api.data(&member_of(&world.provider), partners, json!({})).await;
    assert_eq!(names(&seen["partners"]), ["Provider"]);
    let seen = api.data(&member_of(&world.other_reseller), customers, json!({})).await;
    assert_eq!(names(&seen["customers"]), ["Customer Two"]);

    let seen = api.data(&user_of(&world.customer), customers, json!({})).await;
    assert_eq!(names(&seen["customers"]), ["Customer One"]);
    let seen = api.data(&administrator(), customers, json!({})).await;
    assert_eq!(seen["customers"]["totalCount"], 3);
});

on_both_databases!(foreign_unknown_and_malformed_ids_are_all_null, |db| async move {
    let api = TestApi::over(db).await;
    let world = world(&api).await;
    let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
    let ids = json!([
        world.customer,
        world.other_customer,
        world.provider,
        world.reseller,
        "customer_0",
        "x",
        "customer_01jabcdefghjkmnpqrstvwxyz0",
        "line_AAAA",
        "payment_%%"
    ]);
    let seen = api.data(&member_of(&world.reseller), nodes, json!({ "ids": ids })).await;
    let found: Vec<_> = seen["nodes"].as_array().unwrap().iter().map(|n| n["__typename"].clone()).collect();
    assert_eq!(
        found,
        json!(["Customer", null, null, "Partner", null, null, null, null, null]).as_array().unwrap().clone()
    );

    let one = "query($id: ID!) { node(id: $id) { id } customer(id: $id) { name } }";
    let seen = api.data(&member_of(&world.provider), one, json!({ "id": world.customer })).await;
    assert_eq!(seen, json!({ "node": null, "customer": null }));
});

on_both_databases!(a_partner_sees_its_own_periods_of_a_customer_only, |db| async move {
    let api = TestApi::over(db).await;
    let world = world(&api).await;
    let moved = json!({
        "customerId": world.customer, "partnerId": world.provider, "mode": "CONSULTING", "at": "2026-05-01T00:00:00Z"
    });
    made(&api, "associationTransfer", "association", moved).await;
    let query =
        "query($id: ID!) { customer(id: $id) { associations { nodes { mode validTo partner { name } } }
        currentPartner { name } } }";
    let variables = json!({ "id": world.customer });
    let old = api.data(&member_of(&world.reseller), query, variables.clone()).await;
    assert_eq!(
        old["customer"]["associations"]["nodes"],
        json!([{ "mode": "RESALE", "validTo": "2026-05-01T00:00:00.000Z", "partner": { "name": "Reseller One" } }])
    );
    assert_eq!(old["customer"]["currentPartner"], json!(null));
    let new = api.data(&member_of(&world.provider), query, variables.clone()).await;
    assert_eq!(
        new["customer"]["associations"]["nodes"],
        json!([{ "mode": "CONSULTING", "validTo": null, "partner": { "name": "Provider" } }])
    );
    let own = api.data(&user_of(&world.customer), query, variables).await;
    assert_eq!(own["customer"]["associations"]["nodes"].as_array().unwrap().len(), 2);
});
