//! Many requests at once.

use domain::kernel::many::{BULK_LIMIT, BulkPolicy, Outcome};
use domain::money::payment::moves::{Moves, Seen, move_requests};
use entity::PaymentOperation;
use tests::on_both_databases;

use super::*;

const BANK: (PaymentKind, PayoutWay) = (PaymentKind::Incentive, PayoutWay::BankTransfer);

async fn seen(world: &World, id: PaymentRequestId) -> Seen {
    Seen { id, expected_version: load(world, id).await.version }
}

fn submit(requests: Vec<Seen>, policy: BulkPolicy) -> Moves {
    Moves { operation: PaymentOperation::Submit, requests, reason: None, policy }
}

fn codes(outcomes: &[Outcome<PaymentRequestId>]) -> Vec<Option<Code>> {
    outcomes.iter().map(|o| o.refusals.first().map(|r| r.code)).collect()
}

on_both_databases!(all_or_nothing_moves_nothing_and_names_every_fault, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 300).await;
    let (a, b, c) = (
        request(&world, owner, BANK, 100).await,
        request(&world, owner, BANK, 100).await,
        request(&world, owner, BANK, 100).await,
    );
    put(&world, b, PaymentState::Paying).await;
    let stale = Seen { id: c, expected_version: 7 };
    let input = submit(vec![seen(&world, a).await, seen(&world, b).await, stale], BulkPolicy::AllOrNothing);
    let Err(Error::Refused(refusals)) = move_requests(&world.store, &as_partner(owner), None, input).await
    else {
        panic!("not refused")
    };
    let told: Vec<_> = refusals.iter().map(|r| (r.code, r.path.join("."))).collect();
    let expected = [
        (Code::WrongState, "requests.1.operation".to_owned()),
        (Code::VersionConflict, "requests.2.expectedVersion".to_owned()),
    ];
    assert_eq!(told, expected);
    assert_eq!(load(&world, a).await.state, PaymentState::PendingSubmit);
});

on_both_databases!(skip_failed_moves_the_others_once_and_says_why_not, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 200).await;
    let foreign = partner(&world, "Foreign", 100).await;
    let (a, b) = (request(&world, owner, BANK, 100).await, request(&world, owner, BANK, 100).await);
    let other = request(&world, foreign, BANK, 100).await;
    put(&world, b, PaymentState::Paying).await;
    let rows = vec![seen(&world, other).await, seen(&world, b).await, seen(&world, a).await];
    let input = submit(rows, BulkPolicy::SkipFailed);
    let context = as_partner(owner);
    let first = move_requests(&world.store, &context, Some("k"), input.clone()).await.unwrap();
    // Another's request does not exist for its caller.
    assert_eq!(codes(&first), [Some(Code::NotFound), Some(Code::WrongState), None]);
    assert_eq!(first.iter().map(|o| o.id).collect::<Vec<_>>(), [other, b, a], "in the order asked for");
    let again = move_requests(&world.store, &context, Some("k"), input).await.unwrap();
    assert_eq!(codes(&again), codes(&first));
    assert_eq!(load(&world, a).await.state, PaymentState::AwaitPayout);
    assert_eq!(load(&world, other).await.state, PaymentState::PendingSubmit);
    assert_eq!(held(&world, owner).await, ["EARNED -200", "IN_PAYOUT 200"]);
    world.verify().await;
});

on_both_databases!(a_bulk_has_a_limit_and_no_request_twice, |db| async move {
    let world = World::open(&db).await;
    let context = as_operator("finance", &[Role::Finance]);
    let rows = |n: usize| {
        (1..=i64::try_from(n).unwrap()).map(|id| Seen { id: PaymentRequestId(id), expected_version: 1 })
    };
    for (n, allowed) in [(0, false), (BULK_LIMIT, true), (BULK_LIMIT + 1, false)] {
        let input = submit(rows(n).collect(), BulkPolicy::SkipFailed);
        let answer = move_requests(&world.store, &context, None, input).await;
        if allowed {
            assert_eq!(answer.unwrap().len(), n);
        } else {
            assert_eq!(code(answer), Code::Invalid, "{n}");
        }
    }
    let twice = submit(rows(1).chain(rows(1)).collect(), BulkPolicy::SkipFailed);
    assert_eq!(code(move_requests(&world.store, &context, None, twice).await), Code::Invalid);
    let worker = Moves {
        operation: PaymentOperation::SettlePayment,
        ..submit(rows(1).collect(), BulkPolicy::SkipFailed)
    };
    assert_eq!(code(move_requests(&world.store, &context, None, worker).await), Code::NotAllowed);
});

on_both_databases!(one_source_is_held_by_one_live_request, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 100).await;
    let first = request(&world, owner, BANK, 100).await;
    let sql = "SELECT source_id FROM payment_request_item WHERE request_id = $1";
    let source: i64 =
        query(world.store.db(), sql, [first.0.into()]).await.unwrap()[0].try_get_by_index(0).unwrap();
    let again = || async {
        let tx = world.store.begin().await.unwrap();
        let new = NewRequest {
            partner_id: owner,
            kind: PaymentKind::Incentive,
            way: PayoutWay::TopUp,
            category: String::new(),
            month: month("2026-09"),
            currency: cny(),
            state: PaymentState::PendingSubmit,
            items: vec![Item { source: PaymentSource::Entitlement, id: source, amount: 100 * UNIT }],
        };
        let made = create(&tx, &world.store, &world.context, world.store.clock.now(), new).await;
        if made.is_ok() {
            tx.commit().await.unwrap();
        }
        made
    };
    assert_eq!(code(again().await), Code::AlreadyRequested);
    let withdraw = Moves {
        operation: PaymentOperation::Withdraw,
        ..submit(vec![seen(&world, first).await], BulkPolicy::AllOrNothing)
    };
    move_requests(&world.store, &as_partner(owner), None, withdraw).await.unwrap();
    again().await.unwrap();
});
