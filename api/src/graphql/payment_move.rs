//! Moving payment requests, and voting on them.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use domain::kernel::many::{BulkPolicy, Outcome};
use domain::money::payment::countersign::{self, Vote};
use domain::money::payment::moves::{self, Moves, Seen};
use entity::PaymentRequestId;
use futures_util::future::try_join_all;

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::payment_enums::{CountersignVote, PaymentOperation};
use super::payment_request::PaymentRequest;
use super::user_error::{UserError, outcome, payload, refused};

/// What becomes of the others when one row is refused.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "BulkPolicy")]
pub enum BulkMode {
    /// Nothing changes.
    AllOrNothing,
    /// They change.
    SkipFailed,
}

/// A payment request, as you saw it.
#[derive(InputObject)]
pub struct PaymentRequestSeen {
    /// The request.
    id: ID,
    /// The version you saw.
    expected_version: i32,
}

/// Which requests to move, and how.
#[derive(InputObject)]
pub struct PaymentRequestMoveInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// What to do, the same for all.
    operation: PaymentOperation,
    /// The requests, at most 100.
    requests: Vec<PaymentRequestSeen>,
    /// Why; refusals and restarts need it.
    reason: Option<String>,
    /// What becomes of the others when one is refused.
    #[graphql(default_with = "BulkMode::AllOrNothing")]
    policy: BulkMode,
}

/// What became of one request.
#[derive(SimpleObject)]
pub struct PaymentRequestMoveResult {
    /// The id that was sent.
    id: ID,
    /// The request as it is now; null if the caller sees none.
    payment_request: Option<PaymentRequest>,
    /// Why it did not move; empty if it did.
    user_errors: Vec<UserError>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct PaymentRequestMovePayload {
    /// A row for each request, in the order sent; empty if nothing was tried.
    results: Vec<PaymentRequestMoveResult>,
    /// Why nothing moved; empty if some did.
    user_errors: Vec<UserError>,
}

/// Your vote on a payment request.
#[derive(InputObject)]
pub struct CountersignVoteInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The request.
    request_id: ID,
    /// The round you saw.
    round: i32,
    /// Agree or refuse.
    vote: CountersignVote,
    /// Why; needed to refuse.
    reason: Option<String>,
}

payload! {
    /// What came of it.
    CountersignVotePayload {
        /// The request as it is now.
        payment_request: PaymentRequest
    }
}

/// Changes of payment requests.
#[derive(Default)]
pub struct PaymentMoveMutation;

#[Object(guard = "root(\"Mutation\")")]
impl PaymentMoveMutation {
    /// Moves payment requests from state to state. Which operations are possible, and for whom, each request says
    /// itself (allowedOperations).
    async fn payment_request_move(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which requests, and how.")] input: PaymentRequestMoveInput,
    ) -> Result<PaymentRequestMovePayload> {
        let mut checks = Checks::default();
        let seen = |(i, seen): (usize, &PaymentRequestSeen)| Seen {
            id: checks.id(&format!("requests.{i}.id"), &seen.id),
            expected_version: seen.expected_version,
        };
        let requests: Vec<Seen> = input.requests.iter().enumerate().map(seen).collect();
        let moves = Moves {
            operation: input.operation.into(),
            requests,
            reason: input.reason,
            policy: input.policy.into(),
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                moves::move_requests(store(ctx)?, &write_context(ctx)?, key, moves).await
            }
        };
        let (outcomes, user_errors) = outcome(ctx, result, None).await?;
        // Together, so that the requests are read together.
        let results =
            try_join_all(outcomes.unwrap_or_default().into_iter().map(|one| moved(ctx, one))).await?;
        Ok(PaymentRequestMovePayload { results, user_errors })
    }

    /// Agrees to a payment request or refuses it, as an approver who was asked.
    async fn countersign_vote(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Your vote.")] input: CountersignVoteInput,
    ) -> Result<CountersignVotePayload> {
        let mut checks = Checks::default();
        let request_id = checks.id("requestId", &input.request_id);
        let vote = Vote { request_id, round: input.round, vote: input.vote.into(), reason: input.reason };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                countersign::vote(store(ctx)?, &write_context(ctx)?, key, vote).await
            }
        };
        CountersignVotePayload::of(ctx, result, Some(&input.request_id)).await
    }
}

/// The row of a request in a payload.
async fn moved(ctx: &Context<'_>, one: Outcome<PaymentRequestId>) -> Result<PaymentRequestMoveResult> {
    let id: ID = one.id.to_string().into();
    let payment_request = super::node::load::<PaymentRequestId, PaymentRequest>(ctx, one.id).await?;
    let user_errors = refused(ctx, &one.refusals, Some(&id)).await?;
    Ok(PaymentRequestMoveResult { id, payment_request, user_errors })
}
