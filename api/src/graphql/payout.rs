//! Orders to the payout gateway, and the sandbox.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use domain::money::payout::Gateway;
use domain::money::payout::retry::retry;
use domain::money::payout::sandbox::{self, TellSandbox};
use domain::reading::{self, Key};
use entity::{PaymentRequestId, payout_order};

use super::caller::{root, scope, store, write_context};
use super::checks::Checks;
use super::connection::{Found, Paging, connection};
use super::filter::{DateTimeFilter, IdFilter, PayoutOrderStateFilter, Wanted, filter, order};
use super::payment_request::PaymentRequest;
use super::scalars::DateTime;
use super::user_error::{UserError, outcome, payload};

/// What a gateway is asked to do.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PayoutStep")]
pub enum PayoutStep {
    /// Create the payout: the partner can invoice for it.
    Create,
    /// Issue coupons or a top-up at once, without an invoice.
    Issue,
    /// Pay what was created.
    Pay,
}

/// Where an order to the gateway stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PayoutOrderState")]
pub enum PayoutOrderState {
    /// To be sent, or sent without an answer.
    Pending,
    /// The gateway has it; the end is awaited.
    Sent,
    /// Done.
    Done,
    /// Refused: it did not happen.
    Failed,
    /// No answer for too long; the same order is taken up again by the next try.
    GivenUp,
}

/// How the sandbox behaves towards a partner.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PayoutSandboxOutcome")]
pub enum PayoutSandboxOutcome {
    /// Everything succeeds.
    Succeed,
    /// Payouts are refused.
    CreateRefused,
    /// No answer when a payout is to be created.
    CreateTimeout,
    /// Coupons and top-ups are not issued.
    IssueFailed,
    /// Payments are refused at once.
    PaymentRefused,
    /// Payments are taken and fail later, because of the bank data.
    InfoError,
    /// Payments succeed, but nobody is told: only asking finds out.
    LostCallback,
}

/// An order to the payout gateway.
#[derive(Clone)]
pub struct PayoutOrder(payout_order::Model);

impl From<payout_order::Model> for PayoutOrder {
    fn from(row: payout_order::Model) -> Self {
        Self(row)
    }
}

/// Something that is to happen at the payout gateway once, however often it is sent.
#[Object]
impl PayoutOrder {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The payment request it is for.
    async fn payment_request(&self, ctx: &Context<'_>) -> Option<Result<PaymentRequest>> {
        super::node::load(ctx, self.0.request_id).await.transpose()
    }

    /// What is asked.
    async fn step(&self) -> PayoutStep {
        self.0.step.into()
    }

    /// The how-manieth try of the step, from 1.
    async fn cycle(&self) -> i32 {
        self.0.cycle
    }

    /// The key under which the gateway knows it: the same in every attempt.
    async fn idempotency_key(&self) -> &str {
        &self.0.idempotency_key
    }

    /// Where it stands.
    async fn state(&self) -> PayoutOrderState {
        self.0.state.into()
    }

    /// Attempts since the gateway last answered.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// Not before then it is attempted next; null when it is over.
    async fn retry_at(&self) -> Option<DateTime> {
        use entity::PayoutOrderState::{Pending, Sent};
        matches!(self.0.state, Pending | Sent).then_some(DateTime(self.0.retry_at))
    }

    /// Since when the gateway may have it; null if it was never sent.
    async fn sent_at(&self) -> Option<DateTime> {
        self.0.sent_at.map(DateTime)
    }

    /// When the gateway answered last, or an attempt ended without an answer.
    async fn answered_at(&self) -> Option<DateTime> {
        self.0.answered_at.map(DateTime)
    }

    /// The HTTP status of that answer.
    async fn http_status(&self) -> Option<i32> {
        self.0.http_status
    }

    /// Why it stands there, as a code.
    async fn reason_code(&self) -> Option<&str> {
        self.0.reason_code.as_deref()
    }

