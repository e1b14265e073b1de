//! Who is written to about the vendor's opportunities.

use domain::kernel::store::query;
use domain::notify::Directory;
use domain::notify::fan_out::fan_out;
use entity::Certification;
use entity::OpportunityOperation as Op;
use entity::timestamp::DAY;
use tests::on_both_databases;
use tests::partner::{certify, member_of};

use super::vendor::{able, moved, offered, office, operations, shared};
use super::{OpportunityReason, World};

/// Letters so far: template, and to whom.
async fn letters(world: &World) -> Vec<String> {
    let directory =
        Directory { operations: vec!["ops@vendor.example".into()], sends: true, ..Directory::default() };
    fan_out(&world.store, &directory).await.unwrap();
    let sql = "SELECT template, recipient, body FROM message WHERE template LIKE 'OPPORTUNITY%' ORDER BY event_id, id";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    let text = |row: &sea_orm::QueryResult, n: usize| row.try_get_by_index::<String>(n).unwrap();
    for row in rows.iter().filter(|row| text(row, 0) == "OPPORTUNITY_OFFERED") {
        assert!(text(row, 2).contains("Deadline: 2026-10-"), "{}", text(row, 2));
    }
    rows.iter().map(|row| format!("{} {}", text(row, 0), text(row, 1))).collect()
}

on_both_databases!(a_partner_is_told_of_its_offers_and_operations_of_the_answers, |db| async move {
    let world = World::open(&db).await;
    office(&world, "CN-EAST", "Shanghai").await;
    let only = able(&world, "Only").await;
    certify(&world, only, Certification::Certified).await;
    let why = Some((OpportunityReason::Other, "not now"));
    let refused = shared(&world, "Refused").await;
    offered(&world, refused, None).await.unwrap();
    moved(&world, &member_of(only), refused, Op::Refuse, why).await.unwrap();
    let recalled = shared(&world, "Recalled").await;
    offered(&world, recalled, None).await.unwrap();
    moved(&world, &operations(), recalled, Op::Recall, why).await.unwrap();
    offered(&world, recalled, None).await.unwrap();
    moved(&world, &member_of(only), recalled, Op::Accept, None).await.unwrap();
    let late = shared(&world, "Late").await;
    offered(&world, late, None).await.unwrap();
    world.clock.advance(7 * DAY);
    world.tick().await.unwrap();
    let (partner, ops) = ("finance@provider.example", "ops@vendor.example");
    let expected = [
        format!("OPPORTUNITY_OFFERED {partner}"),
        format!("OPPORTUNITY_REFUSED {ops}"),
        format!("OPPORTUNITY_NOBODY_LEFT {ops}"),
        format!("OPPORTUNITY_OFFERED {partner}"),
        format!("OPPORTUNITY_RECALLED {partner}"),
        format!("OPPORTUNITY_OFFERED {partner}"),
        format!("OPPORTUNITY_ACCEPTED {ops}"),
        format!("OPPORTUNITY_OFFERED {partner}"),
        format!("OPPORTUNITY_TIMED_OUT {partner}"),
        format!("OPPORTUNITY_NOBODY_LEFT {ops}"),
    ];
    assert_eq!(letters(&world).await, expected);
});
