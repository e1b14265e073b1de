//! Lists of payments, always in the order of their key.

use domain::performance::explain::PaymentView;
use domain::performance::refs::PaymentRef;
use domain::reading::Predicate;
use domain::reading::performance::payment;
use entity::{CloudAccountId, CustomerId, ImportId, InvoiceId, ProductId};

use crate::graphql::schema::comparators::{
    AmountFilter, CurrencyFilter, DateTimeFilter, IdFilter, MonthFilter, flag,
};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::ChargeCategoryFilter;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{Asked, List, Listable, Queries, list_of, page};
use crate::graphql::schema::object::Object;
use crate::graphql::schema::order::OrderBy;

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
        // No list of payments takes an order: a month has millions, and one index serves them.
        let order = OrderBy::new("payments", "PaymentOrder", "The order of payments.");
        List { filter: filter(), order: order.by("KEY", "The order of the key.", payment::order().keys) }
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
                let filter = list_of::<PaymentView>().filter.read(args.sent("filter"))?;
                let asked = Asked { filter, ..Asked::in_order(args, payment::order())? };
                Ok(vec![page(env, payment::list(env.scope), asked).await?])
            })
        },
    )
    .filtered::<PaymentView>()
}
