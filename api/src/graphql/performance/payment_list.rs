//! Lists of payments, in the order of their key unless they are those of a month.

use async_graphql::Value;
use domain::performance::explain::PaymentView;
use domain::performance::refs::PaymentRef;
use domain::reading::performance::payment;
use domain::reading::{Key, Order, Predicate};
use entity::{CloudAccountId, CustomerId, ImportId, InvoiceId, ProductId};

use crate::graphql::schema::comparators::{
    AmountFilter, CurrencyFilter, DateTimeFilter, IdFilter, MonthFilter, flag,
};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::ChargeCategoryFilter;
use crate::graphql::schema::failure::Failure;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{Asked, List, Listable, Queries, page};
use crate::graphql::schema::object::Object;
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::wrong::Wrong;

impl Paged for PaymentView {
    const PAGE: &'static str = "A page of payments.";
    const EDGE: &'static str = "A payment with its cursor.";
}

fn filter() -> Filter {
    Filter::new("PaymentFilter", "Conditions on payments.")
        .by("month", "By the month it belongs to. Lists without it are slow.", |f: &MonthFilter| {
            f.on("p.month")
        })
        .by("consumedAt", "By the instant at which it was consumed.", |f: &DateTimeFilter| {
            f.on("p.consumed_at")
        })
        .by("account", "By account.", |f: &IdFilter| f.on::<CloudAccountId>("p.account_id"))
        .by("customer", "By customer.", |f: &IdFilter| f.on::<CustomerId>("a.customer_id"))
        .by("product", "By product.", |f: &IdFilter| f.on::<ProductId>("p.product_id"))
        .by("invoice", "By invoice.", |f: &IdFilter| f.on::<InvoiceId>("p.invoice_id"))
        .by("import", "By the import that brought it.", |f: &IdFilter| f.on::<ImportId>("p.import_id"))
        .by("category", "By kind of charge.", |f: &ChargeCategoryFilter| f.on("p.category"))
        .by("currency", "By currency.", |f: &CurrencyFilter| f.on("p.currency"))
        .by("payable", "By payable amount.", |f: &AmountFilter| f.on("p.payable"))
        .by("settled", "Whether the bill says it is paid.", |f: &bool| flag("p.settled", *f))
        .by("matched", "Whether its account belongs to a customer.", |f: &bool| {
            Ok(Predicate::is_null("a.customer_id", !*f))
        })
}

impl Listable for PaymentView {
    fn list() -> List {
        let behind = |first: Key| std::iter::once(first).chain(payment::order().keys).collect::<Vec<_>>();
        let order = OrderBy::new("payments", "PaymentOrder", "The order of payments.")
            .by("KEY", "Month, account and time: one index serves it.", payment::order().keys)
            .by(
                "CONSUMED_AT",
                "The instant of consumption; with a month in the filter only.",
                behind(Key::int("p.consumed_at")),
            )
            .by(
                "PAYABLE",
                "What was to be paid; with a month in the filter only.",
                behind(Key::int("p.payable")),
            );
        List { filter: filter(), order }
    }
}

/// Adds the queries about payments.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.find::<PaymentRef, _>(
        "payment",
        "A payment by id; null if the caller sees none.",
        "The payment's id.",
    )
    .pages(
        "payments",
        "The payments the caller sees, by month, account and time. A partner sees those of the time in which it, or its \
         reseller, had the customer.",
        |env, _, args| {
            Box::pin(async move {
                let mut asked = Asked::of::<PaymentView>(args)?;
                if asked.order.name.starts_with("payments:KEY:") {
                    // Its cursors are those of every other list of payments.
                    asked.order = Order { descending: asked.order.descending, ..payment::order() };
                } else if !names_a_month(args.sent("filter")) {
                    return Err(Failure::BadInput(Wrong::new(
                        "`orderBy`: only payments of a month are put in another order than KEY. Filter by `month`.",
                        "`orderBy`：除 KEY 外的排序需按 `month` 筛选。",
                    )));
                }
                Ok(vec![page(env, payment::list(env.scope), asked).await?])
            })
        },
    )
    .asked::<PaymentView>()
}

/// Whether a filter leaves the payments of a few months: months have millions, and are sorted to be put in order. PURE.
fn names_a_month(filter: Option<&Value>) -> bool {
    let Some(Value::Object(parts)) = filter else { return false };
    matches!(parts.get("month"), Some(Value::Object(by)) if by.contains_key("eq") || by.contains_key("in"))
}
