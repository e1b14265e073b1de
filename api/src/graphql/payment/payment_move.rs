//! Moving payment requests, and voting on them.

use async_graphql::{ID, InputObject};
use domain::kernel::many::Outcome;
use domain::money::payment::countersign::{self, Vote};
use domain::money::payment::moves::{self, Moves, Seen};
use entity::PaymentRequestId;

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::enums::{BulkMode, CountersignVote, PaymentOperation};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::user_error::{UserError, told};

/// What became of one request that was to move.
#[derive(Clone)]
pub(crate) struct PaymentRequestMoveResult {
    id: PaymentRequestId,
    errors: Vec<UserError>,
}

impl Shown for PaymentRequestMoveResult {
    const NAME: &'static str = "PaymentRequestMoveResult";

    fn object() -> Object<Self> {
        Object::<Self>::new("What became of one request.")
            .field("id", "The id that was sent.", |row| row.id)
            .one("paymentRequest", "The request as it is now; null if the caller sees none.", |row| {
                Some(row.id)
            })
            .user_errors("Why it did not move; empty if it did.", |row| &row.errors)
    }
}

/// A payment request, as you saw it.
#[derive(InputObject)]
pub(crate) struct PaymentRequestSeen {
    /// The request.
    id: ID,
    /// The version you saw.
    expected_version: i32,
}

/// Which requests to move, and how.
#[derive(InputObject)]
pub(crate) struct PaymentRequestMoveInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// What to do, the same for all.
    operation: PaymentOperation,
    /// The requests, at most 100.
    requests: Vec<PaymentRequestSeen>,
    /// Why; refusals and restarts need it.
    reason: Option<String>,
    /// What becomes of the others when one is refused.
    #[graphql(default_with = "Choice(domain::kernel::many::BulkPolicy::AllOrNothing)")]
    policy: BulkMode,
}

impl Change for PaymentRequestMoveInput {
    type Gives = Vec<PaymentRequestMoveResult>;
    const NAME: &'static str = "paymentRequestMove";
    const DOC: &'static str = "Moves payment requests from state to state. Which operations are possible, and for whom, each request says itself (allowedOperations).";
    const INPUT: &'static str = "Which requests, and how.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.objects(
            "results",
            "A row for each request, in the order sent; empty if nothing was tried.",
            |changed| changed.done.clone().unwrap_or_default(),
        )
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let seen = |(i, seen): (usize, &PaymentRequestSeen)| Seen {
            id: checks.id(&format!("requests.{i}.id"), &seen.id),
            expected_version: seen.expected_version,
        };
        let requests: Vec<Seen> = self.requests.iter().enumerate().map(seen).collect();
        let moves =
            Moves { operation: self.operation.0, requests, reason: self.reason, policy: self.policy.0 };
        checks.done()?;
        let key = Some(self.idempotency_key.as_str());
        let outcomes = moves::move_requests(&env.store, &env.context(), key, moves).await?;
        let result = |one: Outcome<PaymentRequestId>| {
            let sent = ID::from(one.id.to_string());
            PaymentRequestMoveResult { id: one.id, errors: told(env, &one.refusals, Some(&sent)) }
        };
        Ok(outcomes.into_iter().map(result).collect())
    }
}

/// Your vote on a payment request.
#[derive(InputObject)]
pub(crate) struct CountersignVoteInput {
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

impl Change for CountersignVoteInput {
    type Gives = PaymentRequestId;
    const NAME: &'static str = "countersignVote";
    const DOC: &'static str = "Agrees to a payment request or refuses it, as an approver who was asked.";
    const INPUT: &'static str = "Your vote.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("paymentRequest", "The request as it is now.", |changed| changed.done)
    }

    fn edited(&self) -> Option<&ID> {
        Some(&self.request_id)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let request_id = checks.id("requestId", &self.request_id);
        let vote = Vote { request_id, round: self.round, vote: self.vote.0, reason: self.reason };
        checks.done()?;
        let key = Some(self.idempotency_key.as_str());
        countersign::vote(&env.store, &env.context(), key, vote).await
    }
}

/// Adds the changes.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<PaymentRequestMoveInput>().change::<CountersignVoteInput>()
}
