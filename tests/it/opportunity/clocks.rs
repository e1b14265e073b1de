//! What happens by itself when nobody acts in time, over working days and holidays.

use domain::Role;
use domain::kernel::store::query;
use domain::operate::deadline;
use entity::{OpportunityState as S, RouteKind};
use tests::on_both_databases;
use tests::world::at;

use super::*;

const NO: (Option<OpportunityReason>, Option<&str>) = (None, None);

/// The instant of the live deadline of an opportunity.
async fn due(world: &World, id: OpportunityId, kind: &str) -> Option<String> {
    let sql = "SELECT due_at FROM deadline WHERE entity = $1 AND kind = $2 AND closed_at IS NULL";
    let rows = query(world.store.db(), sql, [id.to_string().into(), kind.into()]).await.unwrap();
    rows.first().map(|row| entity::Timestamp(row.try_get_by_index(0).unwrap()).to_rfc3339())
}

async fn sent(world: &World) -> (PartnerId, OpportunityId) {
    let (partner, offering) = joined(world, "Partner").await;
    let id = drafted(world, partner, form("Acme", offering)).await;
    moved(world, &as_partner(partner), id, OpportunityOperation::Submit, NO).await.unwrap();
    (partner, id)
}

on_both_databases!(nobody_verifies_within_ten_working_days_and_it_is_rejected, |db| async move {
    let world = World::open(&db).await;
    // The Monday before the week of National Day 2026, which ends on the 7th; the 10th is worked on.
    world.clock.set(at("2026-09-28T02:00:00Z"));
    let (_, id) = sent(&world).await;
    claimed(&world, id, "reviewer").await;
    let reviewer = as_operator("reviewer", &[Role::OpportunityReviewer]);
    moved(&world, &reviewer, id, OpportunityOperation::PassReview, NO).await.unwrap();
    // 29, 30; 8, 9, 10; 12 to 16: the tenth working day ends at midnight in Shanghai.
    assert_eq!(due(&world, id, "OPPORTUNITY_VERIFY").await.unwrap(), "2026-10-16T16:00:00.000Z");

    world.clock.set(at("2026-10-16T15:59:59Z"));
    deadline::work(&world.store).await.unwrap();
    assert_eq!(row(&world, id).await.state, S::Verifying);
    world.clock.set(at("2026-10-16T16:00:00Z"));
    deadline::work(&world.store).await.unwrap();
    let rejected = row(&world, id).await;
    assert_eq!((rejected.state, rejected.reason_code), (S::Rejected, Some(OpportunityReason::Expired)));
    assert_eq!(due(&world, id, "OPPORTUNITY_VERIFY").await, None);
    let before = rejected.transitions;
    deadline::work(&world.store).await.unwrap();
    assert_eq!(row(&world, id).await.transitions, before);
});

on_both_databases!(
    nobody_reviews_within_five_working_days_and_a_coordinator_looks_after_it,
    |db| async move {
        let world = World::open(&db).await;
        let (_, id) = sent(&world).await;
        claimed(&world, id, "reviewer").await;
        // The 16th and 19th to 22nd of October.
        assert_eq!(due(&world, id, "OPPORTUNITY_REVIEW").await.unwrap(), "2026-10-22T16:00:00.000Z");
        world.clock.set(at("2026-10-22T16:00:00Z"));
        deadline::work(&world.store).await.unwrap();
        let escalated = row(&world, id).await;
        assert_eq!((escalated.state, escalated.route), (S::InReview, Some(RouteKind::Escalated)));
        assert_eq!(escalated.claimed_by, None);
    }
);

on_both_databases!(a_clock_ends_with_its_state, |db| async move {
    let world = World::open(&db).await;
    let (partner, id) = sent(&world).await;
    moved(&world, &as_partner(partner), id, OpportunityOperation::Withdraw, NO).await.unwrap();
    assert_eq!(due(&world, id, "OPPORTUNITY_REVIEW").await, None);
    world.clock.set(at("2026-12-01T00:00:00Z"));
    deadline::work(&world.store).await.unwrap();
    assert_eq!(row(&world, id).await.state, S::Draft);
});
