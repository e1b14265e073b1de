//! What is shown of incentive bills.

use domain::money::incentive::wording;
use domain::reading::Order;
use domain::reading::settlement::bill;
use domain::reading::settlement::feedback;
use domain::reading::{self, Key};
use entity::{Currency, IncentiveBillId, PartnerId, bill_feedback, incentive_bill, settlement_run};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{AmountFilter, CurrencyFilter, IdFilter, MonthFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::BillStateFilter;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{Asked, List, Listable, Queries, list_of, pages};
use crate::graphql::schema::loaders::{DeadlinesOf, FrozenOf, HeldUp};
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

impl Shown for incentive_bill::Model {
    const NAME: &'static str = "IncentiveBill";

    fn object() -> Object<Self> {
        let object = Object::<Self>::new("What the vendor owes a partner for the performance of a month in one currency.")
            .node(|bill| bill.id)
            .one("partner", "The partner whose bill it is.", |bill| Some(bill.partner_id))
            .field("month", "The month.", |bill| bill.month)
            .field("currencyCode", "The currency.", |bill| bill.currency)
            .field("state", "The state of the bill.", |bill| Choice(bill.state))
            .said("label", "The state in words, in the request's language.", |bill, env| {
                wording::label(bill.state, env.lang())
            })
            .values("hint", "What the caller can do about it now, in the request's language.", |env, bills, _| {
                Box::pin(hints(env, bills))
            })
            .maybe_object(
                "parkedReason",
                "The reason why it is parked for review, was until its release, or would be if the month became final as \
                 it is; null if it lies within what is usual.",
                |bill| {
                    let (code, typical) = (bill.parked_code?, bill.parked_typical?);
                    let factor_ppm = bill.parked_factor_ppm?;
                    Some(ParkedReason { code, typical, factor_ppm, currency: bill.currency })
                },
            )
            .object("basis", "The performance it rests on.", |bill| Money::of(bill.basis, bill.currency))
            .object("amount", "What is earned: the sum of its lines.", |bill| Money::of(bill.amount, bill.currency));
        below(confirming(object))
    }
}

/// Adds how it is confirmed, and its versions.
fn confirming(object: Object<incentive_bill::Model>) -> Object<incentive_bill::Model> {
    object
        .field(
            "confirmBy",
            "The instant at which it confirms itself; null while it is an estimate.",
            |bill| bill.confirm_by,
        )
        .field("confirmedAt", "The instant at which it was confirmed; null until then.", |bill| {
            bill.confirmed_at
        })
        .maybe_text(
            "confirmedBy",
            "The name in the token of whoever confirmed it; null until then.",
            |bill| bill.confirmed_by.as_deref(),
        )
        .field("createdAt", "The instant at which it was created.", |bill| bill.created_at)
        .field("version", "Grows with every change; the expectedVersion of the next one.", |bill| {
            bill.version
        })
}

/// Adds its lines, feedback and frozen parts, and the run that wrote it.
fn below(object: Object<incentive_bill::Model>) -> Object<incentive_bill::Model> {
    object
        .below_in_order(
            "lines",
            "Its lines in order, with what rounding left over as a line of its own.",
            ("bill_id", |bill| bill.id.0),
            |env| bill::lines(env.scope),
            || Order { name: "billLines".into(), keys: vec![Key::int("line_no")], descending: false },
        )
        .pages::<bill_feedback::Model>(
            "feedback",
            "What its partner finds wrong with it or its lines, latest first.",
            |env, bills, args| {
                Box::pin(async move {
                    let own = list_of::<bill_feedback::Model>().order.read(None)?;
                    let (asked, parents) = (Asked::in_order(args, own)?, bills.iter().map(|bill| bill.id.0));
                    let listing = feedback::with_bills(env.scope);
                    pages(env, listing, "incentive_bill.id", parents.collect(), asked).await
                })
            },
        )
        .many(
            "frozen",
            "The parts of it that are frozen because customers have not paid, also those that were released.",
            |bill| FrozenOf(bill.id),
        )
        .many("deadlines", "The deadlines about it, open and closed, the next one due first.", |bill| {
            DeadlinesOf(bill.id.to_string())
        })
        .below(
            "entitlements",
            "What it lets its partner request.",
            "e.bill_id",
            |bill| bill.id.0,
            |env| reading::money::entitlement::list(env.scope),
        )
        .below(
            "paymentRequests",
            "The payment requests that hold or held something of it.",
            "held.bill_id",
            |bill| bill.id.0,
            |env| reading::money::payment_request::of_bills(env.scope),
        )
        .column("run", "The run that wrote it; null for whoever may not see runs.", |env, bills, _| {
            Box::pin(runs(env, bills))
        })
}

/// What the caller can do about bills; open feedback holds up those that wait for their partner.
async fn hints(env: &Env, bills: &[incentive_bill::Model]) -> Outcome<Vec<Option<&'static str>>> {
    let waiting = bills.iter().filter(|bill| bill.state == entity::BillState::PendingConfirm);
    let held = env.load(waiting.map(|bill| HeldUp(bill.id)).collect()).await?;
    let principal = &env.caller.actor.principal;
    let hint = |bill: &incentive_bill::Model| {
        Some(wording::hint(bill.state, held.contains_key(&HeldUp(bill.id)), principal, env.lang()))
    };
    Ok(bills.iter().map(hint).collect())
}

