//! Search over everything, and the labels of every enum.

use api::http::FrontConfig;
use domain::Actor;
use serde_json::{Value, json};
use tests::on_both_databases;

use crate::api::served::Served;
use crate::api::{TestApi, administrator, made, member_of, user_of, world};

const SEARCH: &str = "query($text: String!) { search(text: $text) { __typename id } }";

on_both_databases!(search_finds_by_name_number_and_id_what_the_caller_sees, |db| async move {
    let api = TestApi::over(db).await;
    let world = world(&api).await;
    let account = json!({ "provider": "aws", "accountNo": "4711", "customerId": world.customer });
    let account = made(&api, "cloudAccountLink", "cloudAccount", account).await;
    let served = Served::with(&api.store, FrontConfig::production()).await;
    let found = async |who: &Actor, text: &str| {
        let answer = served.ask(who, SEARCH, &json!({ "text": text })).await.1;
        assert_eq!(answer["errors"], Value::Null, "{answer}");
        let hits = answer["data"]["search"].as_array().unwrap().clone();
        let mut ids: Vec<_> = hits.iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect();
        ids.sort();
        ids
    };
    let ids = |ids: &[&String]| {
        let mut ids: Vec<String> = ids.iter().map(|id| (*id).clone()).collect();
        ids.sort();
        ids
    };
    let boss = administrator();
    assert_eq!(found(&boss, "seller one").await, ids(&[&world.reseller]), "by a piece of a name");
    assert_eq!(found(&boss, " 4711 ").await, ids(&[&account]), "by a number");
    assert_eq!(found(&boss, "471").await, ids(&[]), "numbers are found as a whole");
    assert_eq!(found(&boss, &world.provider).await, ids(&[&world.provider]), "by id");
    assert_eq!(found(&boss, "Customer").await.len(), 3);
    assert_eq!(found(&boss, "100%").await, ids(&[]));
    let me = member_of(&world.reseller);
    assert_eq!(found(&me, "Customer").await, ids(&[&world.customer]), "a partner finds its own");
    assert_eq!(found(&me, "Reseller Two").await, ids(&[]));
    assert_eq!(found(&me, &world.other_customer).await, ids(&[]), "an id of somebody else's is nobody's");
    assert_eq!(
        found(&user_of(&world.customer), "Reseller").await,
        ids(&[]),
        "customers do not ask for partners"
    );
    for text in ["", " ", &"x".repeat(201)] {
        let answer = served.ask(&boss, SEARCH, &json!({ "text": text })).await.1;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
    }
});

on_both_databases!(labels_of_enums_come_in_both_languages, |db| async move {
    let api = TestApi::over(db).await;
    let served = Served::with(&api.store, FrontConfig::production()).await;
    let query = "{ enumLabels(names: [\"RunKind\"]) { name values { value label labelEn labelZhCn } } }";
    let chinese = served.post(&administrator(), query, &json!({})).header("accept-language", "zh-CN");
    let answer: Value = serde_json::from_str(&chinese.send().await.unwrap().text().await.unwrap()).unwrap();
    let values =
        answer["data"]["enumLabels"][0]["values"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
    let draft = values.iter().find(|label| label["value"] == "DRAFT").unwrap();
    assert_eq!(*draft, json!({ "value": "DRAFT", "label": "初稿", "labelEn": "Draft", "labelZhCn": "初稿" }));
});
