//! Names under which bills say that something is sold, and whose they are.

use async_graphql::{ID, InputObject};
use domain::programme::seller::{self, Decide};
use domain::reading::{self, Key};
use entity::{SellerNameId, seller_name};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::StringFilter;
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::{SellerKind, SellerKindFilter};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

impl Shown for seller_name::Model {
    const NAME: &'static str = "SellerName";

    fn object() -> Object<Self> {
        Object::<Self>::new("A name under which bills say that something is sold, and whose it is.")
            .node(|row| row.id)
            .text("name", "The name as bills write it.", |row| &row.name)
            .text(
                "normal",
                "The name without case, width, signs and legal form: names that share it are decided together.",
                |row| &row.normal,
            )
            .field("kind", "Whose it is; while it is UNDECIDED its payments wait as UNCLASSIFIED.", |row| {
                Choice(row.kind)
            })
            .maybe_text("decidedBy", "The person who decided; null for nobody.", |row| row.decided_by.as_deref())
            .field("decidedAt", "The instant of the decision; null while there is none.", |row| row.decided_at)
            .field("createdAt", "The instant at which a bill first named it.", |row| row.created_at)
    }
}

impl Paged for seller_name::Model {
    const PAGE: &'static str = "A page of names of sellers.";
    const EDGE: &'static str = "A name of a seller with its cursor.";
}

impl Listable for seller_name::Model {
    fn list() -> List {
        List {
            filter: Filter::new("SellerNameFilter", "Conditions on names of sellers.")
                .by("name", "By name.", |f: &StringFilter| f.on("name"))
                .by("kind", "By whose it is.", |f: &SellerKindFilter| f.on("kind")),
            order: OrderBy::new("sellerNames", "SellerNameOrder", "The order of names of sellers.")
                .by(
                    "CREATED_AT",
                    "The instant at which a bill first named it.",
                    [Key::int("created_at"), Key::int("id")],
                )
                .by("NAME", "The name.", [Key::text("name"), Key::int("id")])
                .descending(),
        }
    }
}

/// A decision about a name.
#[derive(InputObject)]
pub(crate) struct SellerNameDecideInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The name as bills write it; bills need not have named it yet.
    name: String,
    /// Owner of the name; UNDECIDED takes a decision back.
    kind: SellerKind,
}

impl Change for SellerNameDecideInput {
    type Gives = SellerNameId;
    const NAME: &'static str = "sellerNameDecide";
    const DOC: &'static str = "Decides whose a name is, with every name that is written like it: all their payments are counted anew.";
    const INPUT: &'static str = "Which name, and whose it is.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("sellerName", "The name as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        checks.name("name", &self.name);
        checks.done()?;
        let input = Decide { name: self.name, kind: self.kind.0.name().to_owned() };
        seller::decide(&env.store, &env.context(), Some(&self.idempotency_key), input).await
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.list(
        "sellerNames",
        "Names under which bills say that something is sold, latest first; for the vendor's staff.",
        |env| reading::money::market::seller_names(env.scope),
    )
}

/// Adds the mutations.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<SellerNameDecideInput>()
}
