//! Finding opportunities: filters, orders, words in Chinese and English, sums, views.

use domain::kernel::store::query;
use domain::reading::opportunity::search::matching;
use domain::reading::{self, Predicate};
use domain::{Role, Scope};
use sea_orm::{ConnectionTrait as _, Value as Sql};
use serde_json::{Value, json};
use tests::on_both_databases;

use super::*;
use crate::api::{TestApi, operator};

/// A draft that is in a state as if it had come there.
async fn standing(world: &World, partner: PartnerId, changes: Changes, more: &str) -> OpportunityId {
    let id = drafted(world, partner, changes).await;
    let sql = format!("UPDATE opportunity SET state = 'IN_REVIEW'{more} WHERE id = $1");
    exec(world.store.db(), &sql, [id.0.into()]).await.unwrap();
    id
}

fn named(name: &str, customer: &str, need: &str, offering: OfferingId) -> Changes {
    let set = |text: &str| Patch::Set(text.to_owned());
    Changes { name: set(name), need: set(need), ..form(customer, offering) }
}

/// The names of what a list gives.
async fn names(api: &TestApi, who: &domain::Actor, arguments: &str) -> Vec<String> {
    let data =
        api.data(who, &format!("{{ opportunities({arguments}) {{ nodes {{ name }} }} }}"), json!({})).await;
    let nodes = data["opportunities"]["nodes"].as_array().unwrap().clone();
    nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect()
}

on_both_databases!(words_are_found_as_pieces_of_any_text_in_chinese_and_english, |db| async move {
    let world = World::open(&db).await;
    let api = TestApi::over_store(world.store.clone());
    let (partner, offering) = joined(&world, "Partner").await;
    let reviewer = operator(&[Role::OpportunityReviewer]);
    let rows = [
        ("工厂上云", "华东智造科技有限公司", "需要可扩展的数据库"),
        ("Warehouse", "Acme Cloud Ltd", "A 50%_off \"quoted\" Database"),
        ("Data lake", "北方能源集团", "湖仓一体"),
    ];
    for (name, customer, need) in rows {
        standing(&world, partner, named(name, customer, need, offering), "").await;
    }
    let draft = drafted(&world, partner, named("Secret database", "华东智造", "x", offering)).await;
    for (search, found) in [
        ("智造科技", &["工厂上云"][..]),
        ("华东", &["工厂上云"]),
        ("上云", &["工厂上云"]),
        ("数据库 华东智造", &["工厂上云"]),
        ("数据库 北方", &[]),
        ("能", &["Data lake"]),
        ("WAREH", &["Warehouse"]),
        ("database acme", &["Warehouse"]),
        ("atabas", &["Warehouse"]),
        ("50%_off", &["Warehouse"]),
        ("50_", &[]),
        ("\\\"quoted\\\"", &["Warehouse"]),
        ("warehouse OR 能源", &[]),
        ("湖仓一体", &["Data lake"]),
        ("Zhang San", &[]),
        ("13812345678", &[]),
    ] {
        let of = format!("search: \"{search}\"");
        assert_eq!(names(&api, &reviewer, &of).await, found, "{search}");
    }
    assert_eq!(names(&api, &reviewer, "search: \" \"").await.len(), 3, "no word");
    let own = as_partner(partner).actor;
    assert_eq!(names(&api, &own, "search: \"database\"").await, ["Secret database", "Warehouse"]);
    let other = as_partner(joined(&world, "Other").await.0).actor;
    assert_eq!(names(&api, &other, "search: \"database\"").await, [""; 0]);

    // What is changed or deleted is found by what it says now.
    let sql = "UPDATE opportunity SET name = '新名称在此', version = version + 1 WHERE name = 'Warehouse'";
    exec(world.store.db(), sql, []).await.unwrap();
    assert_eq!(names(&api, &own, "search: \"warehouse\"").await, [""; 0]);
    assert_eq!(names(&api, &own, "search: \"新名称 acme\"").await, ["新名称在此"]);
    let seen = Seen { id: draft, expected_version: 1 };
    draft::delete(&world.store, &as_partner(partner), None, seen).await.unwrap();
    assert_eq!(names(&api, &own, "search: \"secret\"").await, [""; 0]);
});

