//! A gateway that does not answer: what is given up, what never is, and what is never sent twice.

use domain::kernel::machine::{Move, Turn, hold, step};
use domain::money::payment::machine::Requests;
use domain::money::payout::callback::receive;
use domain::money::payout::{ATTEMPTS_LIMIT, LEASE, backoff};
use entity::timestamp::HOUR;
use entity::{Certification, PaymentOperation, PayoutCallbackOutcome};
use serde_json::json;
use tests::on_both_databases;

use super::gateway::{End, Mode, TestGateway};
use super::*;
use tests::partner::certify;

on_both_databases!(
    a_creation_without_an_answer_is_given_up_after_eight_attempts_and_tried_again,
    |db| async move {
        let world = World::open(&db).await;
        let gateway = TestGateway::start().await;
        let payouts = gateway.of(&world.store);
        let (_, id) = waiting(&world, "Owner", PayoutStep::Create).await;
        // The first attempt is the one that reached it.
        gateway.will(&[[Mode::Cut].as_slice(), &[Mode::Says(500); 7]].concat());
        for attempt in 1..=ATTEMPTS_LIMIT {
            let last = attempt == ATTEMPTS_LIMIT;
            let state = if last { PaymentState::PayoutCreateFailed } else { PaymentState::AwaitPayout };
            assert_eq!(work(&payouts, &world, id).await, state, "{attempt}");
            // Not before its time.
            world.clock.advance(backoff(attempt) - 1);
            work(&payouts, &world, id).await;
            assert_eq!(gateway.kept().seen.len(), usize::try_from(attempt).unwrap());
            world.clock.advance(1);
        }
        assert_eq!(orders(&world, id).await, ["CREATE 1 GIVEN_UP 8 NO_ANSWER"]);
        assert_eq!(load(&world, id).await.reason.as_deref(), Some("NO_ANSWER: HTTP 500"));
        // An hour later the same order under the same key: the gateway has it only once.
        world.clock.advance(HOUR);
        assert_eq!(work(&payouts, &world, id).await, PaymentState::PendingInvoice);
        assert_eq!(orders(&world, id).await, ["CREATE 2 DONE 1 -"]);
        assert!(gateway.kept().seen.iter().all(|(_, key)| *key == format!("{id}-CREATE-1")));
    }
);

on_both_databases!(a_refused_creation_is_tried_five_times_and_then_by_people, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    let payouts = gateway.of(&world.store);
    let (_, id) = waiting(&world, "Owner", PayoutStep::Create).await;
    gateway.will(&[Mode::Refuse("LIMIT"); 5]);
    for cycle in 1..=8 {
        assert_eq!(work(&payouts, &world, id).await, PaymentState::PayoutCreateFailed);
        assert_eq!(orders(&world, id).await.len(), cycle.min(5));
        world.clock.advance(HOUR);
    }
    let tx = world.store.begin().await.unwrap();
    let request = hold::<Requests>(&tx, id).await.unwrap().unwrap();
    let operations = crate::payment::as_operator("operations", &[domain::Role::Operations]);
    let again = PaymentOperation::RetryPayoutCreation;
    let turn = Turn { tx: &tx, store: &world.store, context: &operations, now: world.store.clock.now() };
    step::<Requests>(turn, request, Move::plain(again)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(work(&payouts, &world, id).await, PaymentState::PendingInvoice);
    assert_eq!(orders(&world, id).await.last().unwrap(), "CREATE 6 DONE 1 -");
});

