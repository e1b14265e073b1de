//! Customers' accounts at cloud providers.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::programme::account::{self, LinkAccount};
use domain::reading::{self, Key};
use entity::{CloudAccountId, CustomerId};

use super::caller::{root, scope, store, write_context};
use super::checks::Checks;
use super::connection::{Found, Paging, connection};
use super::customer::Customer;
use super::filter::{IdFilter, StringFilter, Wanted, filter, order};
use super::scalars::DateTime;
use super::user_error::payload;

/// An account at a cloud provider.
#[derive(Clone)]
pub struct CloudAccount(entity::cloud_account::Model);

impl From<entity::cloud_account::Model> for CloudAccount {
    fn from(row: entity::cloud_account::Model) -> Self {
        Self(row)
    }
}

/// An account at a cloud provider. Payments of an account that nobody has wait until it is linked.
#[Object]
impl CloudAccount {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The provider as it stands in bills.
    async fn provider(&self) -> &str {
        &self.0.provider
    }

    /// The account number as it stands in bills.
    async fn account_no(&self) -> &str {
        &self.0.account_no
    }

    /// Whose it is; null while it is nobody's.
    async fn customer(&self, ctx: &Context<'_>) -> Option<Result<Customer>> {
        super::node::load(ctx, self.0.customer_id?).await.transpose()
    }

    /// When it was linked to its customer.
    async fn linked_at(&self) -> Option<DateTime> {
        self.0.linked_at.map(DateTime)
    }

    /// When it was first named.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

connection! {
    /// A page of accounts.
    CloudAccountConnection,
    /// An account with its cursor.
    CloudAccountEdge, CloudAccount, entity::cloud_account::Model
}

filter! {
    /// Which accounts.
    CloudAccountFilter {
        /// By provider.
        provider: StringFilter => |f| f.on("provider"),
        /// By account number.
        account_no: StringFilter => |f| f.on("account_no"),
        /// By customer.
        customer: IdFilter => |f| f.on::<CustomerId>("customer_id"),
        /// Whether it belongs to a customer.
        linked: bool => |f| Ok(Predicate::is_null("customer_id", !*f)),
    }
}

order! {
    /// The order of accounts.
    CloudAccountOrder,
    /// What accounts are ordered by.
    CloudAccountOrderField of "cloudAccounts" {
        /// Provider and account number.
        Number "NUMBER" => [Key::text("provider"), Key::text("account_no"), Key::int("id")],
        /// When it was first named.
        CreatedAt "CREATED_AT" => [Key::int("created_at"), Key::int("id")],
    } default Number Asc
}

/// Queries about accounts.
#[derive(Default)]
pub struct CloudAccountQuery;

#[Object(guard = "root(\"Query\")")]
impl CloudAccountQuery {
    /// The accounts the caller sees. Those of nobody are seen by the vendor's staff only.
    async fn cloud_accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<CloudAccountFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<CloudAccountOrder>,
    ) -> Option<Result<CloudAccountConnection>> {
        let list = async {
            Found::list(
                ctx,
                reading::account::list(scope(ctx)?),
                Wanted::of(filter),
                CloudAccountOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(CloudAccountConnection))
    }
}

/// Which account belongs to whom.
#[derive(InputObject)]
pub struct CloudAccountLinkInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The provider as it stands in bills.
    provider: String,
    /// The account number as it stands in bills.
    account_no: String,
    /// Whose it is.
    customer_id: ID,
}

payload! {
    /// What came of it.
    CloudAccountLinkPayload {
        /// The account as it is now.
        cloud_account: CloudAccount
    }
}

/// Changes of accounts.
#[derive(Default)]
pub struct CloudAccountMutation;

#[Object(guard = "root(\"Mutation\")")]
impl CloudAccountMutation {
    /// Links an account to a customer, once. Payments that waited for it are taken in.
    async fn cloud_account_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account, and whose.")] input: CloudAccountLinkInput,
    ) -> Result<CloudAccountLinkPayload> {
        let result = link(ctx, input).await?;
        CloudAccountLinkPayload::of(ctx, result, None).await
    }
}

async fn link(ctx: &Context<'_>, input: CloudAccountLinkInput) -> Result<domain::Result<CloudAccountId>> {
    let mut checks = Checks::default();
    checks.name("provider", &input.provider);
    checks.name("accountNo", &input.account_no);
    let customer_id = checks.id("customerId", &input.customer_id);
    if let Err(refused) = checks.done() {
        return Ok(Err(refused));
    }
    let new = LinkAccount { provider: input.provider, account_no: input.account_no, customer_id };
    Ok(account::link(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new).await)
}
