//! Customers and their accounts at cloud providers.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::programme::customer::{self, NewCustomer};
use domain::reading::{self, Key};
use entity::{CustomerId, PartnerId};

use super::account::{CloudAccountConnection, CloudAccountFilter, CloudAccountOrder};
use super::association::{Association, AssociationConnection, AssociationFilter, AssociationOrder};
use super::caller::{loaders, root, scope, store, write_context};
use super::checks::Checks;
use super::connection::{Found, Paging, connection};
use super::customer_profile::CustomerProfile;
use super::errors::OrFail;
use super::filter::{DateTimeFilter, IdFilter, StringFilter, Wanted, filter, flag, order};
use super::loaders::{CurrentAssociation, PerformanceWith, ProfileOf};
use super::partner::Partner;
use super::performance_sum::PerformanceSum;
use super::scalars::{DateTime, Month};
use super::user_error::payload;

/// A company that uses cloud products.
#[derive(Clone)]
pub struct Customer(entity::customer::Model);

impl From<entity::customer::Model> for Customer {
    fn from(row: entity::customer::Model) -> Self {
        Self(row)
    }
}

/// A company that uses cloud products and pays for them.
#[Object]
impl Customer {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Display name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// An internal account of the vendor: never performance.
    async fn internal(&self) -> bool {
        self.0.internal
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Grows with every change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Who it is in law, and which office owns it; null if nothing is known, and for partners.
    async fn profile(&self, ctx: &Context<'_>) -> Option<Result<CustomerProfile>> {
        let found = async { loaders(ctx)?.load_one(ProfileOf(self.0.id)).await.or_fail(ctx) };
        found.await.map(|rows| rows.unwrap_or_default().pop().map(CustomerProfile::from)).transpose()
    }

    /// Who had it, and in which mode: past, present and future. A partner sees its own periods only.
    async fn associations(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<AssociationFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<AssociationOrder>,
    ) -> Option<Result<AssociationConnection>> {
        let below = async {
            let (list, at) = (reading::association::list(scope(ctx)?), ("customer_id", self.0.id.0));
            Found::below(
                ctx,
                at,
                list,
                Wanted::of(filter),
                AssociationOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(below.await.map(AssociationConnection))
    }

    /// The association that holds now.
    async fn current_association(&self, ctx: &Context<'_>) -> Option<Result<Association>> {
        let current = async { loaders(ctx)?.load_one(CurrentAssociation(self.0.id)).await.or_fail(ctx) };
        current.await.transpose().map(|row| row.map(Association::from))
    }

    /// The partner that has it now.
    async fn current_partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        let current = async {
            let current = loaders(ctx)?.load_one(CurrentAssociation(self.0.id)).await.or_fail(ctx)?;
            let Some(current) = current else { return Ok(None) };
            super::node::load(ctx, current.partner_id).await
        };
        current.await.transpose()
    }

    /// The performance it makes in a month, by currency, as far as the caller sees it.
    async fn performance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The month in which it is posted.")] month: Month,
    ) -> Option<Result<Vec<PerformanceSum>>> {
        let key = PerformanceWith { customer: self.0.id, month: month.0 };
        let sums = async { loaders(ctx)?.load_one(key).await.or_fail(ctx) };
        Some(sums.await.map(|sums| sums.unwrap_or_default().into_iter().map(PerformanceSum::from).collect()))
    }

    /// Its accounts at cloud providers.
    async fn accounts(
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
        let below = async {
            let (list, at) = (reading::account::list(scope(ctx)?), ("customer_id", self.0.id.0));
            Found::below(
                ctx,
                at,
                list,
                Wanted::of(filter),
                CloudAccountOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(below.await.map(CloudAccountConnection))
    }
}

connection! {
    /// A page of customers.
    CustomerConnection,
    /// A customer with its cursor.
    CustomerEdge, Customer, entity::customer::Model
}

filter! {
    /// Which customers.
    CustomerFilter {
        /// By id.
        id: IdFilter => |f| f.on::<CustomerId>("customer.id"),
        /// By display name.
        name: StringFilter => |f| f.on("customer.name"),
        /// Whether it is an internal account of the vendor.
        internal: bool => |f| flag("customer.internal", *f),
        /// By when it was made.
        created_at: DateTimeFilter => |f| f.on("customer.created_at"),
        /// By a partner that ever had it.
        partner: IdFilter => |f| Ok(f.on::<PartnerId>("partner_id")?
            .within("customer.id IN (SELECT customer_id FROM association WHERE {})")),
    }
}

order! {
    /// The order of customers.
    CustomerOrder,
    /// What customers are ordered by.
    CustomerOrderField of "customers" {
        /// Display name.
        Name "NAME" => [Key::text("customer.name"), Key::int("customer.id")],
        /// When it was made.
        CreatedAt "CREATED_AT" => [Key::int("customer.created_at"), Key::int("customer.id")],
    } default Name Asc
}

/// Queries about customers.
#[derive(Default)]
pub struct CustomerQuery;

#[Object(guard = "root(\"Query\")")]
impl CustomerQuery {
    /// A customer by id; null if the caller sees none.
    async fn customer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The customer's id.")] id: ID,
    ) -> Option<Result<Customer>> {
        let id: CustomerId = id.parse().ok()?;
        super::node::load(ctx, id).await.transpose()
    }

    /// The customers the caller sees.
    async fn customers(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<CustomerFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<CustomerOrder>,
    ) -> Option<Result<CustomerConnection>> {
        let list = async {
            Found::list(
                ctx,
                reading::customer::list(scope(ctx)?),
                Wanted::of(filter),
                CustomerOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(CustomerConnection))
    }
}

/// A customer to be made.
#[derive(InputObject)]
pub struct CustomerCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// Display name, 1 to 200 characters.
    name: String,
    /// An internal account of the vendor: never performance.
    #[graphql(default)]
    internal: bool,
}

payload! {
    /// What came of it.
    CustomerCreatePayload {
        /// The new customer.
        customer: Customer
    }
}

/// Changes of customers.
#[derive(Default)]
pub struct CustomerMutation;

#[Object(guard = "root(\"Mutation\")")]
impl CustomerMutation {
    /// Makes a customer.
    async fn customer_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The customer to be made.")] input: CustomerCreateInput,
    ) -> Result<CustomerCreatePayload> {
        let new = NewCustomer { name: input.name, internal: input.internal };
        let mut checks = Checks::default();
        checks.name("name", &new.name);
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                customer::create(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new).await
            }
        };
        CustomerCreatePayload::of(ctx, result, None).await
    }
}