on_both_databases!(a_payment_without_an_answer_is_never_given_up_and_somebody_is_told, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    let payouts = gateway.of(&world.store);
    let (_, id) = waiting(&world, "Owner", PayoutStep::Pay).await;
    gateway.will(&[Mode::Refused; 20]);
    for attempt in 1..=20 {
        assert_eq!(work(&payouts, &world, id).await, PaymentState::Paying);
        assert_eq!(orders(&world, id).await, [format!("PAY 1 PENDING {attempt} NO_ANSWER")]);
        let told = usize::from(attempt >= ATTEMPTS_LIMIT);
        assert_eq!(events(&world, id, "PAYOUT_STALLED").await, told, "{attempt}");
        world.clock.advance(backoff(attempt));
    }
    work(&payouts, &world, id).await;
    world.clock.advance(HOUR);
    assert_eq!(work(&payouts, &world, id).await, PaymentState::Paid);
    assert_eq!(gateway.moved_once(), 1);
    world.verify().await;
});

on_both_databases!(without_certification_nothing_is_sent, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    let payouts = gateway.of(&world.store);
    let (owner, id) = waiting(&world, "Owner", PayoutStep::Create).await;
    certify(&world, owner, Certification::ChangeInReview).await;
    assert_eq!(work(&payouts, &world, id).await, PaymentState::PayoutCreateFailed);
    assert_eq!(load(&world, id).await.reason.as_deref(), Some("NOT_CERTIFIED: CHANGE_IN_REVIEW"));
    assert_eq!(gateway.kept().seen, []);
    certify(&world, owner, Certification::Certified).await;
    world.clock.advance(HOUR);
    assert_eq!(work(&payouts, &world, id).await, PaymentState::PendingInvoice);
    assert_eq!(orders(&world, id).await, ["CREATE 1 FAILED 0 NOT_CERTIFIED", "CREATE 2 DONE 1 -"]);
});

on_both_databases!(without_certification_nothing_is_issued_or_paid, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    let payouts = gateway.of(&world.store);
    for (step, refused) in [
        (PayoutStep::Issue, PaymentState::CompletedWithError),
        (PayoutStep::Pay, PaymentState::PaymentFailed),
    ] {
        let (owner, id) = waiting(&world, step.name(), step).await;
        certify(&world, owner, Certification::Locked).await;
        assert_eq!(work(&payouts, &world, id).await, refused);
        assert_eq!(load(&world, id).await.reason.as_deref(), Some("NOT_CERTIFIED: LOCKED"));
        assert_eq!(orders(&world, id).await, [format!("{step} 1 FAILED 0 NOT_CERTIFIED")]);
        assert!(gateway.kept().seen.is_empty(), "{step}");
    }
    world.verify().await;
});

on_both_databases!(a_payment_that_was_sent_ends_whatever_became_of_the_certification, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    let payouts = gateway.of(&world.store);
    let (owner, id) = waiting(&world, "Owner", PayoutStep::Pay).await;
    gateway.will(&[Mode::Cut]);
    assert_eq!(work(&payouts, &world, id).await, PaymentState::Paying);
    certify(&world, owner, Certification::Locked).await;
    world.clock.advance(backoff(1));
    assert_eq!(work(&payouts, &world, id).await, PaymentState::Paid);
    assert_eq!(gateway.moved_once(), 1);
});

on_both_databases!(a_payout_whose_partner_lost_its_certification_meanwhile_waits, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    let payouts = gateway.of(&world.store);
    let (owner, id) = waiting(&world, "Owner", PayoutStep::Create).await;
    gateway.will(&[Mode::Cut]);
    work(&payouts, &world, id).await;
    certify(&world, owner, Certification::Locked).await;
    world.clock.advance(backoff(1));
    // The gateway has it: it is not failed, and not created a second time.
    assert_eq!(work(&payouts, &world, id).await, PaymentState::AwaitPayout);
    assert_eq!(orders(&world, id).await, ["CREATE 1 PENDING 2 NOT_CERTIFIED"]);
    certify(&world, owner, Certification::Certified).await;
    world.clock.advance(backoff(2));
    assert_eq!(work(&payouts, &world, id).await, PaymentState::PendingInvoice);
});

