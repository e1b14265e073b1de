//! What is not requested in time lapses; what is owed does not.

use domain::money::incentive::expire::expire_due;
use domain::money::payment::drive::load;
use domain::money::payment::moves::{Moves, Seen, move_requests};
use entity::{PaymentOperation, PaymentState};

use super::*;

on_both_databases!(a_positive_incentive_lapses_at_its_instant_unless_a_request_holds_it, |db| async move {
    let world = World::open(&db).await;
    let provider = set_up(&world).await;
    terms(&world, 0, 0, 2).await;
    world.import(&bill(&[row("A", "100", "2026-08-10T00:00:00Z", "x")])).await;
    world.import(&bill(&[row("A", "50", "2026-09-10T00:00:00Z", "y")])).await;
    issued(&world, "2026-08").await;
    ask(&world, provider, PayoutWay::TopUp).await.unwrap();
    issued(&world, "2026-09").await;
    let issued_at = world.store.clock.now();
    world.clock.set(at("2026-12-15T11:59:59Z"));
    assert_eq!(expire_due(&world.store).await.unwrap(), 0);
    world.clock.set(at("2026-12-15T12:00:00Z"));
    assert!(world.store.clock.now() > issued_at);
    assert_eq!(expire_due(&world.store).await.unwrap(), 1);
    assert_eq!(held(&world, provider).await, ["EARNED -1500", "IN_PAYOUT 1000", "LAPSED 500"]);
    assert_eq!(expire_due(&world.store).await.unwrap(), 0);
    assert_eq!(code(ask(&world, provider, PayoutWay::TopUp).await), Code::NothingToPay);
    world.verify().await;
});

on_both_databases!(a_request_that_was_never_submitted_keeps_nothing_from_lapsing, |db| async move {
    let world = World::open(&db).await;
    let provider = set_up(&world).await;
    terms(&world, 0, 0, 2).await;
    world.import(&bill(&[row("A", "100", "2026-08-10T00:00:00Z", "x")])).await;
    issued(&world, "2026-08").await;
    world.clock.set(at("2026-11-15T12:00:00Z"));
    world.import(&bill(&[row("A", "50", "2026-09-10T00:00:00Z", "y")])).await;
    issued(&world, "2026-09").await;
    let draft = || Request {
        partner_id: provider,
        currency: usd(),
        way: PayoutWay::TopUp,
        entitlements: None,
        submit: false,
    };
    let id = request(&world.store, &member_of(provider), None, draft()).await.unwrap();
    world.clock.set(at("2026-12-15T12:00:00Z"));
    // Nor can it be submitted any more, were the tick late.
    let late = Moves {
        requests: vec![Seen { id, expected_version: 1 }],
        operation: PaymentOperation::Submit,
        reason: None,
        policy: BulkPolicy::AllOrNothing,
    };
    let late = move_requests(&world.store, &member_of(provider), None, late).await;
    assert_eq!(code(late), Code::WrongState);
    assert_eq!(expire_due(&world.store).await.unwrap(), 1);
    assert_eq!(held(&world, provider).await, ["EARNED -1500", "LAPSED 1000", "PAYABLE 500"]);
    assert_eq!(load(&world.store, id).await.unwrap().state, PaymentState::Cancelled);
    // What else it held can be requested again.
    ask(&world, provider, PayoutWay::TopUp).await.unwrap();
    assert_eq!(held(&world, provider).await, ["EARNED -1500", "IN_PAYOUT 500", "LAPSED 1000"]);
    world.verify().await;
});

on_both_databases!(what_lapses_is_set_off_against_what_is_owed_and_the_rest_is_owed_on, |db| async move {
    let world = World::open(&db).await;
    let provider = set_up(&world).await;
    terms(&world, 0, 0, 1).await;
    world.import(&bill(&[row("A", "300", "2026-08-10T00:00:00Z", "x")])).await;
    issued(&world, "2026-08").await;
    ask(&world, provider, PayoutWay::TopUp).await.unwrap();
    world.import(&bill(&[row("A", "-300", "2026-08-10T00:00:00Z", "refund")])).await;
    issued(&world, "2026-09").await;
    world.import(&bill(&[row("A", "100", "2026-10-10T00:00:00Z", "y")])).await;
    world.clock.set(at("2026-11-12T00:00:00Z"));
    issued(&world, "2026-10").await;
    assert_eq!(
        held(&world, provider).await,
        ["CARRIED -3000", "EARNED -1000", "IN_PAYOUT 3000", "PAYABLE 1000"]
    );
    assert_eq!(code(ask(&world, provider, PayoutWay::TopUp).await), Code::NothingToPay);
    world.clock.set(at("2026-12-20T00:00:00Z"));
    assert_eq!(expire_due(&world.store).await.unwrap(), 1);
    assert_eq!(held(&world, provider).await, ["CARRIED -2000", "EARNED -1000", "IN_PAYOUT 3000"]);
    assert_eq!(open(&world).await, ["EARNED 1 3000", "OFFSET 1 -2000"]);
    world.clock.set(at("2040-01-01T00:00:00Z"));
    assert_eq!(expire_due(&world.store).await.unwrap(), 0, "what is owed does not lapse");
    world.verify().await;
});
