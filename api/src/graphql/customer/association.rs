//! What is shown of associations: which partner had a customer, when and in which mode.

use domain::reading::Key;
use entity::{PartnerId, association};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{DateTimeFilter, IdFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::AssociationModeFilter;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::scalars::DateTime;

impl Shown for association::Model {
    const NAME: &'static str = "Association";

    fn object() -> Object<Self> {
        Object::<Self>::new("A period in which a partner has a customer. Periods of a customer never overlap.")
            .node(|association| association.id)
            .one("customer", "The customer that the partner has.", |association| Some(association.customer_id))
            .one("partner", "The partner that has the customer.", |association| Some(association.partner_id))
            .field("mode", "The way in which the partner sells to the customer: consulting or resale.", |association| {
                Choice(association.mode)
            })
            .field("validFrom", "The instant at which it begins.", |association| association.valid_from)
            .field("validTo", "The instant at which it ends, the first after it; null while it is open.", |association| {
                DateTime::end(association.valid_to)
            })
            .values(
                "coolingOffUntil",
                "The instant until which nothing counts, because the customer came from another partner; null without \
                 a cooling-off. It follows from the customer's earlier associations and the programme's rules.",
                |env, associations, _| Box::pin(cooling_off(env, associations)),
            )
            .field("createdAt", "The instant at which it was created.", |association| association.created_at)
            .field("version", "Grows with every change; the expectedVersion of the next one.", |association| {
                association.version
            })
    }
}

/// Until when associations cool off; none for those that do not.
async fn cooling_off(env: &Env, associations: &[association::Model]) -> Outcome<Vec<Option<DateTime>>> {
    let until = domain::programme::cooling_off::of(env.store.db(), associations).await?;
    Ok(until.into_iter().map(|at| (at.0 > 0).then_some(DateTime(at))).collect())
}

impl Paged for association::Model {
    const PAGE: &'static str = "A page of associations.";
    const EDGE: &'static str = "An association with its cursor.";
}

impl Listable for association::Model {
    fn list() -> List {
        List {
            filter: Filter::new("AssociationFilter", "Conditions on associations.")
                .by("partner", "By partner.", |f: &IdFilter| f.on::<PartnerId>("partner_id"))
                .by("mode", "By mode.", |f: &AssociationModeFilter| f.on("mode"))
                .by("validFrom", "By the instant at which it begins.", |f: &DateTimeFilter| {
                    f.on("valid_from")
                })
                .by(
                    "validTo",
                    "By the instant at which it ends; open ones end later than any instant.",
                    |f: &DateTimeFilter| f.on("valid_to"),
                ),
            order: OrderBy::new("associations", "AssociationOrder", "The order of associations.").by(
                "VALID_FROM",
                "The instant at which it begins.",
                [Key::int("valid_from"), Key::int("id")],
            ),
        }
    }
}
