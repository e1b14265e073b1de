//! What is shown of partners.

use domain::reading::{self, Key};
use entity::{PartnerId, partner};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{DateTimeFilter, IdFilter, StringFilter, flag};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::PartnerKindFilter;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::loaders::{
    BusinessOf, CurrentLink, HeldBy, PceOf, PerformanceOf, PreferenceOf, StandingOf,
};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::scalars::{DateTime, Month};

impl Shown for partner::Model {
    const NAME: &'static str = "Partner";

    fn object() -> Object<Self> {
        let object = Object::<Self>::new(
            "A company that sells the vendor's products: a solution provider, a distributor or a reseller.",
        )
        .node(|partner| partner.id)
        .field("kind", "Its kind; never changes.", |partner| Choice(partner.kind))
        .text("name", "The name under which people know it.", |partner| &partner.name)
        .text("tier", "The name of its tier; empty if it has none.", |partner| &partner.tier)
        .text("region", "Its business region, which a reseller shares with its distributor.", |partner| &partner.region)
        .field(
            "mayOwnCustomers",
            "Whether it may have customers of its own; false for most distributors.",
            |partner| partner.may_own_customers,
        )
        .maybe_text(
            "marketplaceName",
            "The name under which it sells on the marketplace; null if it does not sell there.",
            |partner| partner.marketplace_name.as_deref(),
        )
        .field("createdAt", "The instant at which it was created.", |partner| partner.created_at)
        .field("version", "Grows with every change.", |partner| partner.version)
        .column(
            "distributor",
            "The distributor that a reseller belongs to now; null for others.",
            |env, partners, _| Box::pin(distributors(env, partners)),
        )
        .below(
            "resellers",
            "The resellers that this distributor has or had.",
            "l.distributor_id",
            |partner| partner.id.0,
            |env| reading::programme::association::resellers(env.scope),
        )
        .below(
            "customers",
            "The customers that this partner has or had, in a time that the caller sees.",
            "l.partner_id",
            |partner| partner.id.0,
            |env| reading::programme::association::customers(env.scope),
        )
        .many_by("performance", "Its performance in a month, one sum a currency.", |partner, args| {
            Ok(PerformanceOf {
                partner: partner.id,
                month: args.get::<Month>("month")?.0,
                rolled_up: args.get("rolledUp")?,
            })
        })
        .arg::<Month>("month", "The month in which it is posted.")
        .arg_or(
            "rolledUp",
            "Also what rolls up to it from its resellers, that is all it is billed for.",
            &false,
        )
        .first(
            "businessInformation",
            "What is known of its business; null if nothing, or if it is not the caller's to see.",
            |partner| BusinessOf(partner.id),
        )
        .first(
            "payoutPreference",
            "How it wants its incentives; null if it has not said, or if that is not the caller's to see.",
            |partner| PreferenceOf(partner.id),
        )
        .first(
            "pceProfile",
            "Its place in the frame of shared opportunities; null if nothing is known, or if it is not the caller's \
             to see.",
            |partner| PceOf(partner.id),
        )
        .many_by(
            "balances",
            "What its accounts in the ledger hold: what is payable, frozen, carried, in payout and paid. Empty if that \
             is not the caller's to see.",
            |partner, args| Ok(HeldBy(partner.id, args.get::<Option<DateTime>>("at")?.map(|at| at.0))),
        )
        .arg::<Option<DateTime>>("at", "As it was at the end of this instant; now if not given.")
        .below(
            "bills",
            "Its incentive bills.",
            "partner_id",
            |partner| partner.id.0,
            |env| reading::settlement::bill::list(env.scope),
        );
        work(object)
    }
}

/// Adds what is under way with it.
fn work(object: Object<partner::Model>) -> Object<partner::Model> {
    object
        .many(
            "money",
            "How its money stands, one row a currency. Empty if that is not the caller's to see.",
            |partner| StandingOf(partner.id),
        )
        .below(
            "opportunities",
            "Its opportunities that the caller sees.",
            "opportunity.partner_id",
            |partner| partner.id.0,
            |env| reading::opportunity::rows::list(env.scope),
        )
        .below(
            "paymentRequests",
            "Its payment requests that the caller sees.",
            "partner_id",
            |partner| partner.id.0,
            |env| reading::money::payment_request::list(env.scope),
        )
        .below(
            "deadlines",
            "The deadlines that concern it and that the caller sees.",
            "partner_id",
            |partner| partner.id.0,
            |env| reading::deadline::list(env.scope),
        )
}

async fn distributors(env: &Env, partners: &[partner::Model]) -> Outcome<Vec<Option<partner::Model>>> {
    let links = env.load(partners.iter().map(|partner| CurrentLink(partner.id)).collect()).await?;
    let found = env.load(links.values().map(|link| link.distributor_id).collect()).await?;
    let of =
        |partner: &partner::Model| found.get(&links.get(&CurrentLink(partner.id))?.distributor_id).cloned();
    Ok(partners.iter().map(of).collect())
}

impl Paged for partner::Model {
    const PAGE: &'static str = "A page of partners.";
    const EDGE: &'static str = "A partner with its cursor.";
}

impl Listable for partner::Model {
    fn list() -> List {
        List {
            filter: Filter::new("PartnerFilter", "Conditions on partners.")
                .by("id", "By id.", |f: &IdFilter| f.on_own::<PartnerId>("partner.id"))
                .by("name", "By the name under which people know it.", |f: &StringFilter| {
                    f.on("partner.name")
                })
                .by("kind", "By kind.", |f: &PartnerKindFilter| f.on("partner.kind"))
                .by("tier", "By tier.", |f: &StringFilter| f.on("partner.tier"))
                .by("region", "By business region.", |f: &StringFilter| f.on("partner.region"))
                .by("createdAt", "By the instant of creation.", |f: &DateTimeFilter| {
                    f.on("partner.created_at")
                })
                .by(
                    "distributor",
                    "By a distributor that it is or was a reseller of, in a time that the caller sees.",
                    |f: &IdFilter| {
                        let linked = "SELECT h.reseller_id FROM {links} h WHERE {}";
                        f.among::<PartnerId>("partner.id", "h.distributor_id", linked)
                    },
                )
                .by("mayOwnCustomers", "Whether it may have customers of its own.", |f: &bool| {
                    flag("partner.may_own_customers", *f)
                }),
            order: OrderBy::new("partners", "PartnerOrder", "The order of partners.")
                .by("NAME", "Display name.", [Key::text("partner.name"), Key::int("partner.id")])
                .by(
                    "CREATED_AT",
                    "The instant of creation.",
                    [Key::int("partner.created_at"), Key::int("partner.id")],
                )
                .by("REGION", "Business region.", [Key::text("partner.region"), Key::int("partner.id")]),
        }
    }
}

/// Adds the queries about partners.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.find::<PartnerId, _>(
        "partner",
        "A partner by id; null if the caller sees none.",
        "The partner's id.",
    )
    .list("partners", "The partners the caller sees: a partner itself and its resellers.", |env| {
        reading::programme::partner::list(env.scope)
    })
}
