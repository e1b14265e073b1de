//! What customers have not paid is frozen, and released the day after they did; the correction that follows does not
//! bring it twice.

use domain::money::incentive::unfreeze::{note_paid, release_due};
use domain::performance::import::pay::{MarkPaid, mark_paid};
use domain::performance::recompute::recompute_all;
use entity::timestamp::DAY;

use super::*;

async fn pay(world: &World, invoice_no: &str) {
    let input = MarkPaid { provider: "Cloud".into(), invoice_no: invoice_no.into(), paid_at: None };
    mark_paid(&world.store, &world.context, None, input).await.unwrap();
    recompute_all(&world.store).await.unwrap();
}

/// What a worker does in a day.
async fn a_day_passes(world: &World) -> usize {
    note_paid(&world.store).await.unwrap();
    world.clock.advance(DAY);
    release_due(&world.store).await.unwrap()
}

/// September with 100 paid and 50 of each of two customers open.
async fn september(world: &World) -> PartnerId {
    let provider = set_up(world).await;
    let b = world.customer("B").await;
    associate(world, b, provider, AssociationMode::Resale).await;
    world.import(&bill(&[row("A", "100", "2026-09-10T00:00:00Z", "paid")])).await;
    let open = [row("A", "50", "2026-09-11T00:00:00Z", "a"), row("B", "50", "2026-09-11T00:00:00Z", "b")];
    world.import_as(&bill(&open), false).await;
    issued(world, "2026-09").await;
    assert_eq!(held(world, provider).await, ["EARNED -2000", "FROZEN 1000", "PAYABLE 1000"]);
    provider
}

on_both_databases!(
    a_frozen_part_is_released_the_day_after_its_customer_paid_and_not_paid_twice,
    |db| async move {
        let world = World::open(&db).await;
        let provider = september(&world).await;
        assert_eq!(a_day_passes(&world).await, 0, "nobody paid");
        pay(&world, "A/2026-09/USD").await;
        note_paid(&world.store).await.unwrap();
        assert_eq!(release_due(&world.store).await.unwrap(), 0, "not on the same day");
        assert_eq!(a_day_passes(&world).await, 1);
        assert_eq!(held(&world, provider).await, ["EARNED -2000", "FROZEN 500", "PAYABLE 1500"]);
        assert_eq!(open(&world).await, ["EARNED 1 1000", "RELEASED 1 500"]);
        world.verify().await;
        // The next bill corrects September by the same money: it is taken off.
        world.import(&bill(&[row("A", "10", "2026-10-10T00:00:00Z", "october")])).await;
        world.clock.set(at("2026-11-12T00:00:00Z"));
        issued(&world, "2026-10").await;
        assert_eq!(bill_of(&world, "2026-10").await.amount, 6 * UNIT, "5 of September and 1 of October");
        assert_eq!(open(&world).await, ["EARNED 1 1000", "RELEASED 1 500", "EARNED 1 100"]);
        assert_eq!(held(&world, provider).await, ["EARNED -2100", "FROZEN 500", "PAYABLE 1600"]);
        world.verify().await;
    }
);

on_both_databases!(what_a_bill_corrects_while_it_is_frozen_is_not_released_any_more, |db| async move {
    let world = World::open(&db).await;
    let provider = september(&world).await;
    pay(&world, "B/2026-09/USD").await;
    // Nobody looks for paid customers until the next bill is issued.
    world.clock.set(at("2026-11-12T00:00:00Z"));
    issued(&world, "2026-10").await;
    assert_eq!(held(&world, provider).await, ["EARNED -2000", "FROZEN 500", "PAYABLE 1500"]);
    assert_eq!(open(&world).await, ["EARNED 1 1000", "EARNED 2 500"]);
    assert_eq!(a_day_passes(&world).await, 0);
    world.verify().await;
});

on_both_databases!(what_went_to_another_partner_is_not_released, |db| async move {
    let world = World::open(&db).await;
    let provider = september(&world).await;
    let other = world.partner(PartnerKind::SolutionProvider, "Other").await;
    let sql = "SELECT a.id FROM association a JOIN customer c ON c.id = a.customer_id WHERE c.name = 'B'";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    let input = association::Correct {
        association_id: entity::AssociationId(rows[0].try_get_by_index(0).unwrap()),
        expected_version: 1,
        partner_id: Some(other),
        mode: None,
        valid_from: None,
        reason: "mistaken".into(),
    };
    association::correct(&world.store, &world.context, None, input).await.unwrap();
    recompute_all(&world.store).await.unwrap();
    assert_eq!(a_day_passes(&world).await, 0);
    assert_eq!(held(&world, provider).await, ["EARNED -1500", "FROZEN 500", "PAYABLE 1000"]);
    world.verify().await;
});
