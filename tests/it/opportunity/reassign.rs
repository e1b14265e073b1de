//! Giving many opportunities to another office or person at once.

use domain::kernel::store::query;
use domain::opportunity::review::reassign::{Reassign, Target, reassign_many};
use domain::{Code, Role};
use entity::{OfficeId, OpportunityState as S, RouteKind};
use serde_json::json;
use tests::on_both_databases;
use tests::refused::code;

use super::routing::{offices, reviewer, sent};
use super::*;
use crate::api::TestApi;

async fn office(world: &World, code: &str) -> OfficeId {
    let rows = query(world.store.db(), "SELECT id FROM office WHERE code = $1", [code.into()]).await.unwrap();
    OfficeId(rows[0].try_get_by_index(0).unwrap())
}

/// Gives opportunities away; for each the code of why not, if it was not.
async fn give(
    world: &World,
    who: &Context,
    ids: &[OpportunityId],
    (office_id, subject): (Option<OfficeId>, Option<&str>),
    policy: BulkPolicy,
) -> Result<Vec<Option<Code>>, Error> {
    let mut opportunities = Vec::new();
    for id in ids {
        opportunities.push(Seen { id: *id, expected_version: row(world, *id).await.version });
    }
    let to = Target { office_id, subject: subject.map(str::to_owned) };
    let input = Reassign { opportunities, to, reason: Some("holidays".into()), policy };
    let outcomes = reassign_many(&world.store, who, None, input).await?;
    Ok(outcomes.into_iter().map(|one| one.refusals.first().map(|refusal| refusal.code)).collect())
}

on_both_databases!(many_go_to_an_office_or_a_person_by_operations_and_coordinators, |db| async move {
    let world = World::open(&db).await;
    offices(&world).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let (shanghai, shenzhen) = (office(&world, "SH").await, office(&world, "SZ").await);
    let operations = as_operator("ops", &[Role::Operations]);
    let (one, two) = (
        sent(&world, form("Acme", offering), partner).await,
        sent(&world, form("Bolt", offering), partner).await,
    );
    held_by(&world, one, "anna").await;
    let all = BulkPolicy::AllOrNothing;
    assert_eq!(
        code(give(&world, &reviewer("anna"), &[one], (Some(shenzhen), None), all).await),
        Code::NotAllowed
    );
    let to_office = give(&world, &operations, &[two, one], (Some(shenzhen), None), all).await.unwrap();
    assert_eq!(to_office, [None, None]);
    for id in [one, two] {
        let now = row(&world, id).await;
        assert_eq!(
            (now.office_id, now.route, now.state),
            (Some(shenzhen), Some(RouteKind::Reassigned), S::InReview)
        );
        assert_eq!((now.claimed_by, now.route_detail.as_deref()), (None, Some("ops")), "it is free again");
    }
    give(&world, &reviewer("cora"), &[one], (None, Some("bert")), all).await.unwrap();
    let now = row(&world, one).await;
    assert_eq!(
        (now.office_id, now.claimed_by.as_deref()),
        (Some(shanghai), Some("bert")),
        "a coordinator may too"
    );
    for (to, expected) in [
        ((None, None), Code::Invalid),
        ((Some(OfficeId(1)), None), Code::NotFound),
        ((Some(office(&world, "XZ").await), None), Code::OfficeWithoutPeople),
        ((None, Some("nobody")), Code::NotFound),
        ((Some(shenzhen), Some("bert")), Code::NotFound),
    ] {
        assert_eq!(code(give(&world, &operations, &[one], to, all).await), expected, "{to:?}");
    }
    let sql = "SELECT reason FROM opportunity_transition WHERE opportunity_id = $1 AND operation = 'REASSIGN' ORDER BY seq";
    let trail = query(world.store.db(), sql, [one.0.into()]).await.unwrap();
    assert_eq!(trail.len(), 2);
    let told: Vec<String> = trail.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert_eq!(told, ["SZ: holidays", "SH, bert: holidays"]);
});

on_both_databases!(of_many_those_go_that_can_and_each_says_why_not, |db| async move {
    let world = World::open(&db).await;
    offices(&world).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let operations = as_operator("ops", &[Role::Operations]);
    let shenzhen = office(&world, "SZ").await;
    let id = sent(&world, form("Acme", offering), partner).await;
    let draft = drafted(&world, partner, form("Bolt", offering)).await;
    let skip = BulkPolicy::SkipFailed;
    let both = give(&world, &operations, &[id, draft], (Some(shenzhen), None), skip).await.unwrap();
    assert_eq!(both, [None, Some(Code::NotFound)], "a draft is its partner's alone");
    let none = give(&world, &operations, &[id, draft], (None, Some("anna")), BulkPolicy::AllOrNothing).await;
    assert_eq!(code(none), Code::NotFound);
    assert_eq!(row(&world, id).await.office_id, Some(shenzhen), "nothing of it was done");
    for (state, office, person) in [
        ("VERIFYING", true, true),
        ("VERIFIED", true, false),
        ("IN_PROGRESS", true, false),
        ("REVIEW_REJECTED", false, false),
        ("REJECTED", false, false),
        ("CLOSED", false, false),
    ] {
        let sql = "UPDATE opportunity SET state = $1 WHERE id = $2";
        exec(world.store.db(), sql, [state.into(), id.0.into()]).await.unwrap();
        for (to, expected) in [((Some(shenzhen), None), office), ((None, Some("anna")), person)] {
            let done = give(&world, &operations, &[id], to, skip).await.unwrap();
            assert_eq!(done, [(!expected).then_some(Code::WrongState)], "{state} {to:?}");
        }
    }
});

on_both_databases!(reassigning_over_the_api_gives_a_row_for_each, |db| async move {
    let world = World::open(&db).await;
    let api = TestApi::over_store(world.store.clone());
    offices(&world).await;
    let (partner, offering) = joined(&world, "Partner").await;
    let id = sent(&world, form("Acme", offering), partner).await;
    let asked = "mutation($input: OpportunityReassignManyInput!) { opportunityReassignMany(input: $input) {
        results { id opportunity { version } userErrors { code path } } userErrors { code path } } }";
    let version = row(&world, id).await.version;
    let operations = as_operator("ops", &[Role::Operations]).actor;
    for (n, seen, code) in [(0, version + 1, "VERSION_CONFLICT"), (1, version, "")] {
        let input = json!({ "input": { "idempotencyKey": format!("r{n}"), "subject": "anna", "policy": "SKIP_FAILED",
            "opportunities": [{ "id": id.to_string(), "expectedVersion": seen }] } });
        let data = api.data(&operations, asked, input).await["opportunityReassignMany"].clone();
        assert_eq!(data["userErrors"], json!([]));
        let result = &data["results"][0];
        assert_eq!(result["userErrors"][0]["code"].as_str().unwrap_or_default(), code);
        assert_eq!(result["opportunity"]["version"], version + i32::from(n == 1));
    }
});
