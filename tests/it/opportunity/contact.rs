//! Whom to talk to: shown, masked and hidden, in the API, in exports, in events and in the audit trail.

use crate::api::data_of;
use domain::kernel::store::query;
use domain::opportunity::content::contact_hide::{HideContact, hide};
use domain::{Code, Lang, Role};
use serde_json::{Value, json};
use tests::on_both_databases;
use tests::refused::code;

use super::*;
use crate::api::{TestApi, operator};

const CONTACT: &str =
    "query($id: ID!) { opportunity(id: $id) { contact { name title phone email hidden masked } } }";

/// What somebody reads of the contact.
async fn read(api: &TestApi, who: &Context, id: OpportunityId) -> Value {
    api.data(&who.actor, CONTACT, json!({ "id": id.to_string() })).await["opportunity"]["contact"].clone()
}

async fn hidden(
    world: &World,
    who: &Context,
    id: OpportunityId,
    hidden: bool,
) -> Result<OpportunityId, Error> {
    let seen = Seen { id, expected_version: row(world, id).await.version };
    hide(&world.store, who, None, HideContact { seen, hidden }).await
}

fn person(name: &str, phone: &str) -> Value {
    json!({ "name": name, "title": null, "phone": phone, "email": null, "hidden": false, "masked": name.ends_with('*') })
}

const NO: (Option<OpportunityReason>, Option<&str>) = (None, None);

on_both_databases!(a_person_is_read_by_who_needs_it_and_masked_for_the_rest, |db| async move {
    let world = World::open(&db).await;
    let api = TestApi::over_store(world.store.clone());
    let (partner, offering) = joined(&world, "Partner").await;
    let me = as_partner(partner);
    let reviewer = as_operator("reviewer", &[Role::OpportunityReviewer]);
    let other = as_operator("other", &[Role::OpportunityReviewer]);
    let finance = as_operator("finance", &[Role::Finance]);
    let id = drafted(&world, partner, form("Acme Ltd", offering)).await;
    let (full, masked) = (person("Zhang San", "13812345678"), person("Z*", "138****5678"));
    assert_eq!(read(&api, &me, id).await, full);
    moved(&world, &me, id, OpportunityOperation::Submit, NO).await.unwrap();
    assert_eq!(read(&api, &reviewer, id).await, masked, "nobody claimed it");
    claimed(&world, id, "reviewer").await;
    for (who, expected) in [(&me, &full), (&reviewer, &full), (&other, &masked), (&finance, &masked)] {
        assert_eq!(&read(&api, who, id).await, expected, "{}", who.actor.subject);
    }
});

on_both_databases!(who_entered_a_person_hides_it_from_the_other_side_everywhere, |db| async move {
    let world = World::open(&db).await;
    let api = TestApi::over_store(world.store.clone());
    let (partner, offering) = joined(&world, "Partner").await;
    let (me, reviewer) = (as_partner(partner), as_operator("reviewer", &[Role::OpportunityReviewer]));
    let id = drafted(&world, partner, form("Acme Ltd", offering)).await;
    moved(&world, &me, id, OpportunityOperation::Submit, NO).await.unwrap();
    claimed(&world, id, "reviewer").await;
    assert_eq!(code(hidden(&world, &reviewer, id, true).await), Code::NotAllowed, "it is the partner's");
    let before = row(&world, id).await.version;
    hidden(&world, &me, id, true).await.unwrap();
    hidden(&world, &me, id, true).await.unwrap();
    assert_eq!(row(&world, id).await.version, before + 1, "once");
    let nothing =
        json!({ "name": null, "title": null, "phone": null, "email": null, "hidden": true, "masked": false });
    assert_eq!(read(&api, &reviewer, id).await, nothing);
    assert_eq!(read(&api, &me, id).await, person("Zhang San", "13812345678"));
    let found = api
        .data(&reviewer.actor, "{ opportunities(search: \"Zhang San\") { nodes { id } } }", json!({}))
        .await;
    assert_eq!(found["opportunities"]["nodes"], json!([]), "it is not looked for");
    for table in ["audit_event", "event"] {
        let sql = format!("SELECT detail FROM {table}");
        for row in query(world.store.db(), &sql, []).await.unwrap() {
            let detail: String = row.try_get_by_index(0).unwrap();
            assert!(!detail.contains("Zhang San") && !detail.contains("13812345678"), "{table}: {detail}");
        }
    }
    hidden(&world, &me, id, false).await.unwrap();
    assert_eq!(read(&api, &reviewer, id).await["name"], "Zhang San");
    let other = as_partner(joined(&world, "Other").await.0);
    assert_eq!(code(hidden(&world, &other, id, true).await), Code::NotFound);
});

on_both_databases!(
    hiding_a_person_is_refused_with_the_field_at_fault_and_told_in_two_languages,
    |db| async move {
        let world = World::open(&db).await;
        let api = TestApi::over_store(world.store.clone());
        let (partner, offering) = joined(&world, "Partner").await;
        let id = drafted(&world, partner, form("Acme Ltd", offering)).await;
        moved(&world, &as_partner(partner), id, OpportunityOperation::Submit, NO).await.unwrap();
        let hide = "mutation($input: OpportunityContactHideInput!) { opportunityContactHide(input: $input) {
        opportunity { version } userErrors { code path message } } }";
        let version = row(&world, id).await.version;
        for (who, expected_version, refused, path) in [
            (operator(&[Role::OpportunityReviewer]), version, "NOT_ALLOWED", "id"),
            (as_partner(partner).actor, version + 1, "VERSION_CONFLICT", "expectedVersion"),
        ] {
            let input = json!({ "input": {
            "idempotencyKey": "k", "id": id.to_string(), "expectedVersion": expected_version, "hidden": true } });
            let said = [Lang::En, Lang::ZhCn].map(|lang| api.ask_in(lang, &who, hide, input.clone()));
            let [en, zh] = futures_util::future::join_all(said).await.try_into().unwrap();
            let error = |answer: &async_graphql::Response| {
                data_of(answer)["opportunityContactHide"]["userErrors"][0].clone()
            };
            assert_eq!((&error(&en)["code"], &error(&en)["path"]), (&json!(refused), &json!([path])));
            assert_ne!(error(&en)["message"], error(&zh)["message"]);
        }
    }
);
