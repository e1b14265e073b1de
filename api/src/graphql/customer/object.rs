//! What is shown of customers.

use domain::reading::{self, Key};
use entity::{CustomerId, PartnerId, customer, partner};

use crate::graphql::schema::comparators::{DateTimeFilter, IdFilter, StringFilter, flag};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::loaders::{CurrentAssociation, PerformanceWith, ProfileOf};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::scalars::Month;

impl Shown for customer::Model {
    const NAME: &'static str = "Customer";

    fn object() -> Object<Self> {
        Object::<Self>::new("A company that uses cloud products and pays for them.")
            .node(|customer| customer.id)
            .text("name", "The name under which people know it.", |customer| &customer.name)
            .field(
                "internal",
                "Whether it is an internal account of the vendor: what it pays is never performance.",
                |customer| customer.internal,
            )
            .field(
                "longTail",
                "Whether it is one of the many that the vendor does not look after by name: the programme's rules on \
                 cooling-off may hold for those only.",
                |customer| customer.long_tail,
            )
            .field("createdAt", "The instant at which it was created.", |customer| customer.created_at)
            .field("version", "Grows with every change.", |customer| customer.version)
            .first(
                "profile",
                "Its names and numbers in law, and the office that owns it; null if nothing is known, and for partners.",
                |customer| ProfileOf(customer.id),
            )
            .below(
                "associations",
                "The periods in which partners had it: past, present and future. A partner sees its own periods only.",
                "customer_id",
                |customer| customer.id.0,
                |env| reading::programme::association::list(env.scope),
            )
            .one(
                "currentAssociation",
                "The association that holds now; null while it is nobody's, or not the caller's to see.",
                |customer| Some(CurrentAssociation(customer.id)),
            )
            .column(
                "currentPartner",
                "The partner that has it now; null while it is nobody's, or not the caller's to see.",
                |env, customers, _| Box::pin(current_partners(env, customers)),
            )
            .many_by(
                "performance",
                "The performance it makes in a month, one sum a currency, as far as the caller sees it.",
                |customer, args| {
                    Ok(PerformanceWith { customer: customer.id, month: args.get::<Month>("month")?.0 })
                },
            )
            .arg::<Month>("month", "The month in which it is posted.")
            .below(
                "accounts",
                "Its accounts at cloud providers.",
                "customer_id",
                |customer| customer.id.0,
                |env| reading::programme::account::list(env.scope),
            )
    }
}

async fn current_partners(env: &Env, customers: &[customer::Model]) -> Outcome<Vec<Option<partner::Model>>> {
    let current =
        env.load(customers.iter().map(|customer| CurrentAssociation(customer.id)).collect()).await?;
    let found = env.load(current.values().map(|association| association.partner_id).collect()).await?;
    let of = |customer: &customer::Model| {
        found.get(&current.get(&CurrentAssociation(customer.id))?.partner_id).cloned()
    };
    Ok(customers.iter().map(of).collect())
}

impl Paged for customer::Model {
    const PAGE: &'static str = "A page of customers.";
    const EDGE: &'static str = "A customer with its cursor.";
}

impl Listable for customer::Model {
    fn list() -> List {
        List {
            filter: Filter::new("CustomerFilter", "Conditions on customers.")
                .by("id", "By id.", |f: &IdFilter| f.on_own::<CustomerId>("customer.id"))
                .by("name", "By the name under which people know it.", |f: &StringFilter| {
                    f.on("customer.name")
                })
                .by("internal", "Whether it is an internal account of the vendor.", |f: &bool| {
                    flag("customer.internal", *f)
                })
                .by("createdAt", "By the instant of creation.", |f: &DateTimeFilter| {
                    f.on("customer.created_at")
                })
                .by(
                    "partner",
                    "By a partner that has or had it, in a time that the caller sees.",
                    |f: &IdFilter| {
                        let had = "SELECT h.customer_id FROM {associations} h WHERE {}";
                        f.among::<PartnerId>("customer.id", "h.partner_id", had)
                    },
                ),
            order: OrderBy::new("customers", "CustomerOrder", "The order of customers.")
                .by(
                    "NAME",
                    "The name under which people know it.",
                    [Key::text("customer.name"), Key::int("customer.id")],
                )
                .by(
                    "CREATED_AT",
                    "The instant of creation.",
                    [Key::int("customer.created_at"), Key::int("customer.id")],
                ),
        }
    }
}

/// Adds the queries about customers.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.find::<CustomerId, _>(
        "customer",
        "A customer by id; null if the caller sees none.",
        "The customer's id.",
    )
    .list("customers", "The customers the caller sees.", |env| reading::programme::customer::list(env.scope))
}
