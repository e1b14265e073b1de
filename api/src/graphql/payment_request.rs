//! Payment requests: lists, and one with everything about it.

use async_graphql::{Context, ID, Object, Result};
use domain::money::payment::{labels, machine};
use domain::reading::{self, Key};
use entity::{PartnerId, PaymentRequestId, payment_request};

use super::caller::{caller, lang, loaders, root, scope};
use super::connection::{Found, Paging, connection};
use super::errors::OrFail;
use super::filter::{
    AmountFilter, CurrencyFilter, DateTimeFilter, IdFilter, MonthFilter, PaymentKindFilter,
    PaymentStateFilter, PayoutWayFilter, Wanted, filter, order,
};
use super::loaders::{InvoicesOf, ItemsOf, OrdersOf, VotesOf};
use super::money::Money;
use super::partner::Partner;
use super::partner_invoice::PartnerInvoice;
use super::payment_enums::{PaymentKind, PaymentState, PayoutWay};
use super::payment_trail::{
    CountersignVoice, PaymentRequestItem, PaymentStage, PaymentTransitionConnection, PossibleOperation,
};
use super::payout::PayoutOrder;
use super::scalars::{DateTime, Month};

/// A payment request.
#[derive(Clone)]
pub struct PaymentRequest(pub(crate) payment_request::Model);

impl From<payment_request::Model> for PaymentRequest {
    fn from(row: payment_request::Model) -> Self {
        Self(row)
    }
}

impl PaymentRequest {
    /// As what the caller reads it.
    fn reader(&self, ctx: &Context<'_>) -> Result<entity::PaymentActor> {
        let roles = machine::roles(&caller(ctx)?.actor, self.0.partner_id);
        Ok(roles.into_iter().next().unwrap_or(entity::PaymentActor::Partner))
    }
}

