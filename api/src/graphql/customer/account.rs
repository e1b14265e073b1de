//! Customers' accounts at cloud providers.

use async_graphql::{ID, InputObject};
use domain::programme::account::{self, LinkAccount};
use domain::reading::{self, Key, Predicate};
use entity::{CloudAccountId, CustomerId, cloud_account};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::comparators::{IdFilter, StringFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

impl Shown for cloud_account::Model {
    const NAME: &'static str = "CloudAccount";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "An account at a cloud provider. Payments of an account that nobody has wait until it is linked.",
        )
        .node(|account| account.id)
        .text("provider", "The provider as it stands in bills.", |account| &account.provider)
        .text("accountNo", "The account number as it stands in bills.", |account| &account.account_no)
        .one("customer", "The customer whose account it is; null while it is nobody's.", |account| {
            account.customer_id
        })
        .field(
            "linkedAt",
            "The instant at which it was linked to its customer; null while it is nobody's.",
            |account| account.linked_at,
        )
        .field("createdAt", "The instant at which it was first named.", |account| account.created_at)
    }
}

impl Paged for cloud_account::Model {
    const PAGE: &'static str = "A page of accounts.";
    const EDGE: &'static str = "An account with its cursor.";
}

impl Listable for cloud_account::Model {
    fn list() -> List {
        List {
            filter: Filter::new("CloudAccountFilter", "Conditions on accounts.")
                .by("provider", "By provider.", |f: &StringFilter| f.on("provider"))
                .by("accountNo", "By account number.", |f: &StringFilter| f.on("account_no"))
                .by("customer", "By customer.", |f: &IdFilter| f.on::<CustomerId>("customer_id"))
                .by("linked", "Whether it belongs to a customer.", |f: &bool| {
                    Ok(Predicate::is_null("customer_id", !*f))
                }),
            order: OrderBy::new("cloudAccounts", "CloudAccountOrder", "The order of accounts.")
                .by(
                    "NUMBER",
                    "Provider and account number.",
                    [Key::text("provider"), Key::text("account_no"), Key::int("id")],
                )
                .by(
                    "CREATED_AT",
                    "The instant at which it was first named.",
                    [Key::int("created_at"), Key::int("id")],
                ),
        }
    }
}

/// An account and the customer it belongs to.
#[derive(InputObject)]
pub(crate) struct CloudAccountLinkInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The provider as it stands in bills.
    provider: String,
    /// The account number as it stands in bills.
    account_no: String,
    /// The customer whose account it is.
    customer_id: ID,
}

impl Change for CloudAccountLinkInput {
    type Gives = CloudAccountId;
    const NAME: &'static str = "cloudAccountLink";
    const DOC: &'static str =
        "Links an account to a customer, once. Payments that waited for it are taken in.";
    const INPUT: &'static str = "The account, and the customer it belongs to.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("cloudAccount", "The account as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<CloudAccountId> {
        let mut checks = Checks::default();
        checks.name("provider", &self.provider);
        checks.name("accountNo", &self.account_no);
        let customer_id = checks.id("customerId", &self.customer_id);
        checks.done()?;
        let link = LinkAccount { provider: self.provider, account_no: self.account_no, customer_id };
        account::link(&env.store, &env.context(), Some(&self.idempotency_key), link).await
    }
}

/// Adds the queries about accounts.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.list(
        "cloudAccounts",
        "The accounts the caller sees. Those of nobody are seen by the vendor's staff only.",
        |env| reading::programme::account::list(env.scope),
    )
}

/// Adds the changes of accounts.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<CloudAccountLinkInput>()
}