on_both_databases!(a_search_and_every_order_go_by_an_index, |db| async move {
    let world = World::open(&db).await;
    let backend = world.store.backend();
    let postgres = backend == sea_orm::DbBackend::Postgres;
    let explained = async |rest: &str, values: Vec<Sql>| {
        let tx = world.store.begin().await.unwrap();
        if postgres {
            // A table of a few rows is read whole otherwise.
            tx.orm().execute_unprepared("SET LOCAL enable_seqscan = off").await.unwrap();
        }
        let explain = if postgres { "EXPLAIN" } else { "EXPLAIN QUERY PLAN" };
        let sql = format!("{explain} SELECT opportunity.id FROM opportunity WHERE {rest}");
        let rows = query(tx.orm(), &sql, values).await.unwrap();
        let column = if postgres { 0 } else { 3 };
        let lines: Vec<String> = rows.iter().map(|row| row.try_get_by_index(column).unwrap()).collect();
        lines.join("\n")
    };
    let (condition, values) = matching(backend, "智造科技").unwrap().into_sql();
    let plan = explained(&condition, values).await;
    let index = if postgres {
        "Bitmap Index Scan on opportunity_text"
    } else {
        "SCAN opportunity_text VIRTUAL TABLE INDEX"
    };
    assert!(plan.contains(index), "{plan}");
    for (key, index) in [
        ("opportunity.state_since", "opportunity_by_age"),
        ("COALESCE(opportunity.expected_amount, -1)", "opportunity_by_amount"),
        ("COALESCE(opportunity.expected_sign_on, 0)", "opportunity_by_signing"),
        ("COALESCE(opportunity.last_progress_at, 0)", "opportunity_by_progress"),
    ] {
        let rest = format!("opportunity.state <> 'DRAFT' ORDER BY {key} DESC, opportunity.id DESC LIMIT 21");
        let plan = explained(&rest, vec![]).await;
        assert!(plan.contains(index), "{key}: {plan}");
    }
});

on_both_databases!(lists_are_narrowed_and_ordered_as_a_screen_wants, |db| async move {
    let world = World::open(&db).await;
    let api = TestApi::over_store(world.store.clone());
    let (partner, offering) = joined(&world, "Partner").await;
    let reviewer = as_operator("reviewer", &[Role::OpportunityReviewer]).actor;
    for (name, amount, day, more) in [
        ("a", Some(3), Some("2027-03-01"), ", claimed_by = 'reviewer', claimed_at = 0, state_since = 30"),
        (
            "b",
            Some(1),
            Some("2027-03-31"),
            ", claimed_by = 'other', claimed_at = 0, stale = (1 = 1), state_since = 20",
        ),
        ("c", None, Some("2027-04-01"), ", last_progress_at = 7, stage = 'BIDDING', state_since = 10"),
        ("d", Some(2), None, ", state_since = 40, created_by = 'colleague'"),
    ] {
        let set = |day: &str| Patch::Set(day.parse().unwrap());
        let changes = Changes {
            expected_amount: amount.map_or(Patch::Erase, |units: i64| Patch::Set(units * UNIT)),
            expected_sign_on: day.map_or(Patch::Erase, set),
            ..named(name, "Acme", "need", offering)
        };
        standing(&world, partner, changes, more).await;
    }
    for (arguments, expected) in [
        ("filter: { expectedSignMonth: { eq: \"2027-03\" } }", "ba"),
        ("filter: { expectedSignMonth: { gte: \"2027-04\" } }", "c"),
        ("filter: { expectedSignMonth: { lte: \"2027-03\" } }", "ba"),
        ("filter: { expectedSignMonth: { in: [\"2027-04\", \"2027-05\"] } }", "c"),
        ("filter: { stale: true }", "b"),
        ("filter: { stale: false }", "dca"),
        ("filter: { claimed: true }", "ba"),
        ("filter: { claimed: false }", "dc"),
        ("filter: { claimedBy: { eq: \"other\" } }", "b"),
        ("filter: { stage: { eq: BIDDING } }", "c"),
        ("filter: { expectedAmount: { gte: \"2\" } }", "da"),
        ("filter: { stateSince: { lt: \"1970-01-01T00:00:00.000025Z\" } }", "cb"),
        ("mine: true", "a"),
        ("mine: true, search: \"nothing\"", ""),
        ("orderBy: { field: EXPECTED_AMOUNT }", "cbda"),
        ("orderBy: { field: EXPECTED_AMOUNT, direction: DESC }", "adbc"),
        ("orderBy: { field: EXPECTED_SIGN_ON }", "dabc"),
        ("orderBy: { field: LAST_PROGRESS_AT, direction: DESC }, first: 1", "c"),
        ("orderBy: { field: STATE_SINCE }", "cbad"),
    ] {
        assert_eq!(names(&api, &reviewer, arguments).await.concat(), expected, "{arguments}");
    }
    let member = as_partner(partner).actor;
    assert_eq!(names(&api, &member, "mine: true").await.concat(), "cba", "a colleague made the other");
});

