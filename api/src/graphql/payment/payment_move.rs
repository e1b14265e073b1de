//! Moving payment requests, and voting on them.

use async_graphql::{ID, InputObject};
use domain::money::payment::countersign::{self, Vote};
use domain::money::payment::moves::{self, Moves, Seen};
use entity::PaymentRequestId;

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::enums::{BulkPolicy, CountersignVote, PaymentOperation};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::many::{Became, Many, Seen as SeenOne, became};
use crate::graphql::schema::object::Object;

impl Many for PaymentRequestId {
    const LIST: &'static str = "requests";
    const RESULT: &'static str = "PaymentRequestMoveResult";
    const FIELD: &'static str = "paymentRequest";
}

/// Which requests to move, and how.
#[derive(InputObject)]
pub(crate) struct PaymentRequestMoveInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// What to do, the same for all.
    operation: PaymentOperation,
    /// The requests, at most 100.
    requests: Vec<SeenOne>,
    /// Why; refusals and restarts need it.
    reason: Option<String>,
    /// What becomes of the others when one is refused.
    #[graphql(default_with = "Choice(domain::kernel::many::BulkPolicy::AllOrNothing)")]
    policy: BulkPolicy,
}

impl Change for PaymentRequestMoveInput {
    type Gives = Vec<Became<PaymentRequestId>>;
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
        let seen = |(id, expected_version)| Seen { id, expected_version };
        let requests = checks.many(&self.requests, self.policy.0).into_iter().map(seen).collect();
        let moves =
            Moves { operation: self.operation.0, requests, reason: self.reason, policy: self.policy.0 };
        checks.done()?;
        let key = Some(self.idempotency_key.as_str());
        let outcomes = moves::move_requests(&env.store, &env.context(), key, moves).await?;
        Ok(became::<Self, _>(env, self.requests, outcomes))
    }
}

/// Your vote on a payment request.
#[derive(InputObject)]
pub(crate) struct CountersignVoteInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The request.
    id: ID,
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

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let request_id = checks.id("id", &self.id);
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
