//! Products of cloud providers, and what counts of them.

use async_graphql::{ID, InputObject};
use domain::performance::product_policy::{self, SetPolicy};
use domain::reading::{self, Key};
use entity::{ProductId, product, product_policy as policy_row};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{IdFilter, StringFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::{MarketplaceCategory, ProductPolicyKind};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::loaders::{CategoryOf, PoliciesOf};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::scalars::Month;

impl Shown for product::Model {
    const NAME: &'static str = "Product";

    fn object() -> Object<Self> {
        Object::<Self>::new("A product of a cloud provider, as bills name it.")
            .node(|product| product.id)
            .text("provider", "The provider as it stands in bills.", |product| &product.provider)
            .text("code", "The product's code at its provider.", |product| &product.code)
            .text("name", "The name under which people know it.", |product| &product.name)
            .text("class", "The class that incentive rates go by.", |product| &product.class)
            .field("createdAt", "The instant at which a bill first named it.", |product| product.created_at)
            .values("marketplaceCategory", "Its category on the marketplace.", |env, products, _| {
                Box::pin(categories(env, products))
            })
            .values("policy", "What counts of it in a month.", |env, products, args| {
                Box::pin(async move { policies_of(env, products, args.get::<Month>("month")?.0).await })
            })
            .arg::<Month>("month", "The month.")
            .many(
                "policies",
                "Everything that was set for it, oldest month first; at most one entry a month.",
                |product| PoliciesOf(product.id),
            )
    }
}

/// The categories of products; one without a category of its own is goods.
async fn categories(env: &Env, products: &[product::Model]) -> Outcome<Vec<Option<MarketplaceCategory>>> {
    let found = env.load(products.iter().map(|product| CategoryOf(product.id)).collect()).await?;
    let of = |product: &product::Model| {
        let row = found.get(&CategoryOf(product.id)).and_then(|rows| rows.last());
        Some(Choice(row.map_or(entity::MarketplaceCategory::Goods, |row| row.category)))
    };
    Ok(products.iter().map(of).collect())
}

/// What counts of products in `month`: the last that was set up to it.
async fn policies_of(
    env: &Env,
    products: &[product::Model],
    month: entity::Month,
) -> Outcome<Vec<Option<ProductPolicyKind>>> {
    let found = env.load(products.iter().map(|product| PoliciesOf(product.id)).collect()).await?;
    let of = |product: &product::Model| {
        let rows = found.get(&PoliciesOf(product.id)).map(Vec::as_slice).unwrap_or_default();
        let last = rows.iter().rev().find(|row| row.month <= month);
        Some(Choice(last.map_or(entity::ProductPolicyKind::Ordinary, |row| row.policy)))
    };
    Ok(products.iter().map(of).collect())
}

impl Shown for policy_row::Model {
    const NAME: &'static str = "ProductPolicy";

    fn object() -> Object<Self> {
        Object::<Self>::new("A policy that was set for a product from a month on.")
            .field("month", "First month it holds for, until the next one.", |policy| policy.month)
            .field("policy", "What counts of the product.", |policy| Choice(policy.policy))
            .field("changedAt", "The instant at which it was set.", |policy| policy.changed_at)
    }
}

impl Paged for product::Model {
    const PAGE: &'static str = "A page of products.";
    const EDGE: &'static str = "A product with its cursor.";
}

impl Listable for product::Model {
    fn list() -> List {
        List {
            filter: Filter::new("ProductFilter", "Conditions on products.")
                .by("id", "By id.", |f: &IdFilter| f.on_own::<ProductId>("id"))
                .by("provider", "By provider.", |f: &StringFilter| f.on("provider"))
                .by("code", "By code.", |f: &StringFilter| f.on("code"))
                .by("name", "By the name under which people know it.", |f: &StringFilter| f.on("name"))
                .by("class", "By class.", |f: &StringFilter| f.on("class")),
            order: OrderBy::new("products", "ProductOrder", "The order of products.")
                .by("CODE", "Provider and code.", [Key::text("provider"), Key::text("code"), Key::int("id")])
                .by("NAME", "The name under which people know it.", [Key::text("name"), Key::int("id")]),
        }
    }
}

/// What is to count of a product.
#[derive(InputObject)]
pub(crate) struct ProductPolicySetInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The product.
    product_id: ID,
    /// First month it holds for; not before the last final month.
    month: Month,
    /// What counts of the product.
    policy: ProductPolicyKind,
}

impl Change for ProductPolicySetInput {
    type Gives = ProductId;
    const NAME: &'static str = "productPolicySet";
    const DOC: &'static str =
        "Sets what counts of a product from a month on. Lines of open months follow at once.";
    const INPUT: &'static str = "The product, the first month, and what counts.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("product", "The product with its policies as they are now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<ProductId> {
        let mut checks = Checks::default();
        let product_id = checks.id("productId", &self.product_id);
        checks.done()?;
        let set = SetPolicy { product_id, month: self.month.0, policy: self.policy.0 };
        product_policy::set(&env.store, &env.context(), Some(&self.idempotency_key), set).await
    }
}

/// Adds the query about products.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.list("products", "The catalogue: every product a bill has named.", |_| {
        reading::performance::product::list()
    })
}

/// Adds the changes of products.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<ProductPolicySetInput>()
}
