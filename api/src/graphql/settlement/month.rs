//! What is shown of the months of the programme.

use domain::reading::Key;
use domain::reading::Predicate;
use domain::reading::programme::month;
use domain::reading::settlement::run;
use domain::settlement::checklist::{Finding, against};
use entity::{MonthId, settlement_month, settlement_run};

use crate::graphql::schema::args::Args;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::MonthFilter;
use crate::graphql::schema::connection::{Found, Paged};
use crate::graphql::schema::enums::MonthStateFilter;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{Asked, List, Listable, Queries, pages};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::scalars::{BigInt, Month};

impl Shown for settlement_month::Model {
    const NAME: &'static str = "SettlementMonth";

    fn object() -> Object<Self> {
        Object::<Self>::new("A month of the programme: its borders, and how far its books are.")
            .node(|month| MonthId(month.month.0.into()))
            .field("month", "The month.", |month| month.month)
            .field("startsAt", "Its first instant, in the programme's time zone.", |month| month.starts_at)
            .field("endsAt", "The first instant after it.", |month| month.ends_at)
            .field("state", "The state of its books.", |month| Choice(month.state))
            .field(
                "closed",
                "Whether nothing of it changes any more; later facts become corrections in an open month.",
                |month| month.closed,
            )
            .field("ruleVersion", "Version of the counting rules that hold for it.", |month| {
                month.rule_version
            })
            .maybe_text("linesDigest", "Digest of its lines; null until it is final.", |month| {
                month.lines_digest.as_deref()
            })
            .field("finalisedAt", "The instant at which it became final; null until then.", |month| {
                month.finalised_at
            })
            .field("version", "Grows with every change.", |month| month.version)
            .maybe_pages(
                "runs",
                "Its settlement runs; null for whoever may not see runs.",
                |env, months, args| Box::pin(runs(env, months, args)),
            )
            .asked::<settlement_run::Model>()
    }
}

impl Shown for Finding {
    const NAME: &'static str = "CloseFinding";

    fn object() -> Object<Self> {
        Object::<Self>::new("Something that speaks against making a month final.")
            .field("item", "The item of the checklist.", |found| Choice(found.item))
            .field(
                "blocks",
                "Whether the month stays open for it until it is mended or acknowledged by name; else it only warns.",
                |found| found.item.blocks(),
            )
            .field("count", "Number of them.", |found| BigInt(found.count))
            .text("example", "The first of them, for people.", |found| &found.example)
    }
}

async fn runs(
    env: &Env,
    months: &[settlement_month::Model],
    args: &Args,
) -> Outcome<Vec<Option<Found<settlement_run::Model>>>> {
    if !env.allows("Query.settlementRuns") {
        return Ok(months.iter().map(|_| None).collect());
    }
    let asked = Asked::of::<settlement_run::Model>(args)?;
    let parents = months.iter().map(|month| i64::from(month.month.0)).collect();
    let found = pages(env, run::list(env.scope), "month", parents, asked).await?;
    Ok(found.into_iter().map(Some).collect())
}

impl Paged for settlement_month::Model {
    const PAGE: &'static str = "A page of months.";
    const EDGE: &'static str = "A month with its cursor.";
}

impl Listable for settlement_month::Model {
    fn list() -> List {
        List {
            filter: Filter::new("SettlementMonthFilter", "Conditions on months.")
                .by("month", "By month.", |f: &MonthFilter| f.on("month"))
                .by("state", "By state.", |f: &MonthStateFilter| f.on("state"))
                .by("closed", "Whether it is closed.", |f: &bool| Ok(Predicate::compare("closed", "=", *f))),
            order: OrderBy::new("months", "SettlementMonthOrder", "The order of months.")
                .by("MONTH", "The month.", [Key::int("month")])
                .descending(),
        }
    }
}

/// Adds the queries about months.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.column("month", "A month; null until something of it is known.", |env, _, args| {
        Box::pin(async move {
            let found = env.load(vec![args.get::<Month>("month")?.0]).await?;
            Ok(vec![found.into_values().next()])
        })
    })
    .arg::<Month>("month", "The month.")
    .lists(
        "closeChecklist",
        "Everything that speaks against making a month final now, computed anew each time; empty once it is closed.",
        |env, _, args| Box::pin(async move { Ok(vec![against(&env.store, args.get::<Month>("month")?.0).await?]) }),
    )
    .arg::<Month>("month", "The month.")
    .list("months", "The months, latest first.", |_| month::list())
}
