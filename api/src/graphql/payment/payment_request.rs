//! Payment requests: lists, and one with everything about it.

use super::payment_trail::{PaymentRequestItem, PossibleOperation};
use domain::kernel::machine::{Machine, from};
use domain::money::payment::machine::Requests;
use domain::money::payment::{labels, machine};
use domain::reading::Order;
use domain::reading::money::payment_sum::in_stages;
use domain::reading::{self, Key};
use entity::{PartnerId, PaymentRequestId, payment_request};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{
    AmountFilter, CurrencyFilter, DateTimeFilter, IdFilter, MonthFilter, StringFilter,
};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::{
    PaymentKindFilter, PaymentStageFilter, PaymentStateFilter, PayoutWayFilter,
};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{Asked, List, Listable, Queries, page};
use crate::graphql::schema::loaders::{DeadlinesOf, InvoicesOf, ItemsOf, OrdersOf, VotesOf};
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

impl Shown for payment_request::Model {
    const NAME: &'static str = "PaymentRequest";

    fn object() -> Object<Self> {
        Object::<Self>::new("A request to pay a partner: marketplace revenue or incentives, from the bill to the money.")
            .node(|row| row.id)
            .one("partner", "The partner that is paid.", |row| Some(row.partner_id))
            .field("kind", "The kind of payment.", |row| Choice(row.kind))
            .field("way", "The way of payment.", |row| Choice(row.way))
            .text("category", "Category of the bill, which decides who countersigns; empty for incentives.", |row| &row.category)
            .field("month", "The latest month it pays.", |row| row.month)
            .object("amount", "The amount that is paid: the sum of its items.", |row| Money::of(row.amount, row.currency))
            .field("state", "The state of the request.", |row| Choice(row.state))
            .field("stage", "The stage of that state.", |row| Choice(machine::stage(row.state)))
.said("label", "The state as people read it, in the request's language.", |row, env| labels::label(row.kind, row.state, env.lang()))
.said("hint", "The thing that the reader can do or waits for, in the request's language.", |request, env| labels::hint(request.kind, request.state, reader(request, env), env.lang()))
            .field("stateSince", "Since when it stands there.", |row| row.state_since)
            .maybe_text("reason", "The reason of a refusal or failure in that state; null otherwise.", |row| row.reason.as_deref())
            .field("round", "The round of countersigning; 0 before the first.", |row| row.round)
            .maybe_text("payoutNo", "The number of its payout at the gateway.", |row| row.payout_no.as_deref())
            .field("needsInvoice", "Whether the partner has to invoice before it is paid.", |row| machine::needs_invoice(row.way))
            .field("createdAt", "The instant at which it was made.", |row| row.created_at)
            .field("version", "Grows with every change; the expectedVersion of the next one.", |row| row.version)
.said_objects(
                "allowedOperations",
                "What can be done from where it stands, by whom, and whether by the caller.",
                |request, env| {
                    let possible = from::<Requests>((request.kind, request.way), request.state);
                    possible.map(|t| PossibleOperation::of(t, &env.caller.actor, request.partner_id)).collect()
                },
            )
            .lists("items", "The parts that it is made of.", |env, requests, _| Box::pin(items(env, requests)))
            .many("invoices", "The partner's invoices for it, also those that were refused or taken back.", |row| InvoicesOf(row.id))
            .field("invoiceListUrl", "Its invoice list as a page to print, for whoever sees the request: fetch it with your bearer token.", |row| machine::needs_invoice(row.way).then(|| format!("/payment-requests/{}/invoice-list", row.id)))
            .many_if("votes", "The votes of all rounds; null for whoever may not see them.", |request, env| env.caller.actor.sees_all().then_some(VotesOf(request.id)))
            .many_if("payoutOrders", "Its orders to the payout gateway, oldest first; null for whoever may not see them.", |request, env| env.allows("Query.payoutOrders").then_some(OrdersOf(request.id)))
            .many("deadlines", "The deadlines about it, open and closed, the next one due first.", |row| DeadlinesOf(row.id.to_string()))
            .below_in_order("timeline", "Everything that happened to it, oldest first.", ("request_id", |request| request.id.0), |env| reading::money::payment_request::transitions(env.scope), || Order { name: "paymentTimeline".into(), keys: vec![Key::int("seq")], descending: false })
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.find::<PaymentRequestId, _>(
        "paymentRequest",
        "A payment request by id; null if the caller sees none.",
        "The request's id.",
    )
    .pages(
        "paymentRequests",
        "The payment requests the caller sees: a partner its own. Latest first.",
        |env, _, args| {
            Box::pin(async move {
                let mut listing = reading::money::payment_request::list(env.scope);
                if args.get("awaitingMyVote")? {
                    listing = listing
                        .only(reading::money::payment_request::awaiting_vote(&env.caller.actor.subject));
                }
                if args.get("awaitingMe")? {
                    listing = listing.only(reading::money::payment_request::awaiting(&env.caller.actor));
                }
                Ok(vec![page(env, listing, Asked::of::<payment_request::Model>(args)?).await?])
            })
        },
    )
    .asked::<payment_request::Model>()
    .arg_or("awaitingMe", "Only requests that people like the caller, or its vote, can bring on.", &false)
    .arg_or("awaitingMyVote", "Only requests that wait for the caller's vote.", &false)
}

impl Paged for payment_request::Model {
    const PAGE: &'static str = "A page of payment requests.";
    const EDGE: &'static str = "A payment request with its cursor.";
}

impl Listable for payment_request::Model {
    fn list() -> List {
        List {
            filter: Filter::new("PaymentRequestFilter", "Conditions on payment requests.")
                .by("partner", "By partner.", |f: &IdFilter| f.on::<PartnerId>("partner_id"))
                .by("kind", "By what is paid.", |f: &PaymentKindFilter| f.on("kind"))
                .by("way", "By way of payment.", |f: &PayoutWayFilter| f.on("way"))
                .by("state", "By state.", |f: &PaymentStateFilter| f.on("state"))
                .by("stage", "By the stage of the state.", |f: &PaymentStageFilter| f.chosen(in_stages))
                .by("payoutNo", "By the number of its payout at the gateway.", |f: &StringFilter| {
                    f.on("payout_no")
                })
                .by("month", "By the latest month paid.", |f: &MonthFilter| f.on("month"))
                .by("currency", "By currency.", |f: &CurrencyFilter| f.on("currency"))
                .by("amount", "By amount.", |f: &AmountFilter| f.on("amount"))
                .by(
                    "stateSince",
                    "By the instant since which it stands where it stands: its age in the state.",
                    |f: &DateTimeFilter| f.on("state_since"),
                )
                .by("createdAt", "By when it was made.", |f: &DateTimeFilter| f.on("created_at")),
            order: OrderBy::new("paymentRequests", "PaymentRequestOrder", "The order of payment requests.")
                .by("CREATED_AT", "When it was made.", [Key::int("id")])
                .by(
                    "STATE_SINCE",
                    "Since when it stands where it stands.",
                    [Key::int("state_since"), Key::int("id")],
                )
                .by("AMOUNT", "The amount that is paid.", [Key::int("amount"), Key::int("id")])
                .by("MONTH", "The latest month paid.", [Key::int("month"), Key::int("id")])
                .descending(),
        }
    }
}

/// As what the caller reads a request.
fn reader(request: &payment_request::Model, env: &Env) -> entity::PaymentActor {
    let roles = Requests::parties(&env.caller.actor, Some(request.partner_id));
    roles.into_iter().next().unwrap_or(entity::PaymentActor::Partner)
}

async fn items(env: &Env, requests: &[payment_request::Model]) -> Outcome<Vec<Vec<PaymentRequestItem>>> {
    let mut found = env.load(requests.iter().map(|request| ItemsOf(request.id)).collect()).await?;
    let of = |request: &payment_request::Model| {
        let rows = found.remove(&ItemsOf(request.id)).unwrap_or_default();
        rows.into_iter().map(|row| PaymentRequestItem { row, currency: request.currency }).collect()
    };
    Ok(requests.iter().map(of).collect())
}