on_both_databases!(
    the_pipeline_adds_up_what_the_caller_sees_by_state_stage_month_and_currency,
    |db| async move {
        let world = World::open(&db).await;
        let api = TestApi::over_store(world.store.clone());
        let (partner, offering) = joined(&world, "Partner").await;
        let (rival, rivals) = joined(&world, "Rival").await;
        for (who, offering, micros, more) in [
            (partner, offering, Some(UNIT), ", stage = 'BIDDING', win_percent = 50, expected_amount = 1"),
            (partner, offering, Some(UNIT), ", stage = 'BIDDING', win_percent = 50, expected_amount = 1"),
            (partner, offering, Some(9_000_000_000_000_000), ", stage = 'BIDDING', win_percent = 100"),
            (partner, offering, None, ", stage = 'BIDDING', win_percent = 10"),
            (partner, offering, Some(5 * UNIT), ""),
            (partner, offering, Some(5 * UNIT), ", expected_sign_on = NULL"),
            (rival, rivals, Some(7 * UNIT), ", currency = 'USD', stage = 'BIDDING', win_percent = 20"),
        ] {
            let changes = Changes {
                expected_amount: micros.map_or(Patch::Erase, Patch::Set),
                ..form("Acme", offering)
            };
            standing(&world, who, changes, more).await;
        }
        drafted(&world, rival, form("Acme", rivals)).await;
        let all = reading::opportunity::pipeline::sums(&world.store, Scope::All, Predicate::always())
            .await
            .unwrap();
        let shown = |sums: &[reading::opportunity::pipeline::PipelineSum]| {
            let mut lines: Vec<_> = sums
                .iter()
                .map(|sum| {
                    let month = sum.sign_month.map_or_else(|| "-".to_owned(), |month| month.to_string());
                    let stage = sum.stage.map_or("-", |stage| stage.name());
                    format!(
                        "{} {stage} {month} {} {} {} {}",
                        sum.state, sum.currency, sum.count, sum.expected, sum.weighted
                    )
                })
                .collect();
            lines.sort();
            lines
        };
        let own = [
            "IN_REVIEW - - CNY 1 5000000 0",
            "IN_REVIEW - 2027-03 CNY 1 5000000 0",
            "IN_REVIEW BIDDING 2027-03 CNY 4 9000000000000002 9000000000000001",
        ];
        let rivals = "IN_REVIEW BIDDING 2027-03 USD 1 7000000 1400000";
        assert_eq!(shown(&all), [&own[..], &[rivals]].concat());
        let partners = reading::opportunity::pipeline::sums(
            &world.store,
            Scope::Partner(partner, world.store.clock.now()),
            Predicate::always(),
        );
        assert_eq!(shown(&partners.await.unwrap()), own);
        let asked = "{ opportunityPipeline(filter: { stage: { eq: BIDDING } }, search: \"acme\") {
        kind state label stage expectedSignMonth count expectedAmount { amount currencyCode } weightedAmount { amount } } }";
        let data = api.data(&as_partner(rival).actor, asked, json!({})).await;
        assert_eq!(
            data["opportunityPipeline"],
            json!([{ "kind": "PO", "state": "IN_REVIEW", "label": "In review", "stage": "BIDDING",
            "expectedSignMonth": "2027-03", "count": 1,
            "expectedAmount": { "amount": "7.00", "currencyCode": "USD" }, "weightedAmount": { "amount": "1.40" } }])
        );
    }
);

const SAVE: &str = "mutation($input: OpportunityViewSaveInput!) { opportunityViewSave(input: $input) {
    view { id name settings version } userErrors { code path } } }";

