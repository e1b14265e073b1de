//! Products of cloud providers, and what counts of them.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::performance::product_policy::{self, SetPolicy};
use domain::reading::{self, Key};
use entity::ProductId;

use super::caller::{loaders, root, store, write_context};
use super::checks::Checks;
use super::connection::{Found, Paging, connection};
use super::enums::ProductPolicyKind;
use super::errors::OrFail;
use super::filter::{IdFilter, StringFilter, Wanted, filter, order};
use super::loaders::{CategoryOf, PoliciesOf};
use super::market_enums::MarketplaceCategory;
use super::scalars::{DateTime, Month};
use super::user_error::payload;

/// A product of a cloud provider.
#[derive(Clone)]
pub struct Product(entity::product::Model);

impl From<entity::product::Model> for Product {
    fn from(row: entity::product::Model) -> Self {
        Self(row)
    }
}

/// What is said about a product from a month on.
#[derive(SimpleObject)]
pub struct ProductPolicy {
    /// First month it holds for, until the next one.
    month: Month,
    /// What it says.
    policy: ProductPolicyKind,
    /// When it was set.
    changed_at: DateTime,
}

impl From<entity::product_policy::Model> for ProductPolicy {
    fn from(row: entity::product_policy::Model) -> Self {
        Self { month: Month(row.month), policy: row.policy.into(), changed_at: DateTime(row.changed_at) }
    }
}

/// A product of a cloud provider, as bills name it.
#[Object]
impl Product {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The provider as it stands in bills.
    async fn provider(&self) -> &str {
        &self.0.provider
    }

    /// The product's code at its provider.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Display name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The class that incentive rates go by.
    async fn class(&self) -> &str {
        &self.0.class
    }

    /// When a bill first named it.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Its category on the marketplace.
    async fn marketplace_category(&self, ctx: &Context<'_>) -> Option<Result<MarketplaceCategory>> {
        let rows = async { loaders(ctx)?.load_one(CategoryOf(self.0.id)).await.or_fail(ctx) };
        Some(rows.await.map(|rows| {
            let row = rows.unwrap_or_default().pop();
            row.map_or(MarketplaceCategory::Goods, |row| row.category.into())
        }))
    }

    /// What counts of it in a month.
    async fn policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The month.")] month: Month,
    ) -> Option<Result<ProductPolicyKind>> {
        let rows = async { loaders(ctx)?.load_one(PoliciesOf(self.0.id)).await.or_fail(ctx) };
        Some(rows.await.map(|rows| {
            let rows = rows.unwrap_or_default();
            let last = rows.iter().rev().find(|row| row.month <= month.0);
            last.map_or(ProductPolicyKind::Ordinary, |row| row.policy.into())
        }))
    }

    /// Everything that was set for it, oldest month first; at most one entry a month.
    async fn policies(&self, ctx: &Context<'_>) -> Option<Result<Vec<ProductPolicy>>> {
        let rows = async { loaders(ctx)?.load_one(PoliciesOf(self.0.id)).await.or_fail(ctx) };
        Some(rows.await.map(|rows| rows.unwrap_or_default().into_iter().map(ProductPolicy::from).collect()))
    }
}

connection! {
    /// A page of products.
    ProductConnection,
    /// A product with its cursor.
    ProductEdge, Product, entity::product::Model
}

filter! {
    /// Which products.
    ProductFilter {
        /// By id.
        id: IdFilter => |f| f.on::<ProductId>("id"),
        /// By provider.
        provider: StringFilter => |f| f.on("provider"),
        /// By code.
        code: StringFilter => |f| f.on("code"),
        /// By display name.
        name: StringFilter => |f| f.on("name"),
        /// By class.
        class: StringFilter => |f| f.on("class"),
    }
}

order! {
    /// The order of products.
    ProductOrder,
    /// What products are ordered by.
    ProductOrderField of "products" {
        /// Provider and code.
        Code "CODE" => [Key::text("provider"), Key::text("code"), Key::int("id")],
        /// Display name.
        Name "NAME" => [Key::text("name"), Key::int("id")],
    } default Code Asc
}

/// Queries about products.
#[derive(Default)]
pub struct ProductQuery;

#[Object(guard = "root(\"Query\")")]
impl ProductQuery {
    /// The catalogue: every product a bill has named.
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<ProductFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<ProductOrder>,
    ) -> Option<Result<ProductConnection>> {
        let list = Found::list(
            ctx,
            reading::product::list(),
            Wanted::of(filter),
            ProductOrder::of(order_by),
            Paging { first, after, last, before },
        );
        Some(list.await.map(ProductConnection))
    }
}

/// What is to count of a product.
#[derive(InputObject)]
pub struct ProductPolicySetInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The product.
    product_id: ID,
    /// First month it holds for; not before the last final month.
    month: Month,
    /// What it says.
    policy: ProductPolicyKind,
}

payload! {
    /// What came of it.
    ProductPolicySetPayload {
        /// The product with its policies as they are now.
        product: Product
    }
}

/// Changes of products.
#[derive(Default)]
pub struct ProductMutation;

#[Object(guard = "root(\"Mutation\")")]
impl ProductMutation {
    /// Sets what counts of a product from a month on. Lines of open months follow at once.
    async fn product_policy_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product, from when on, and what.")] input: ProductPolicySetInput,
    ) -> Result<ProductPolicySetPayload> {
        let mut checks = Checks::default();
        let product_id = checks.id("productId", &input.product_id);
        let new = SetPolicy { product_id, month: input.month.0, policy: input.policy.into() };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                product_policy::set(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new)
                    .await
            }
        };
        ProductPolicySetPayload::of(ctx, result, None).await
    }
}
