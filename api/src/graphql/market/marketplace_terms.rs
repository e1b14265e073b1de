//! What the vendor takes of marketplace sales, categories of products, and the bill-out of a month.

use async_graphql::{ID, InputObject};
use domain::money::market::bill_out::{self, BillOut};
use domain::money::market::category::{self, SetCategory};
use domain::money::market::terms::{self, SetTerms};
use domain::reading::{self, Key};
use entity::{PartnerId, ProductId, TermsId, marketplace_terms, settlement_bill_out};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{IdFilter, MonthFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::{MarketplaceCategory, MarketplaceCategoryFilter};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::scalars::Month;

impl Shown for marketplace_terms::Model {
    const NAME: &'static str = "MarketplaceTerms";

    fn object() -> Object<Self> {
        Object::<Self>::new("What the vendor takes of marketplace sales from a month on. The latest terms that began hold; a seller's own win.")
            .node(|row| row.id)
            .one("partner", "For whom; null for every seller without terms of its own.", |row| row.partner_id)
            .field("category", "For which category.", |row| Choice(row.category))
            .field("validFrom", "First month of sales they hold for.", |row| row.valid_from)
            .field("platformFeePpm", "Platform fee, in parts per million of sales.", |row| row.platform_fee_ppm)
            .field("operatingFeePpm", "Operating fee, in parts per million of sales.", |row| row.operating_fee_ppm)
            .field("needsConfirmation", "Whether the seller confirms a bill before it is countersigned.", |row| row.needs_confirmation)
            .field("createdAt", "The instant at which they were set.", |row| row.created_at)
    }
}

impl Shown for settlement_bill_out::Model {
    const NAME: &'static str = "SettlementBillOut";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "The bill-out of a month: asked for by the calendar or by operations, carried out by a worker.",
        )
        .field("month", "The month.", |row| row.month)
        .text("askedBy", "The person who asked for it last.", |row| &row.asked_by)
        .field("askedAt", "The instant at which it was asked for last.", |row| row.asked_at)
        .field(
            "finishedAt",
            "The instant at which every seller had been looked at; null while it waits or runs.",
            |row| row.finished_at,
        )
        .field("attempts", "Attempts since it was asked for.", |row| row.attempts)
        .maybe_text(
            "error",
            "The error of the last attempt, which is tried again; null if there was none.",
            |row| row.error.as_deref(),
        )
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.list(
        "marketplaceTerms",
        "The terms the caller sees: a partner its own and those of everybody. Latest first.",
        |env| reading::money::market::terms(env.scope),
    )
    .column(
        "settlementBillOut",
        "The bill-out of a month; null if it was never asked for.",
        |env, _, args| {
            Box::pin(
                async move { Ok(vec![bill_out::load(&env.store, args.get::<Month>("month")?.0).await?]) },
            )
        },
    )
    .arg::<Month>("month", "The month.")
}

impl Paged for marketplace_terms::Model {
    const PAGE: &'static str = "A page of terms.";
    const EDGE: &'static str = "Terms with their cursor.";
}

impl Listable for marketplace_terms::Model {
    fn list() -> List {
        List {
            filter: Filter::new("MarketplaceTermsFilter", "Conditions on terms.")
                .by("partner", "By partner.", |f: &IdFilter| f.on::<PartnerId>("partner_id"))
                .by("category", "By category.", |f: &MarketplaceCategoryFilter| f.on("category"))
                .by("validFrom", "By the month they begin with.", |f: &MonthFilter| f.on("valid_from")),
            order: OrderBy::new("marketplaceTerms", "MarketplaceTermsOrder", "The order of terms.")
                .by("VALID_FROM", "The month they begin with.", [Key::int("valid_from"), Key::int("id")])
                .descending(),
        }
    }
}

/// Terms to be set.
#[derive(InputObject)]
pub(crate) struct MarketplaceTermsSetInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// For whom; null for every seller without terms of its own.
    partner_id: Option<ID>,
    /// For which category.
    category: MarketplaceCategory,
    /// First month of sales they hold for. Nothing of it, or of a later month, may be billed by other terms.
    valid_from: Month,
    /// Platform fee, in parts per million of sales.
    platform_fee_ppm: i32,
    /// Operating fee, in parts per million of sales.
    operating_fee_ppm: i32,
    /// Whether the seller confirms a bill before it is countersigned.
    #[graphql(default)]
    needs_confirmation: bool,
}

impl Change for MarketplaceTermsSetInput {
    type Gives = TermsId;
    const NAME: &'static str = "marketplaceTermsSet";
    const DOC: &'static str = "Sets what the vendor takes of sales from a month on.";
    const INPUT: &'static str = "Terms to be set.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("marketplaceTerms", "The terms as they are now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let set = SetTerms {
            partner_id: checks.optional_id("partnerId", self.partner_id.as_ref()),
            category: self.category.0,
            valid_from: self.valid_from.0,
            platform_fee_ppm: self.platform_fee_ppm,
            operating_fee_ppm: self.operating_fee_ppm,
            needs_confirmation: self.needs_confirmation,
        };
        checks.done()?;
        terms::set(&env.store, &env.context(), Some(&self.idempotency_key), set).await
    }
}

/// The category of a product, to be set.
#[derive(InputObject)]
pub(crate) struct MarketplaceCategorySetInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The product.
    product_id: ID,
    /// Its category.
    category: MarketplaceCategory,
}

impl Change for MarketplaceCategorySetInput {
    type Gives = ProductId;
    const NAME: &'static str = "marketplaceCategorySet";
    const DOC: &'static str = "Sets the category of a product that is sold on the marketplace.";
    const INPUT: &'static str = "Which product, which category.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("product", "The product as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let product_id = checks.id("productId", &self.product_id);
        let set = SetCategory { product_id, category: self.category.0 };
        checks.done()?;
        category::set(&env.store, &env.context(), Some(&self.idempotency_key), set).await
    }
}

/// Which month to bill out.
#[derive(InputObject)]
pub(crate) struct SettlementBillOutInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The month; it must be over.
    month: Month,
}

impl Change for SettlementBillOutInput {
    type Gives = Option<settlement_bill_out::Model>;
    const NAME: &'static str = "settlementBillOut";
    const DOC: &'static str = "Asks for the bill-out of a month without waiting for its day, or once more: sellers that have a bill of the month keep it, others get one.";
    const INPUT: &'static str = "Which month.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.maybe_object("settlementBillOut", "The bill-out; it waits for a worker.", |changed| {
            changed.done.clone().flatten()
        })
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let asked = BillOut { month: self.month.0 };
        let month = bill_out::ask(&env.store, &env.context(), Some(&self.idempotency_key), asked).await?;
        bill_out::load(&env.store, month).await
    }
}

/// Adds the changes.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<MarketplaceTermsSetInput>()
        .change::<MarketplaceCategorySetInput>()
        .change::<SettlementBillOutInput>()
}
