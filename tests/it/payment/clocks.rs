//! The deadline that runs while a request is in a state.

use domain::kernel::many::BulkPolicy;
use domain::kernel::store::query;
use domain::money::payment::clocks::clock_of;
use domain::money::payment::countersign::{Vote, vote};
use domain::money::payment::moves::{Moves, Seen, move_requests};
use entity::{CountersignVote, DeadlineKind, PaymentOperation};
use tests::on_both_databases;

use super::*;

/// The kinds of open deadlines of a request, with their instants.
async fn open(world: &World, id: PaymentRequestId) -> Vec<(String, i64)> {
    let sql = "SELECT kind, due_at FROM deadline WHERE entity = $1 AND closed_at IS NULL";
    let rows = query(world.store.db(), sql, [id.to_string().into()]).await.unwrap();
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
}

async fn finance_moves(
    world: &World,
    context: &Context,
    id: PaymentRequestId,
    operation: PaymentOperation,
    reason: Option<&str>,
) {
    let seen = Seen { id, expected_version: load(world, id).await.version };
    let reason = reason.map(str::to_owned);
    let moves = Moves { operation, requests: vec![seen], reason, policy: BulkPolicy::AllOrNothing };
    move_requests(&world.store, context, None, moves).await.unwrap();
}

on_both_databases!(a_request_has_the_deadline_of_its_state, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 300).await;
    approver(&world, "small", 0).await;
    let (operations, finance) =
        (as_operator("operations", &[Role::Operations]), as_operator("finance", &[Role::Finance]));
    let bought = request(&world, owner, (PaymentKind::Marketplace, PayoutWay::BankTransfer), 100).await;
    let countersign = open(&world, bought).await;
    assert_eq!(countersign.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["COUNTERSIGN"]);
    world.clock.advance(entity::timestamp::DAY);
    finance_moves(&world, &operations, bought, PaymentOperation::StartCountersign, None).await;
    assert_eq!(open(&world, bought).await, countersign, "one clock for the whole countersign");
    let small = as_operator("small", &[Role::OpportunityReviewer]);
    let approve = Vote { request_id: bought, round: 1, vote: CountersignVote::Approve, reason: None };
    vote(&world.store, &small, None, approve).await.unwrap();
    assert_eq!(open(&world, bought).await, []);

    put(&world, bought, PaymentState::PaymentProcessing).await;
    finance_moves(&world, &finance, bought, PaymentOperation::ApprovePayment, None).await;
    assert_eq!(open(&world, bought).await[0].0, "PAYMENT");

    let earned = request(&world, owner, (PaymentKind::Incentive, PayoutWay::BankTransfer), 50).await;
    assert_eq!(open(&world, earned).await, [], "nothing is handed in");
    put(&world, earned, PaymentState::PaymentProcessing).await;
    finance_moves(&world, &finance, earned, PaymentOperation::ApprovePayment, None).await;
    assert_eq!(open(&world, earned).await[0].0, "PAYMENT_REVIEW", "the second review has its own");
    finance_moves(&world, &finance, earned, PaymentOperation::RejectPayout, Some("wrong")).await;
    assert_eq!(open(&world, earned).await, []);
});

#[test]
fn somebody_who_must_act_has_a_deadline() {
    for (state, kind) in [
        (PaymentState::AwaitCountersign, Some(DeadlineKind::Countersign)),
        (PaymentState::Countersigning, Some(DeadlineKind::Countersign)),
        (PaymentState::PendingInvoice, Some(DeadlineKind::InvoiceDue)),
        (PaymentState::InvoiceRejected, Some(DeadlineKind::InvoiceDue)),
        (PaymentState::InvoiceInReview, Some(DeadlineKind::InvoiceReview)),
        (PaymentState::PaymentProcessing, Some(DeadlineKind::PaymentReview)),
        (PaymentState::PaymentRechecking, Some(DeadlineKind::PaymentReview)),
        (PaymentState::Paying, Some(DeadlineKind::Payment)),
        (PaymentState::PendingSubmit, None),
        (PaymentState::AwaitPayout, None),
        (PaymentState::Paid, None),
        (PaymentState::Cancelled, None),
    ] {
        assert_eq!(clock_of(state), kind, "{state}");
    }
}
