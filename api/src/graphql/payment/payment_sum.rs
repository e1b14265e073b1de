//! Payment requests added up by state, for a dashboard; and the machine itself, for frontends that draw it.

use crate::graphql::schema::enums::{PaymentKind, PayoutWay};
use domain::kernel::machine::{Machine, Transition};
use domain::money::payment::machine::Requests;
use domain::money::payment::{labels, machine};
use domain::reading::Key;
use domain::reading::money::payment_sum::{RequestDimension as Dimension, RequestSum, sums};
use entity::payment_request;

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::list::{List, Listable, Queries, groups, list_of};
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::quarter::{QUARTER, quarter};

entity::listed! {
    /// A dimension by which payment requests are summed up. Currencies are always kept apart.
    GroupBy as "PaymentRequestDimension"; [] {
        /// The partner that is paid.
        Partner [] = "PARTNER",
        /// The kind of payment.
        Kind [] = "KIND",
        /// The way of payment.
        Way [] = "WAY",
        /// The stage of the state.
        Stage [] = "STAGE",
        /// The state of the request.
        State [] = "STATE",
        /// The latest month that is paid.
        Month [] = "MONTH",
        /// The quarter of that month.
        Quarter [] = "QUARTER",
    }
}

impl GroupBy {
    const fn dimension(self) -> Dimension {
        match self {
            Self::Partner => Dimension::Partner,
            Self::Kind => Dimension::Kind,
            Self::Way => Dimension::Way,
            Self::Stage => Dimension::Stage,
            Self::State => Dimension::State,
            Self::Month => Dimension::Month,
            Self::Quarter => Dimension::Quarter,
        }
    }
}

impl Shown for RequestSum {
    const NAME: &'static str = "PaymentRequestSum";

    fn object() -> Object<Self> {
        Object::<Self>::new("A sum of payment requests. What was not summed up by is null.")
            .one("partner", "The partner that is paid.", |sum| sum.partner_id)
            .field("kind", "The kind of payment.", |sum| sum.kind.map(Choice))
            .field("way", "The way of payment.", |sum| sum.way.map(Choice))
            .field("stage", "The stage of the state.", |sum| sum.stage.or(sum.state.map(machine::stage)).map(Choice))
            .field("state", "The state.", |sum| sum.state.map(Choice))
            .said(
                "label",
                "The state as people read it, in the request's language; null unless it is of one kind and state.",
                |sum, env| Some(labels::label(sum.kind?, sum.state?, env.lang())),
            )
            .field("month", "The latest month that is paid.", |sum| sum.month)
            .field("quarter", QUARTER, |sum| sum.quarter.map(quarter))
            .field("currencyCode", "The currency of the sum.", |sum| sum.currency)
            .field("count", "The number of requests.", |sum| i32::try_from(sum.count).unwrap_or(i32::MAX))
            .object("amount", "Their amounts.", |sum| Money::of(sum.amount, sum.currency))
            .field("oldestSince", "Since when the oldest of them stands where it stands.", |sum| sum.oldest_since)
    }
}

impl Paged for RequestSum {
    const PAGE: &'static str = "A page of sums.";
    const EDGE: &'static str = "A sum with its cursor.";
}

impl Listable for RequestSum {
    fn list() -> List {
        let doc = "The order of sums of payment requests; groups decide between equals.";
        List {
            filter: payment_request::Model::list().filter,
            order: OrderBy::new("paymentRequestSums", "PaymentRequestSumOrder", doc)
                .by("GROUP", "Group by group, in the order of `PaymentRequestDimension`.", Vec::new())
                .by("AMOUNT", "Their amounts.", [Key::int("amount")])
                .by("COUNT", "How many.", [Key::int("count")])
                .by(
                    "OLDEST_SINCE",
                    "Since when the oldest stands where it stands.",
                    [Key::int("oldest_since")],
                ),
        }
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.pages(
        "paymentRequestSums",
        "The payment requests the caller sees, summed up by what it names, with the age of the oldest: one statement, \
         however many groups.",
        |env, _, args| {
            Box::pin(async move {
                let by: Vec<Choice<GroupBy>> = args.get("groupBy")?;
                let by: Vec<Dimension> = by.into_iter().map(|by| by.0.dimension()).collect();
                let filter = list_of::<payment_request::Model>().filter.read(args.sent("filter"))?;
                Ok(vec![groups(env, sums(env.scope, &by), filter, args).await?])
            })
        },
    )
    .grouped::<RequestSum>()
    .arg_or::<Vec<Choice<GroupBy>>>(
        "groupBy",
        "What to sum up by; currencies are always kept apart.",
        &vec![Choice(GroupBy::Kind), Choice(GroupBy::State)],
    )
    .lists("paymentSteps", "Every step that requests of a kind and way of payment can make.", |_, _, args| Box::pin(async move {
            let (kind, way) = (args.get::<PaymentKind>("kind")?.0, args.get::<PayoutWay>("way")?.0);
            let steps = Requests::TABLE.iter().filter(|t| Requests::includes(t.of, (kind, way)));
            Ok(vec![steps.map(PaymentStep).collect()])
        }))
        .sure()
        .arg::<PaymentKind>("kind", "The kind of payment.")
        .arg::<PayoutWay>("way", "The way of payment.")
}

/// A step that payment requests can make.
pub(crate) struct PaymentStep(&'static Transition<Requests>);

impl Shown for PaymentStep {
    const NAME: &'static str = "PaymentStep";

    fn object() -> Object<Self> {
        Object::<Self>::new("A step that payment requests can make.")
            .field("operation", "The operation that moves the request.", |row| Choice(row.0.operation))
            .field("from", "From where.", |row| Choice(row.0.from))
            .field("to", "To where.", |row| Choice(row.0.to))
            .field("by", "The parties that may do it.", |row| {
                row.0.by.iter().copied().map(Choice).collect::<Vec<_>>()
            })
            .field("needsReason", "Whether it needs a reason.", |row| row.0.why.needs_words())
    }
}
