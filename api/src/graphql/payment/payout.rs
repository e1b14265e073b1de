//! Orders to the payout gateway, and the sandbox.

use async_graphql::{ID, InputObject};
use domain::money::payout::retry::retry;
use domain::money::payout::sandbox::{self, TellSandbox};
use domain::reading::{self, Key};
use entity::{PaymentRequestId, PayoutOrderId, payout_order};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{DateTimeFilter, IdFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::{PayoutOrderStateFilter, PayoutSandboxOutcome};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

impl Shown for payout_order::Model {
    const NAME: &'static str = "PayoutOrder";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "Something that is to happen at the payout gateway once, however often it is sent.",
        )
        .node(|order| order.id)
        .one("paymentRequest", "The payment request it is for.", |row| Some(row.request_id))
        .field("step", "The step that the gateway is asked for.", |row| Choice(row.step))
        .field("cycle", "The how-manieth try of the step, from 1.", |row| row.cycle)
        .text(
            "idempotencyKey",
            "The key under which the gateway knows it: the same in every attempt.",
            |row| &row.idempotency_key,
        )
        .field("state", "The state of the order.", |row| Choice(row.state))
        .field("attempts", "Attempts since the gateway last answered.", |row| row.attempts)
        .field("retryAt", "Not before then it is attempted next; null when it is over.", |order| {
            use entity::PayoutOrderState::{Pending, Sent};
            matches!(order.state, Pending | Sent).then_some(order.retry_at)
        })
        .field("sentAt", "Since when the gateway may have it; null if it was never sent.", |row| row.sent_at)
        .field(
            "answeredAt",
            "When the gateway answered last, or an attempt ended without an answer.",
            |row| row.answered_at,
        )
        .field("httpStatus", "The HTTP status of that answer.", |row| row.http_status)
        .maybe_text(
            "reasonCode",
            "A code of why it is in that state; null if there is nothing to say.",
            |row| row.reason_code.as_deref(),
        )
        .maybe_text("reason", "The reason of that state in words; null if there is nothing to say.", |row| {
            row.reason.as_deref()
        })
        .field("createdAt", "The instant at which it was made.", |row| row.created_at)
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.list("payoutOrders", "The orders to the payout gateway. Latest first.", |env| {
        reading::money::payout::list(env.scope)
    })
}

impl Paged for payout_order::Model {
    const PAGE: &'static str = "A page of orders to the payout gateway.";
    const EDGE: &'static str = "An order with its cursor.";
}

impl Listable for payout_order::Model {
    fn list() -> List {
        List {
            filter: Filter::new("PayoutOrderFilter", "Conditions on orders to the payout gateway.")
                .by("paymentRequest", "By payment request.", |f: &IdFilter| {
                    f.on::<PaymentRequestId>("request_id")
                })
                .by("state", "By state.", |f: &PayoutOrderStateFilter| f.on("state"))
                .by("retryAt", "By when it is attempted next.", |f: &DateTimeFilter| f.on("retry_at"))
                .by("createdAt", "By when it was made.", |f: &DateTimeFilter| f.on("created_at")),
            order: OrderBy::new(
                "payoutOrders",
                "PayoutOrderOrder",
                "The order of orders to the payout gateway.",
            )
            .by("CREATED_AT", "When it was made.", [Key::int("id")])
            .by("RETRY_AT", "When it is attempted next.", [Key::int("retry_at"), Key::int("id")])
            .descending(),
        }
    }
}

/// Which order to send now.
#[derive(InputObject)]
pub(crate) struct PayoutOrderRetryInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The order.
    id: ID,
}

impl Change for PayoutOrderRetryInput {
    type Gives = PayoutOrderId;
    const NAME: &'static str = "payoutOrderRetry";
    const DOC: &'static str =
        "Ends the wait of an order to the payout gateway: it is sent at the next tick, under the same key.";
    const INPUT: &'static str = "Which order.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("payoutOrder", "The order as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let id = checks.id("id", &self.id);
        checks.done()?;
        let key = Some(self.idempotency_key.as_str());
        retry(&env.store, &env.context(), key, id).await
    }
}

/// How the sandbox shall behave.
#[derive(InputObject)]
pub(crate) struct PayoutSandboxTellInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// Towards whom; everybody nothing else was said about if left out.
    partner_id: Option<ID>,
    /// How.
    outcome: PayoutSandboxOutcome,
}

impl Change for PayoutSandboxTellInput {
    type Gives = entity::PayoutSandboxOutcome;
    const NAME: &'static str = "payoutSandboxTell";
    const DOC: &'static str =
        "Tells the payout sandbox how to behave from now on; refused where payouts go to a gateway.";
    const INPUT: &'static str = "How it shall behave, and towards whom.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.field("outcome", "The way it behaves now; null if nothing changed.", |changed| {
            changed.done.map(Choice)
        })
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let partner_id = checks.optional_id("partnerId", self.partner_id.as_ref());
        checks.done()?;
        let told = TellSandbox { partner_id, outcome: self.outcome.0 };
        sandbox::tell(&env.store, &env.payouts, &env.context(), Some(&self.idempotency_key), told).await
    }
}

/// Adds the changes.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<PayoutOrderRetryInput>().change::<PayoutSandboxTellInput>()
}
