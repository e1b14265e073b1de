//! Rounds and votes.

use domain::kernel::many::BulkPolicy;
use domain::money::payment::countersign::{Vote, vote};
use domain::money::payment::moves::{Moves, Seen, move_requests};
use entity::{CountersignVote, PaymentOperation};
use tests::on_both_databases;

use super::*;

const MARKET: (PaymentKind, PayoutWay) = (PaymentKind::Marketplace, PayoutWay::BankTransfer);

async fn moved(
    world: &World,
    context: &Context,
    id: PaymentRequestId,
    operation: PaymentOperation,
    reason: Option<&str>,
) -> Result<(), Error> {
    let seen = Seen { id, expected_version: load(world, id).await.version };
    let reason = reason.map(str::to_owned);
    let moves = Moves { operation, requests: vec![seen], reason, policy: BulkPolicy::AllOrNothing };
    move_requests(&world.store, context, None, moves).await.map(drop)
}

async fn voted(
    world: &World,
    subject: &str,
    id: PaymentRequestId,
    round: i32,
    how: CountersignVote,
) -> Result<PaymentState, Error> {
    let context = as_operator(subject, &[Role::OpportunityReviewer]);
    let reason = (how == CountersignVote::Reject).then(|| "too much".to_owned());
    vote(&world.store, &context, None, Vote { request_id: id, round, vote: how, reason }).await?;
    Ok(load(world, id).await.state)
}

fn operations() -> Context {
    as_operator("operations", &[Role::Operations])
}

on_both_databases!(all_must_agree_and_the_amount_decides_who, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 300).await;
    for (subject, from) in [("small", 0), ("large", 200), ("huge", 1_000)] {
        approver(&world, subject, from).await;
    }
    let (one, two) = (request(&world, owner, MARKET, 100).await, request(&world, owner, MARKET, 200).await);
    for id in [one, two] {
        moved(&world, &operations(), id, PaymentOperation::StartCountersign, None).await.unwrap();
    }
    let approve = CountersignVote::Approve;
    assert_eq!(voted(&world, "small", one, 1, approve).await.unwrap(), PaymentState::AwaitPayout);
    assert_eq!(voted(&world, "small", two, 1, approve).await.unwrap(), PaymentState::Countersigning);
    assert_eq!(code(voted(&world, "small", two, 1, approve).await), Code::NotAsked, "once in a round");
    assert_eq!(code(voted(&world, "huge", two, 1, approve).await), Code::NotAsked);
    assert_eq!(voted(&world, "large", two, 1, approve).await.unwrap(), PaymentState::AwaitPayout);
    world.verify().await;
});

on_both_databases!(one_refusal_ends_the_round_and_a_restart_keeps_old_votes, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 100).await;
    for subject in ["a", "b"] {
        approver(&world, subject, 0).await;
    }
    let id = request(&world, owner, MARKET, 100).await;
    moved(&world, &operations(), id, PaymentOperation::StartCountersign, None).await.unwrap();
    let reject = CountersignVote::Reject;
    let silent = Vote { request_id: id, round: 1, vote: reject, reason: Some(" ".into()) };
    let a = as_operator("a", &[Role::Finance]);
    assert_eq!(code(vote(&world.store, &a, None, silent).await), Code::ReasonRequired);
    assert_eq!(voted(&world, "a", id, 1, reject).await.unwrap(), PaymentState::CountersignRejected);
    assert_eq!(load(&world, id).await.reason.as_deref(), Some("too much"));
    assert_eq!(code(voted(&world, "b", id, 1, CountersignVote::Approve).await), Code::WrongState);

    let restart = PaymentOperation::RestartCountersign;
    assert_eq!(code(moved(&world, &operations(), id, restart, None).await), Code::ReasonRequired);
    moved(&world, &operations(), id, restart, Some("corrected")).await.unwrap();
    assert_eq!(load(&world, id).await.round, 2);
    assert_eq!(code(voted(&world, "a", id, 1, CountersignVote::Approve).await), Code::VersionConflict);
    for subject in ["a", "b"] {
        voted(&world, subject, id, 2, CountersignVote::Approve).await.unwrap();
    }
    assert_eq!(load(&world, id).await.state, PaymentState::AwaitPayout);
    let sql = "SELECT round, subject, vote FROM countersign_vote ORDER BY round, subject";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    let text = |row: &sea_orm::QueryResult| {
        let said: Option<String> = row.try_get_by_index(2).unwrap();
        let (round, who): (i32, String) =
            (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
        format!("{round} {who} {}", said.unwrap_or_default())
    };
    let votes: Vec<String> = rows.iter().map(text).collect();
    assert_eq!(votes, ["1 a REJECT", "1 b ", "2 a APPROVE", "2 b APPROVE"]);
});

on_both_databases!(nobody_agrees_to_what_he_made_or_started, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 100).await;
    let id = request(&world, owner, MARKET, 100).await;
    let start = PaymentOperation::StartCountersign;
    assert_eq!(code(moved(&world, &operations(), id, start, None).await), Code::NoApprover);
    // Whoever made the request, and whoever starts, are not asked.
    approver(&world, "system:test", 0).await;
    approver(&world, "operations", 0).await;
    assert_eq!(code(moved(&world, &operations(), id, start, None).await), Code::NoApprover);
    approver(&world, "third", 0).await;
    moved(&world, &operations(), id, start, None).await.unwrap();
    let approve = CountersignVote::Approve;
    assert_eq!(code(voted(&world, "operations", id, 1, approve).await), Code::NotAsked);
    assert_eq!(voted(&world, "third", id, 1, approve).await.unwrap(), PaymentState::AwaitPayout);
});

on_both_databases!(a_void_bill_was_not_earned_and_its_lines_are_free, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 100).await;
    approver(&world, "a", 0).await;
    let id = request(&world, owner, MARKET, 100).await;
    assert_eq!(held(&world, owner).await, ["EARNED -100", "IN_PAYOUT 100"]);
    moved(&world, &operations(), id, PaymentOperation::StartCountersign, None).await.unwrap();
    voted(&world, "a", id, 1, CountersignVote::Reject).await.unwrap();
    moved(&world, &operations(), id, PaymentOperation::VoidBill, Some("wrong month")).await.unwrap();
    assert_eq!(load(&world, id).await.state, PaymentState::Cancelled);
    assert_eq!(held(&world, owner).await, [""; 0]);
    let live = query(world.store.db(), "SELECT live FROM payment_request_item", []).await.unwrap();
    assert!(!live[0].try_get_by_index::<bool>(0).unwrap());
    world.verify().await;
});
