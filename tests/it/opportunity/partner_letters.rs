//! Who is written to about a partner's opportunity.

use domain::Role;
use domain::kernel::store::query;
use domain::notify::Directory;
use domain::notify::fan_out::fan_out;
use domain::opportunity::review::reassign::{Reassign, Target, reassign_many};
use entity::Certification;
use entity::timestamp::DAY;
use tests::on_both_databases;
use tests::partner::certify;

use super::*;

const NO: (Option<OpportunityReason>, Option<&str>) = (None, None);

/// Letters so far: template, to whom, and the line with the reason.
async fn letters(world: &World) -> Vec<(String, String, Option<String>)> {
    let directory =
        Directory { operations: vec!["ops@vendor.example".into()], sends: true, ..Directory::default() };
    fan_out(&world.store, &directory).await.unwrap();
    let sql = "SELECT template, recipient, body FROM message WHERE template LIKE 'OPPORTUNITY%' ORDER BY event_id, id";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    let text = |row: &sea_orm::QueryResult, n: usize| row.try_get_by_index::<String>(n).unwrap();
    let why = |body: String| body.lines().find_map(|line| line.strip_prefix("Reason: ").map(str::to_owned));
    rows.iter().map(|row| (text(row, 0), text(row, 1), why(text(row, 2)))).collect()
}

on_both_databases!(reviewers_are_told_what_waits_and_the_partner_what_was_decided, |db| async move {
    let world = World::open(&db).await;
    let (partner, offering) = joined(&world, "Partner").await;
    certify(&world, partner, Certification::Certified).await;
    let reviewer = as_operator("cora", &[Role::OpportunityReviewer]);
    let id = drafted(&world, partner, form("Acme", offering)).await;
    claimed(&world, id, "cora").await;
    let submit = || async {
        moved(&world, &as_partner(partner), id, OpportunityOperation::Submit, NO).await.unwrap();
        claimed(&world, id, "cora").await;
    };
    submit().await;
    let incomplete = (Some(OpportunityReason::Incomplete), Some("which board?"));
    moved(&world, &reviewer, id, OpportunityOperation::SendBack, incomplete).await.unwrap();
    submit().await;
    moved(&world, &reviewer, id, OpportunityOperation::PassReview, NO).await.unwrap();
    world.clock.advance(20 * DAY);
    world.tick().await.unwrap();
    let forgotten = drafted(&world, partner, form("Forgotten", offering)).await;
    moved(&world, &as_partner(partner), forgotten, OpportunityOperation::Submit, NO).await.unwrap();
    world.clock.advance(10 * DAY);
    world.tick().await.unwrap();

    let (finance, cora) = ("finance@provider.example", "cora@vendor.example");
    let letter = |template: &str, to: &str, why: Option<&str>| {
        (format!("OPPORTUNITY_{template}"), to.to_owned(), why.map(str::to_owned))
    };
    let expected = [
        letter("TO_REVIEW", cora, None),
        letter("SENT_BACK", finance, Some("something is missing: which board?")),
        letter("TO_REVIEW", cora, None),
        letter("BEING_VERIFIED", finance, None),
        letter("REJECTED", finance, Some("nobody acted in time")),
        letter("TO_REVIEW", cora, None),
        letter("ESCALATED", cora, None),
    ];
    assert_eq!(letters(&world).await, expected);
});

on_both_databases!(an_office_is_told_of_what_is_given_to_it, |db| async move {
    let world = World::open(&db).await;
    vendor::office(&world, "CN-EAST", "Hebei").await;
    let (partner, offering) = joined(&world, "Partner").await;
    let id = drafted(&world, partner, form("Acme", offering)).await;
    claimed(&world, id, "cora").await;
    moved(&world, &as_partner(partner), id, OpportunityOperation::Submit, NO).await.unwrap();
    let input = Reassign {
        opportunities: vec![Seen { id, expected_version: row(&world, id).await.version }],
        to: Target { office_id: None, subject: Some("lin".into()) },
        reason: Some("she knows them".into()),
        policy: BulkPolicy::AllOrNothing,
    };
    reassign_many(&world.store, &vendor::operations(), None, input).await.unwrap();
    let told: Vec<_> = letters(&world).await.into_iter().map(|(template, to, _)| (template, to)).collect();
    let (office, review) = ("lin@vendor.example".to_owned(), "OPPORTUNITY_TO_REVIEW".to_owned());
    assert_eq!(told, [(review, office.clone()), ("OPPORTUNITY_REASSIGNED".to_owned(), office)]);
});