on_both_databases!(a_payment_that_was_called_failed_and_was_paid_is_not_paid_again, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    let payouts = gateway.of(&world.store);
    let (_, id) = waiting(&world, "Owner", PayoutStep::Pay).await;
    work(&payouts, &world, id).await;
    let failed = json!({ "eventId": "1", "idempotencyKey": format!("{id}-PAY-1"), "state": "FAILED", "reason": "bounced" });
    assert_eq!(receive(&world.store, &failed.to_string()).await.unwrap(), PayoutCallbackOutcome::Applied);
    assert_eq!(load(&world, id).await.reason.as_deref(), Some("FAILED: bounced"));
    let tx = world.store.begin().await.unwrap();
    let request = hold::<Requests>(&tx, id).await.unwrap().unwrap();
    let finance = crate::payment::as_operator("finance", &[domain::Role::Finance]);
    let again = PaymentOperation::RetryPayment;
    let turn = Turn { tx: &tx, store: &world.store, context: &finance, now: world.store.clock.now() };
    step::<Requests>(turn, request, Move::plain(again)).await.unwrap();
    tx.commit().await.unwrap();
    // Before the second order leaves, the first is asked for: it was paid after all.
    assert_eq!(work(&payouts, &world, id).await, PaymentState::Paid);
    assert_eq!(gateway.moved_once(), 1);
    assert_eq!(orders(&world, id).await, ["PAY 1 FAILED 0 FAILED", "PAY 2 DONE 1 -"]);
});

on_both_databases!(a_payment_that_failed_is_paid_under_a_new_key, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    let payouts = gateway.of(&world.store);
    let (_, id) = waiting(&world, "Owner", PayoutStep::Pay).await;
    gateway.will(&[Mode::Refuse("ACCOUNT_CLOSED")]);
    assert_eq!(work(&payouts, &world, id).await, PaymentState::PaymentFailed);
    gateway.kept().end = End::Paid;
    let tx = world.store.begin().await.unwrap();
    let request = hold::<Requests>(&tx, id).await.unwrap().unwrap();
    let finance = crate::payment::as_operator("finance", &[domain::Role::Finance]);
    let again = PaymentOperation::RetryPayment;
    let turn = Turn { tx: &tx, store: &world.store, context: &finance, now: world.store.clock.now() };
    step::<Requests>(turn, request, Move::plain(again)).await.unwrap();
    tx.commit().await.unwrap();
    work(&payouts, &world, id).await;
    world.clock.advance(domain::money::payout::POLL_EVERY);
    assert_eq!(work(&payouts, &world, id).await, PaymentState::Paid);
    assert_eq!(gateway.kept().seen.last().unwrap().1, format!("{id}-PAY-2"));
});

on_both_databases!(two_workers_send_an_order_once_and_a_dead_ones_is_taken_over, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    let payouts = gateway.of(&world.store);
    let mut ids = Vec::new();
    for n in 0..6 {
        ids.push(waiting(&world, &format!("Owner {n}"), PayoutStep::Issue).await.1);
    }
    let all = futures_util::future::join_all((0..4).map(|_| round(&world.store, &payouts))).await;
    all.into_iter().for_each(|done| done.unwrap());
    round(&world.store, &payouts).await.unwrap();
    assert_eq!(gateway.moved_once(), 6);
    assert_eq!(gateway.kept().seen.len(), 6);
    // A process that died with an order in hand: after its lease it is asked for, then sent.
    let (_, id) = waiting(&world, "Dead", PayoutStep::Issue).await;
    round(&world.store, &Gateway::None).await.unwrap();
    let held = world.store.clock.now().plus(LEASE);
    let sql = "UPDATE payout_order SET attempts = 1, generation = 1, sent_at = $1, lease_until = $2 WHERE request_id = $3";
    let values = [world.store.clock.now().0.into(), held.0.into(), id.0.into()];
    exec(world.store.db(), sql, values).await.unwrap();
    assert_eq!(work(&payouts, &world, id).await, PaymentState::AwaitPayout);
    world.clock.advance(LEASE);
    assert_eq!(work(&payouts, &world, id).await, PaymentState::Paid);
    assert_eq!(gateway.moved_once(), 7);
});