    /// Why it stands there.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

connection! {
    /// A page of orders to the payout gateway.
    PayoutOrderConnection,
    /// An order with its cursor.
    PayoutOrderEdge, PayoutOrder, payout_order::Model
}

filter! {
    /// Which orders to the payout gateway.
    PayoutOrderFilter {
        /// By payment request.
        payment_request: IdFilter => |f| f.on::<PaymentRequestId>("request_id"),
        /// By state.
        state: PayoutOrderStateFilter => |f| f.on("state"),
        /// By when it is attempted next.
        retry_at: DateTimeFilter => |f| f.on("retry_at"),
        /// By when it was made.
        created_at: DateTimeFilter => |f| f.on("created_at"),
    }
}

order! {
    /// The order of orders to the payout gateway.
    PayoutOrderOrder,
    /// What orders to the payout gateway are ordered by.
    PayoutOrderOrderField of "payoutOrders" {
        /// When it was made.
        CreatedAt "CREATED_AT" => [Key::int("id")],
        /// When it is attempted next.
        RetryAt "RETRY_AT" => [Key::int("retry_at"), Key::int("id")],
    } default CreatedAt Desc
}

/// Queries about payouts.
#[derive(Default)]
pub struct PayoutQuery;

#[Object(guard = "root(\"Query\")")]
impl PayoutQuery {
    /// The orders to the payout gateway. Latest first.
    async fn payout_orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<PayoutOrderFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<PayoutOrderOrder>,
    ) -> Option<Result<PayoutOrderConnection>> {
        let list = async {
            let (list, paging) = (reading::payout::list(scope(ctx)?), Paging { first, after, last, before });
            Found::list(ctx, list, Wanted::of(filter), PayoutOrderOrder::of(order_by), paging).await
        };
        Some(list.await.map(PayoutOrderConnection))
    }
}

/// Which order to send now.
#[derive(InputObject)]
pub struct PayoutOrderRetryInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The order.
    order_id: ID,
}

payload! {
    /// What came of it.
    PayoutOrderRetryPayload {
        /// The order as it is now.
        payout_order: PayoutOrder
    }
}

/// How the sandbox shall behave.
#[derive(InputObject)]
pub struct PayoutSandboxTellInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// Towards whom; everybody nothing else was said about if left out.
    partner_id: Option<ID>,
    /// How.
    outcome: PayoutSandboxOutcome,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct PayoutSandboxTellPayload {
    /// How it behaves now.
    outcome: Option<PayoutSandboxOutcome>,
    /// Why nothing changed; empty on success.
    user_errors: Vec<UserError>,
}

/// Changes of payouts.
#[derive(Default)]
pub struct PayoutMutation;

#[Object(guard = "root(\"Mutation\")")]
impl PayoutMutation {
    /// Ends the wait of an order to the payout gateway: it is sent at the next tick, under the same key.
    async fn payout_order_retry(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order.")] input: PayoutOrderRetryInput,
    ) -> Result<PayoutOrderRetryPayload> {
        let mut checks = Checks::default();
        let id = checks.id("orderId", &input.order_id);
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                retry(store(ctx)?, &write_context(ctx)?, key, id).await
            }
        };
        PayoutOrderRetryPayload::of(ctx, result, None).await
    }

    /// Tells the payout sandbox how to behave from now on; refused where payouts go to a gateway.
    async fn payout_sandbox_tell(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it shall behave, and towards whom.")] input: PayoutSandboxTellInput,
    ) -> Result<PayoutSandboxTellPayload> {
        let mut checks = Checks::default();
        let partner_id = checks.optional_id("partnerId", input.partner_id.as_ref());
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                let told = TellSandbox { partner_id, outcome: input.outcome.into() };
                sandbox::tell(store(ctx)?, ctx.data::<Gateway>()?, &write_context(ctx)?, key, told).await
            }
        };
        let (outcome, user_errors) = outcome(ctx, result, None).await?;
        Ok(PayoutSandboxTellPayload { outcome: outcome.map(Into::into), user_errors })
    }
}