/// A request to pay a partner: marketplace revenue or incentives, from the bill to the money.
#[Object]
impl PaymentRequest {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Who is paid.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id).await.transpose()
    }

    /// What is paid.
    async fn kind(&self) -> PaymentKind {
        self.0.kind.into()
    }

    /// How it is paid.
    async fn way(&self) -> PayoutWay {
        self.0.way.into()
    }

    /// Category of the bill, which decides who countersigns; empty for incentives.
    async fn category(&self) -> &str {
        &self.0.category
    }

    /// The latest month it pays.
    async fn month(&self) -> Month {
        Month(self.0.month)
    }

    /// What is paid: the sum of its items.
    async fn amount(&self) -> Money {
        Money::of(self.0.amount, self.0.currency)
    }

    /// Where it stands.
    async fn state(&self) -> PaymentState {
        self.0.state.into()
    }

    /// The stage of that state.
    async fn stage(&self) -> PaymentStage {
        machine::stage(self.0.state).into()
    }

    /// The state as people read it, in the request's language.
    async fn label(&self, ctx: &Context<'_>) -> &'static str {
        labels::label(self.0.kind, self.0.state, lang(ctx))
    }

    /// What the reader can do, or waits for, in the request's language.
    async fn hint(&self, ctx: &Context<'_>) -> Result<&'static str> {
        Ok(labels::hint(self.0.kind, self.0.state, self.reader(ctx)?, lang(ctx)))
    }

    /// Since when it stands there.
    async fn state_since(&self) -> DateTime {
        DateTime(self.0.state_since)
    }

    /// Why it stands there, of a refusal or failure.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The round of countersigning; 0 before the first.
    async fn round(&self) -> i32 {
        self.0.round
    }

    /// The number of its payout at the gateway.
    async fn payout_no(&self) -> Option<&str> {
        self.0.payout_no.as_deref()
    }

    /// Whether the partner has to invoice before it is paid.
    async fn needs_invoice(&self) -> bool {
        machine::needs_invoice(self.0.way)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Grows with every change; the expectedVersion of the next one.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What can be done from where it stands, by whom, and whether by the caller.
    async fn allowed_operations(&self, ctx: &Context<'_>) -> Result<Vec<PossibleOperation>> {
        let actor = &caller(ctx)?.actor;
        let possible = machine::from(self.0.kind, self.0.way, self.0.state);
        Ok(possible.map(|t| PossibleOperation::of(t, actor, self.0.partner_id)).collect())
    }

    /// What it is made of.
    async fn items(&self, ctx: &Context<'_>) -> Option<Result<Vec<PaymentRequestItem>>> {
        let items = async {
            let rows = loaders(ctx)?.load_one(ItemsOf(self.0.id)).await.or_fail(ctx)?.unwrap_or_default();
            let currency = self.0.currency;
            Ok(rows.into_iter().map(|row| PaymentRequestItem { row, currency }).collect())
        };
        Some(items.await)
    }

    /// The partner's invoices for it, also those that were refused or taken back.
    async fn invoices(&self, ctx: &Context<'_>) -> Option<Result<Vec<PartnerInvoice>>> {
        let invoices = async {
            let rows = loaders(ctx)?.load_one(InvoicesOf(self.0.id)).await.or_fail(ctx)?.unwrap_or_default();
            Ok(rows.into_iter().map(PartnerInvoice::from).collect())
        };
        Some(invoices.await)
    }

    /// Its invoice list as a page to print, for whoever sees the request: fetch it with your bearer token.
    async fn invoice_list_url(&self) -> Option<String> {
        machine::needs_invoice(self.0.way).then(|| format!("/payment-requests/{}/invoice-list", self.0.id))
    }

    /// The votes of all rounds; null for whoever may not see them.
    async fn votes(&self, ctx: &Context<'_>) -> Option<Result<Vec<CountersignVoice>>> {
        if !caller(ctx).ok()?.actor.sees_all() {
            return None;
        }
        let votes = async {
            let rows = loaders(ctx)?.load_one(VotesOf(self.0.id)).await.or_fail(ctx)?.unwrap_or_default();
            Ok(rows.into_iter().map(CountersignVoice::from).collect())
        };
        Some(votes.await)
    }

    /// Its orders to the payout gateway, oldest first; null for whoever may not see them.
    async fn payout_orders(&self, ctx: &Context<'_>) -> Option<Result<Vec<PayoutOrder>>> {
        if !caller(ctx).ok()?.actor.sees_all() {
            return None;
        }
        let orders = async {
            let rows = loaders(ctx)?.load_one(OrdersOf(self.0.id)).await.or_fail(ctx)?.unwrap_or_default();
            Ok(rows.into_iter().map(PayoutOrder::from).collect())
        };
        Some(orders.await)
    }

    /// Everything that happened to it, oldest first.
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<PaymentTransitionConnection>> {
        let below = async {
            let keys = vec![Key::int("seq")];
            let order = reading::Order { name: "paymentTimeline".into(), keys, descending: false };
            let (list, at) =
                (reading::payment_request::transitions(scope(ctx)?), ("request_id", self.0.id.0));
            let paging = Paging { first, after, last, before };
            Found::below(ctx, at, list, Ok(reading::Predicate::always()), order, paging).await
        };
        Some(below.await.map(PaymentTransitionConnection))
    }
}

connection! {
    /// A page of payment requests.
    PaymentRequestConnection,
    /// A payment request with its cursor.
    PaymentRequestEdge, PaymentRequest, payment_request::Model
}

filter! {
    /// Which payment requests.
    PaymentRequestFilter {
        /// By partner.
        partner: IdFilter => |f| f.on::<PartnerId>("partner_id"),
        /// By what is paid.
        kind: PaymentKindFilter => |f| f.on("kind"),
        /// By way of payment.
        way: PayoutWayFilter => |f| f.on("way"),
        /// By state.
        state: PaymentStateFilter => |f| f.on("state"),
        /// By the latest month paid.
        month: MonthFilter => |f| f.on("month"),
        /// By currency.
        currency: CurrencyFilter => |f| f.on("currency"),
        /// By amount.
        amount: AmountFilter => |f| f.on("amount"),
        /// By the instant since which it stands where it stands: its age in the state.
        state_since: DateTimeFilter => |f| f.on("state_since"),
        /// By when it was made.
        created_at: DateTimeFilter => |f| f.on("created_at"),
    }
}

order! {
    /// The order of payment requests.
    PaymentRequestOrder,
    /// What payment requests are ordered by.
    PaymentRequestOrderField of "paymentRequests" {
        /// When it was made.
        CreatedAt "CREATED_AT" => [Key::int("id")],
        /// Since when it stands where it stands.
        StateSince "STATE_SINCE" => [Key::int("state_since"), Key::int("id")],
        /// What is paid.
        Amount "AMOUNT" => [Key::int("amount"), Key::int("id")],
        /// The latest month paid.
        Month "MONTH" => [Key::int("month"), Key::int("id")],
    } default CreatedAt Desc
}

/// Queries about payment requests.
#[derive(Default)]
pub struct PaymentRequestQuery;

#[Object(guard = "root(\"Query\")")]
impl PaymentRequestQuery {
    /// A payment request by id; null if the caller sees none.
    async fn payment_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request's id.")] id: ID,
    ) -> Option<Result<PaymentRequest>> {
        let id: PaymentRequestId = id.parse().ok()?;
        super::node::load(ctx, id).await.transpose()
    }

    /// The payment requests the caller sees: a partner its own. Latest first.
    async fn payment_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<PaymentRequestFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<PaymentRequestOrder>,
        #[graphql(desc = "Only requests that wait for the caller's vote.", default)] awaiting_my_vote: bool,
    ) -> Option<Result<PaymentRequestConnection>> {
        let list = async {
            let mut list = reading::payment_request::list(scope(ctx)?);
            if awaiting_my_vote {
                list = list.only(reading::payment_request::awaiting_vote(&caller(ctx)?.actor.subject));
            }
            let paging = Paging { first, after, last, before };
            Found::list(ctx, list, Wanted::of(filter), PaymentRequestOrder::of(order_by), paging).await
        };
        Some(list.await.map(PaymentRequestConnection))
    }
}
