//! What is shown of performance lines: what counted and what did not, and the reason.

use domain::performance::explain::{LineExplanation, rules_of_lines};
use domain::performance::refs::LineRef;
use domain::reading::performance::line::{self, KEYS, Line};
use domain::reading::{Key, Predicate};
use entity::{CustomerId, PartnerId, ProductId, Reason};

use crate::graphql::partner::somebody;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{
    AmountFilter, CurrencyFilter, IdFilter, MonthFilter, StringFilter,
};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::{AssociationModeFilter, ChargingModeFilter, ReasonFilter};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::scalars::BigInt;

/// The amount of a line if it counts as `counted`, else nothing.
fn amount(line: &Line, counted: bool) -> Money {
    let counts = line.reference.key.reason == Reason::Counted;
    Money::of(if counts == counted { line.sum.amount } else { 0 }, line.reference.key.currency)
}

impl Shown for Line {
    const NAME: &'static str = "PerformanceLine";

    fn object() -> Object<Self> {
        let object = Object::<Self>::new(
            "A performance line: what a customer paid for a product in a month, as far as it counts or not for one reason.",
        )
        .node(|line| line.reference)
        .field("month", "The month in which it is posted.", |line| line.reference.month)
        .field("originMonth", "The month it belongs to; earlier than month for a correction of a closed month.", |line| {
            line.reference.key.origin_month
        })
        .field("correction", "Whether it corrects a closed month.", |line| {
            line.reference.month != line.reference.key.origin_month
        })
        .one("partner", "The partner whose performance it is; null for nobody's.", |line| {
            somebody(line.reference.key.partner_id)
        })
        .one(
            "billTo",
            "The partner that is billed for it: the partner itself, or the distributor of a reseller; null for nobody.",
            |line| somebody(line.reference.key.bill_to_id),
        )
        .one("customer", "The customer that paid.", |line| Some(line.reference.customer_id))
        .one("product", "The product that was paid for.", |line| Some(line.reference.key.product_id));
        amounts(object)
    }
}

/// Adds how it was charged, what counted, and what made it.
fn amounts(object: Object<Line>) -> Object<Line> {
    object
        .field("mode", "Association mode at the time; null for nobody's.", |line| {
            line.reference.key.mode.map(Choice)
        })
        .field("chargingMode", "The way in which the product was charged.", |line| Choice(line.reference.key.charging_mode))
        .field("reason", "The reason why it counted, or did not.", |line| Choice(line.reference.key.reason))
        .object("counted", "What counted.", |line| amount(line, true))
        .object("notCounted", "What did not count.", |line| amount(line, false))
        .field("payments", "Payments behind it.", |line| BigInt(line.sum.payments))
        .values(
            "ruleVersion",
            "Version of the counting rules of the month it belongs to; null until something of the month is known.",
            |env, lines, _| Box::pin(rule_versions(env, lines)),
        )
        .column("explanation", "Says why it is what it is, down to its payments.", |env, lines, _| {
            Box::pin(explanations(env, lines))
        })
}

async fn rule_versions(env: &Env, lines: &[Line]) -> Outcome<Vec<Option<i32>>> {
    let of = |line: &Line| line.reference.key.origin_month;
    let found = env.load(lines.iter().map(of).collect()).await?;
    Ok(lines.iter().map(|line| found.get(&of(line)).map(|month| month.rule_version)).collect())
}

async fn explanations(env: &Env, lines: &[Line]) -> Outcome<Vec<Option<LineExplanation>>> {
    let lines: Vec<_> = lines.iter().map(|line| (line.reference, line.sum)).collect();
    Ok(rules_of_lines(&env.store, &lines).await?.into_iter().map(Some).collect())
}

impl Paged for Line {
    const PAGE: &'static str = "A page of performance lines.";
    const EDGE: &'static str = "A line with its cursor.";
}

impl Listable for Line {
    fn list() -> List {
        let behind = |first: Key| std::iter::once(first).chain(KEYS).collect::<Vec<_>>();
        List {
            filter: filter(),
            order: OrderBy::new(
                "performanceLines",
                "PerformanceLineOrder",
                "The order of performance lines.",
            )
            .by(
                "KEY",
                "Month, who is billed, partner, customer and so on: the order of the books.",
                KEYS.to_vec(),
            )
            .by("AMOUNT", "Amount, counted or not.", behind(Key::int("amount"))),
        }
    }
}

fn filter() -> Filter {
    Filter::new("PerformanceLineFilter", "Conditions on performance lines.")
        .by("month", "By the month in which it is posted.", |f: &MonthFilter| f.on("month"))
        .by("originMonth", "By the month it belongs to.", |f: &MonthFilter| f.on("origin_month"))
        .by("partner", "By the partner whose performance it is.", |f: &IdFilter| {
            f.on::<PartnerId>("partner_id")
        })
        .by("billTo", "By the partner that is billed for it.", |f: &IdFilter| f.on::<PartnerId>("bill_to_id"))
        .by("customer", "By customer.", |f: &IdFilter| f.on::<CustomerId>("customer_id"))
        .by("product", "By product.", |f: &IdFilter| f.on::<ProductId>("product_id"))
        .by("productClass", "By the class of the product.", |f: &StringFilter| {
            Ok(f.on("product.class")?.within("product_id IN (SELECT product.id FROM product WHERE {})"))
        })
        .by("mode", "By association mode.", |f: &AssociationModeFilter| f.on("mode"))
        .by("chargingMode", "By the way in which the product was charged.", |f: &ChargingModeFilter| {
            f.on("charging_mode")
        })
        .by("currency", "By currency.", |f: &CurrencyFilter| f.on("currency"))
        .by("reason", "By the reason why it counted, or did not.", |f: &ReasonFilter| f.on("reason"))
        .by("amount", "By amount, counted or not.", |f: &AmountFilter| f.on("amount"))
        .by("correction", "Whether it corrects a closed month.", |f: &bool| {
            Ok(Predicate::new(if *f { "month <> origin_month" } else { "month = origin_month" }, vec![]))
        })
        .by("counted", "Whether it counted.", |f: &bool| {
            Ok(Predicate::new(if *f { "reason = 0" } else { "reason <> 0" }, vec![]))
        })
}

/// Adds the queries about lines.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.find::<LineRef, _>(
        "performanceLine",
        "A performance line by id; null if the caller sees none.",
        "The line's id.",
    )
    .list(
        "performanceLines",
        "The performance lines the caller sees: its own performance, and what rolls up to it.",
        |env| line::list(env.scope),
    )
}