async fn runs(env: &Env, bills: &[incentive_bill::Model]) -> Outcome<Vec<Option<settlement_run::Model>>> {
    if !env.allows("Query.settlementRun") {
        return Ok(bills.iter().map(|_| None).collect());
    }
    let found = env.load(bills.iter().map(|bill| bill.run_id).collect()).await?;
    Ok(bills.iter().map(|bill| found.get(&bill.run_id).cloned()).collect())
}

/// The reason why a bill is parked for review, as it is kept with the bill or was found for a preview.
pub(super) struct ParkedReason {
    /// The side of what is usual on which the bill lies.
    pub(super) code: entity::ParkedCode,
    /// What is usual, in micros.
    pub(super) typical: i64,
    /// How many times more or less than usual it may be, in parts per million.
    pub(super) factor_ppm: i32,
    /// The bill's currency.
    pub(super) currency: Currency,
}

impl Shown for ParkedReason {
    const NAME: &'static str = "ParkedReason";

    fn object() -> Object<Self> {
        Object::<Self>::new("The reason why a bill is parked for review.")
            .field("code", "The side of what is usual on which the bill lies.", |reason| Choice(reason.code))
            .object(
                "typical",
                "What is usual: the median of the partner's formal bills of the three months before, in this currency.",
                |reason| Money::of(reason.typical, reason.currency),
            )
            .field(
                "factorPpm",
                "How many times more or less than usual it may be, in parts per million: 3000000 is three times.",
                |reason| reason.factor_ppm,
            )
    }
}

impl Paged for incentive_bill::Model {
    const PAGE: &'static str = "A page of incentive bills.";
    const EDGE: &'static str = "A bill with its cursor.";
}

impl Listable for incentive_bill::Model {
    fn list() -> List {
        List {
            filter: Filter::new("IncentiveBillFilter", "Conditions on incentive bills.")
                .by("partner", "By partner.", |f: &IdFilter| f.on::<PartnerId>("partner_id"))
                .by("month", "By month.", |f: &MonthFilter| f.on("month"))
                .by("currency", "By currency.", |f: &CurrencyFilter| f.on("currency"))
                .by("state", "By state.", |f: &BillStateFilter| f.on("state"))
                .by("amount", "By what is earned.", |f: &AmountFilter| f.on("amount")),
            order: OrderBy::new("incentiveBills", "IncentiveBillOrder", "The order of incentive bills.")
                .by("MONTH", "The month.", [Key::int("month"), Key::int("id")])
                .by("AMOUNT", "What is earned.", [Key::int("amount"), Key::int("id")])
                .descending(),
        }
    }
}

/// Adds the queries about bills.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.find::<IncentiveBillId, _>(
        "incentiveBill",
        "An incentive bill by id; null if the caller sees none.",
        "The bill's id.",
    )
    .list(
        "incentiveBills",
        "The incentive bills the caller sees: a partner its own. Latest month first.",
        |env| bill::list(env.scope),
    )
}
