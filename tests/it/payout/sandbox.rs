//! The sandbox: a programme without a gateway comes to PAID, and to every failure it is told.

use domain::money::payout::Gateway;
use domain::money::payout::POLL_EVERY;
use domain::money::payout::sandbox::{TellSandbox, tell};
use domain::{Code, Role};
use entity::PayoutSandboxOutcome as Outcome;
use tests::on_both_databases;
use tests::refused::code;

use super::*;
use crate::payment::{as_operator, held};

on_both_databases!(the_sandbox_creates_issues_and_pays_a_tick_later, |db| async move {
    let world = World::open(&db).await;
    let (_, create) = waiting(&world, "Create", PayoutStep::Create).await;
    let (issuer, issue) = waiting(&world, "Issue", PayoutStep::Issue).await;
    let (payee, pay) = waiting(&world, "Pay", PayoutStep::Pay).await;
    assert_eq!(work(&Gateway::Sandbox, &world, create).await, PaymentState::PendingInvoice);
    assert_eq!(load(&world, create).await.payout_no, Some(format!("SBX-{create}-CREATE-1")));
    assert_eq!(load(&world, issue).await.state, PaymentState::Paid);
    assert_eq!(load(&world, pay).await.state, PaymentState::Paying);
    assert_eq!(work(&Gateway::Sandbox, &world, pay).await, PaymentState::Paid);
    for partner in [issuer, payee] {
        assert_eq!(held(&world, partner).await, ["EARNED -100", "PAID 100"]);
    }
    // Nothing is left to be done.
    for id in [create, issue, pay] {
        let before = load(&world, id).await;
        work(&Gateway::Sandbox, &world, id).await;
        assert_eq!((load(&world, id).await, orders(&world, id).await.len()), (before, 1));
    }
    world.verify().await;
});

on_both_databases!(the_sandbox_fails_as_it_is_told, |db| async move {
    use PaymentState::{
        AwaitPayout, CompletedWithError, Paid, Paying, PaymentFailed, PayoutCreateFailed, PendingInvoice,
    };
    let world = World::open(&db).await;
    for (outcome, created, issued, paid) in [
        (Outcome::Succeed, PendingInvoice, Paid, Paid),
        (Outcome::CreateRefused, PayoutCreateFailed, Paid, Paid),
        (Outcome::CreateTimeout, AwaitPayout, Paid, Paid),
        (Outcome::IssueFailed, PendingInvoice, CompletedWithError, Paid),
        (Outcome::PaymentRefused, PendingInvoice, Paid, PaymentFailed),
        (Outcome::InfoError, PendingInvoice, Paid, PaymentFailed),
        (Outcome::LostCallback, PendingInvoice, Paid, Paying),
    ] {
        let mut found = Vec::new();
        for step in PayoutStep::ALL {
            let (partner_id, id) = waiting(&world, &format!("{outcome} {step}"), *step).await;
            let told = TellSandbox { partner_id: Some(partner_id), outcome };
            assert_eq!(
                tell(&world.store, &Gateway::Sandbox, &world.context, None, told).await.unwrap(),
                outcome
            );
            work(&Gateway::Sandbox, &world, id).await;
            found.push(work(&Gateway::Sandbox, &world, id).await);
            if outcome == Outcome::LostCallback && *step == PayoutStep::Pay {
                // Only asking finds out.
                world.clock.advance(POLL_EVERY);
                assert_eq!(work(&Gateway::Sandbox, &world, id).await, Paid);
            }
        }
        assert_eq!(found, [created, issued, paid], "{outcome}");
    }
    world.verify().await;
});

on_both_databases!(only_administrators_tell_the_sandbox_and_only_where_there_is_one, |db| async move {
    let world = World::open(&db).await;
    let told = TellSandbox { partner_id: None, outcome: Outcome::CreateRefused };
    let administrator = as_operator("administrator", &[Role::Administrator]);
    let operations = as_operator("operations", &[Role::Operations]);
    assert_eq!(
        code(tell(&world.store, &Gateway::None, &administrator, None, told.clone()).await),
        Code::NoSandbox
    );
    let refused = tell(&world.store, &Gateway::Sandbox, &operations, None, told.clone()).await;
    assert!(matches!(refused, Err(domain::Error::Forbidden)));
    tell(&world.store, &Gateway::Sandbox, &administrator, None, told).await.unwrap();
    // It holds for everybody nothing else was said about.
    let (_, id) = waiting(&world, "Anybody", PayoutStep::Create).await;
    assert_eq!(work(&Gateway::Sandbox, &world, id).await, PaymentState::PayoutCreateFailed);
});

on_both_databases!(without_a_gateway_orders_wait_and_say_so, |db| async move {
    let world = World::open(&db).await;
    let (_, id) = waiting(&world, "Owner", PayoutStep::Pay).await;
    assert_eq!(work(&Gateway::None, &world, id).await, PaymentState::Paying);
    assert_eq!(orders(&world, id).await, ["PAY 1 PENDING 0 NO_GATEWAY"]);
    work(&Gateway::Sandbox, &world, id).await;
    assert_eq!(work(&Gateway::Sandbox, &world, id).await, PaymentState::Paid);
});
