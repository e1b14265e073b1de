//! Every answer of a gateway at every step.

use std::time::Duration;

use tests::on_both_databases;

use super::gateway::{End, Mode, TestGateway, number_of};
use super::*;
use crate::payment::held;

/// What the first attempt leads to: state of the request, order as text.
fn expected(step: PayoutStep, mode: Mode) -> (PaymentState, String) {
    use PaymentState::{
        AwaitPayout, CompletedWithError, Paid, Paying, PaymentFailed, PayoutCreateFailed, PendingInvoice,
    };
    let waits = if step == PayoutStep::Pay { Paying } else { AwaitPayout };
    match (step, mode) {
        (PayoutStep::Create, Mode::Good) => (PendingInvoice, "DONE 1 -".into()),
        // What says 201 to an issue has issued it, whatever else it says.
        (PayoutStep::Issue, Mode::Good | Mode::Garbage) => (Paid, "DONE 1 -".into()),
        (PayoutStep::Pay, Mode::Good | Mode::Garbage) => (Paying, "SENT 0 -".into()),
        (PayoutStep::Create, Mode::Refuse(code)) => (PayoutCreateFailed, format!("FAILED 1 {code}")),
        (PayoutStep::Issue, Mode::Refuse(code)) => (CompletedWithError, format!("FAILED 1 {code}")),
        (PayoutStep::Pay, Mode::Refuse(code)) => (PaymentFailed, format!("FAILED 1 {code}")),
        _ => (waits, "PENDING 1 NO_ANSWER".into()),
    }
}

on_both_databases!(every_answer_at_every_step_leads_where_it_should_and_money_moves_once, |db| async move {
    let world = World::open(&db).await;
    let modes = [
        Mode::Good,
        Mode::Cut,
        Mode::BrokenAfter,
        Mode::Garbage,
        Mode::Refused,
        Mode::Says(302),
        Mode::Says(404),
        Mode::Says(408),
        Mode::Says(429),
        Mode::Says(500),
        Mode::Says(503),
        Mode::Refuse("ACCOUNT_CLOSED"),
    ];
    for step in PayoutStep::ALL {
        for mode in modes {
            let case = format!("{step} {mode:?}");
            let gateway = TestGateway::start().await;
            let payouts = gateway.of(&world.store);
            let (owner, id) = waiting(&world, &case, *step).await;
            gateway.will(&[mode]);
            let (state, order) = expected(*step, mode);
            assert_eq!(work(&payouts, &world, id).await, state, "{case}");
            assert_eq!(orders(&world, id).await, [format!("{step} 1 {order}")], "{case}");
            if let Mode::Refuse(code) = mode {
                // What the gateway said, without the account it named.
                let reason = load(&world, id).await.reason.unwrap();
                assert_eq!(reason, format!("{code}: not to ****2222"), "{case}");
                // What would be tried again by itself later is put away.
                put(&world, id, PaymentState::Cancelled).await;
                continue;
            }
            // In the end it is done, whatever came before.
            world.clock.advance(domain::money::payout::POLL_EVERY);
            let end =
                if *step == PayoutStep::Create { PaymentState::PendingInvoice } else { PaymentState::Paid };
            let ended = work(&payouts, &world, id).await == end || work_on(&payouts, &world, id).await == end;
            assert!(ended, "{case}");
            let moved = usize::from(*step != PayoutStep::Create);
            assert_eq!(gateway.moved_once(), moved, "{case}");
            let seen = gateway.kept().seen.clone();
            assert!(seen.iter().all(|(_, key)| *key == format!("{id}-{step}-1")), "{case}: {seen:?}");
            if *step == PayoutStep::Create {
                assert_eq!(load(&world, id).await.payout_no, Some(number_of(&format!("{id}-CREATE-1"))));
            } else {
                assert_eq!(held(&world, owner).await, ["EARNED -100", "PAID 100"], "{case}");
            }
        }
    }
    world.verify().await;
});

/// The next question, when it is due.
async fn work_on(payouts: &Gateway, world: &World, id: PaymentRequestId) -> PaymentState {
    world.clock.advance(domain::money::payout::POLL_EVERY);
    work(payouts, world, id).await
}

on_both_databases!(an_answer_that_comes_too_late_is_asked_for_under_the_same_key, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    let (_, id) = waiting(&world, "Owner", PayoutStep::Issue).await;
    gateway.will(&[Mode::Late]);
    let impatient = gateway.within(&world.store, Duration::from_millis(300));
    assert_eq!(work(&impatient, &world, id).await, PaymentState::AwaitPayout);
    assert_eq!(orders(&world, id).await, ["ISSUE 1 PENDING 1 NO_ANSWER"]);
    world.clock.advance(domain::money::payout::backoff(1));
    assert_eq!(work(&gateway.of(&world.store), &world, id).await, PaymentState::Paid);
    assert_eq!((gateway.moved_once(), gateway.kept().seen.len()), (1, 1));
});

on_both_databases!(a_payment_that_the_gateway_has_is_asked_for_until_it_ends, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    let payouts = gateway.of(&world.store);
    let (_, id) = waiting(&world, "Owner", PayoutStep::Pay).await;
    gateway.kept().end = End::Pending;
    for _ in 0..12 {
        assert_eq!(work(&payouts, &world, id).await, PaymentState::Paying);
        assert_eq!(orders(&world, id).await, ["PAY 1 SENT 0 -"]);
        world.clock.advance(domain::money::payout::POLL_EVERY);
    }
    let key = format!("{id}-PAY-1");
    gateway.kept().ends.insert(key, End::Failed);
    assert_eq!(work(&payouts, &world, id).await, PaymentState::PaymentFailed);
    assert_eq!(load(&world, id).await.reason.as_deref(), Some("FAILED: as asked"));
    let seen = gateway.kept().seen.len();
    assert_eq!((seen, events(&world, id, "PAYOUT_STALLED").await), (1, 0));
    world.verify().await;
});

on_both_databases!(an_order_says_what_is_to_be_paid_to_whom, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    let (owner, id) = waiting(&world, "Owner", PayoutStep::Pay).await;
    work(&gateway.of(&world.store), &world, id).await;
    let said = gateway.kept().last.clone();
    let wanted = serde_json::json!({
        "idempotencyKey": format!("{id}-PAY-1"), "requestId": id, "payoutNo": number(id),
        "partner": { "id": owner, "legalName": "Provider Ltd", "taxpayerNo": "91310000", "bankAccount": "6222000011112222" },
        "way": "BANK_TRANSFER", "amount": "100.00", "currency": "CNY", "month": "2026-09",
    });
    assert_eq!(said, wanted);
    // The account is in no row of ours but the one it belongs to.
    for sql in [
        "SELECT detail FROM audit_event",
        "SELECT detail FROM event",
        "SELECT COALESCE(reason, '') FROM payout_order",
    ] {
        for row in query(world.store.db(), sql, []).await.unwrap() {
            let text: String = row.try_get_by_index(0).unwrap();
            assert!(!text.contains("6222000011112222"), "{sql}: {text}");
        }
    }
});