/// Saves a view; gives the view, or the code and path of the refusal.
async fn save(api: &TestApi, who: &domain::Actor, input: Value) -> Result<Value, (String, String)> {
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let mut input = input;
    let n = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    input["idempotencyKey"] = json!(format!("view-{n}"));
    let data = api.data(who, SAVE, json!({ "input": input })).await["opportunityViewSave"].clone();
    let error = &data["userErrors"][0];
    if error.is_null() {
        return Ok(data["view"].clone());
    }
    Err((
        error["code"].as_str().unwrap().to_owned(),
        error["path"][0].as_str().unwrap_or_default().to_owned(),
    ))
}

on_both_databases!(a_view_is_its_owners_and_gives_the_arguments_of_the_list_back, |db| async move {
    let world = World::open(&db).await;
    let api = TestApi::over_store(world.store.clone());
    let (partner, offering) = joined(&world, "Partner").await;
    standing(&world, partner, named("a", "Acme", "need", offering), ", stale = (1 = 1)").await;
    standing(&world, partner, named("b", "Acme", "need", offering), "").await;
    let (me, other) = (as_partner(partner).actor, operator(&[Role::OpportunityReviewer]));
    let filter = json!({ "stale": true, "or": [{ "state": { "in": ["IN_REVIEW"] } }, { "stale": false }] });
    let order = json!({ "field": "EXPECTED_AMOUNT", "direction": "DESC" });
    let wish = json!({ "name": " Stale ", "filter": filter, "orderBy": order, "search": "acme" });
    let view = save(&api, &me, wish.clone()).await.unwrap();
    assert_eq!((&view["name"], &view["version"]), (&json!("Stale"), &json!(1)));
    let settings: Value = serde_json::from_str(view["settings"].as_str().unwrap()).unwrap();
    assert_eq!(settings, json!({ "filter": filter, "orderBy": order, "search": "acme", "mine": false }));
    let list =
        "query($filter: OpportunityFilter, $orderBy: OpportunityOrder, $search: String, $mine: Boolean) {
        opportunities(filter: $filter, orderBy: $orderBy, search: $search, mine: $mine) { nodes { name } } }";
    let found = api.data(&me, list, settings).await;
    assert_eq!(found["opportunities"]["nodes"], json!([{ "name": "a" }]), "what was kept is what is asked");

    let refused = |code: &str, path: &str| Err((code.to_owned(), path.to_owned()));
    assert_eq!(save(&api, &me, wish.clone()).await, refused("ALREADY_EXISTS", "name"));
    save(&api, &other, wish).await.unwrap();
    let change =
        |version: i32, name: &str| json!({ "id": view["id"], "expectedVersion": version, "name": name });
    assert_eq!(save(&api, &other, change(1, "Mine now")).await, refused("NOT_FOUND", "id"));
    assert_eq!(save(&api, &me, change(2, "Late")).await, refused("VERSION_CONFLICT", "expectedVersion"));
    let changed = save(&api, &me, change(1, "Everything")).await.unwrap();
    assert_eq!((&changed["version"], &changed["settings"]), (&json!(2), &json!("{\"mine\":false}")));
    let half = json!({ "id": view["id"], "name": "x" });
    assert_eq!(save(&api, &me, half).await, refused("INVALID", "expectedVersion"));
    let long = json!({ "name": "x", "search": "长".repeat(201) });
    assert_eq!(save(&api, &me, long).await, refused("INVALID", "search"));
    let wild = api.ask(
        &me,
        SAVE,
        json!({ "input": { "idempotencyKey": "w", "name": "x", "filter": { "colour": 1 } } }),
    );
    assert!(!wild.await.errors.is_empty(), "a filter that the list does not have");

    let views = "{ opportunityViews { name } }";
    assert_eq!(api.data(&me, views, json!({})).await["opportunityViews"], json!([{ "name": "Everything" }]));
    let delete = "mutation($input: OpportunityViewDeleteInput!) { opportunityViewDelete(input: $input) {
        deletedId userErrors { code } } }";
    for (n, who, expected) in [(0, &other, "NOT_FOUND"), (1, &me, ""), (2, &me, "NOT_FOUND")] {
        let input = json!({ "input": { "idempotencyKey": format!("d{n}"), "id": view["id"] } });
        let answer = api.data(who, delete, input).await["opportunityViewDelete"].clone();
        assert_eq!(answer["userErrors"][0]["code"].as_str().unwrap_or_default(), expected);
    }
    for n in 0..50 {
        save(&api, &me, json!({ "name": format!("v{n}") })).await.unwrap();
    }
    assert_eq!(save(&api, &me, json!({ "name": "one more" })).await, refused("LIMIT_REACHED", ""));
});
