//! What the vendor takes of marketplace sales, categories of products, and the bill-out of a month.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::money::market::bill_out::{self, BillOut};
use domain::money::market::category::{self, SetCategory};
use domain::money::market::terms::{self, SetTerms};
use domain::reading::{self, Key};
use entity::{PartnerId, marketplace_terms, settlement_bill_out};

use super::caller::{root, scope, store, write_context};
use super::checks::Checks;
use super::connection::{Found, Paging, connection};
use super::errors::OrFail;
use super::filter::{IdFilter, MarketplaceCategoryFilter, MonthFilter, Wanted, filter, order};
use super::market_enums::MarketplaceCategory;
use super::partner::Partner;
use super::product::Product;
use super::scalars::{DateTime, Month};
use super::user_error::{UserError, outcome, payload};

/// Terms of the marketplace.
#[derive(Clone)]
pub struct MarketplaceTerms(marketplace_terms::Model);

impl From<marketplace_terms::Model> for MarketplaceTerms {
    fn from(row: marketplace_terms::Model) -> Self {
        Self(row)
    }
}

/// What the vendor takes of marketplace sales from a month on. The latest terms that began hold; a seller's own win.
#[Object]
impl MarketplaceTerms {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// For whom; null for every seller without terms of its own.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id?).await.transpose()
    }

    /// For which category.
    async fn category(&self) -> MarketplaceCategory {
        self.0.category.into()
    }

    /// First month of sales they hold for.
    async fn valid_from(&self) -> Month {
        Month(self.0.valid_from)
    }

    /// Platform fee, in parts per million of sales.
    async fn platform_fee_ppm(&self) -> i32 {
        self.0.platform_fee_ppm
    }

    /// Operating fee, in parts per million of sales.
    async fn operating_fee_ppm(&self) -> i32 {
        self.0.operating_fee_ppm
    }

    /// Whether the seller confirms a bill before it is countersigned.
    async fn needs_confirmation(&self) -> bool {
        self.0.needs_confirmation
    }

    /// When they were set.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

connection! {
    /// A page of terms.
    MarketplaceTermsConnection,
    /// Terms with their cursor.
    MarketplaceTermsEdge, MarketplaceTerms, marketplace_terms::Model
}

filter! {
    /// Which terms.
    MarketplaceTermsFilter {
        /// By partner.
        partner: IdFilter => |f| f.on::<PartnerId>("partner_id"),
        /// By category.
        category: MarketplaceCategoryFilter => |f| f.on("category"),
        /// By the month they begin with.
        valid_from: MonthFilter => |f| f.on("valid_from"),
    }
}

order! {
    /// The order of terms.
    MarketplaceTermsOrder,
    /// What terms are ordered by.
    MarketplaceTermsOrderField of "marketplaceTerms" {
        /// The month they begin with.
        ValidFrom "VALID_FROM" => [Key::int("valid_from"), Key::int("id")],
    } default ValidFrom Desc
}

/// The bill-out of a month.
pub struct SettlementBillOut(settlement_bill_out::Model);

/// The bill-out of a month: asked for by the calendar or by operations, carried out by a worker.
#[Object]
impl SettlementBillOut {
    /// The month.
    async fn month(&self) -> Month {
        Month(self.0.month)
    }

    /// Who asked for it last.
    async fn asked_by(&self) -> &str {
        &self.0.asked_by
    }

    /// When.
    async fn asked_at(&self) -> DateTime {
        DateTime(self.0.asked_at)
    }

    /// When every seller had been looked at; null while it waits or runs.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime)
    }

    /// Attempts since it was asked for.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// Why the last attempt failed; it is tried again.
    async fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }
}

/// Queries about terms and bill-outs.
#[derive(Default)]
pub struct MarketplaceTermsQuery;

#[Object(guard = "root(\"Query\")")]
impl MarketplaceTermsQuery {
    /// The terms the caller sees: a partner its own and those of everybody. Latest first.
    async fn marketplace_terms(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<MarketplaceTermsFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<MarketplaceTermsOrder>,
    ) -> Option<Result<MarketplaceTermsConnection>> {
        let list = async {
            let (list, paging) = (reading::market::terms(scope(ctx)?), Paging { first, after, last, before });
            Found::list(ctx, list, Wanted::of(filter), MarketplaceTermsOrder::of(order_by), paging).await
        };
        Some(list.await.map(MarketplaceTermsConnection))
    }

    /// The bill-out of a month; null if it was never asked for.
    async fn settlement_bill_out(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The month.")] month: Month,
    ) -> Option<Result<SettlementBillOut>> {
        let found = async { bill_out::load(store(ctx)?, month.0).await.or_fail(ctx) };
        found.await.map(|row| row.map(SettlementBillOut)).transpose()
    }
}

/// Terms to be set.
#[derive(InputObject)]
pub struct MarketplaceTermsSetInput {
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

payload! {
    /// What came of it.
    MarketplaceTermsSetPayload {
        /// The terms as they are now.
        marketplace_terms: MarketplaceTerms
    }
}

/// The category of a product, to be set.
#[derive(InputObject)]
pub struct MarketplaceCategorySetInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The product.
    product_id: ID,
    /// Its category.
    category: MarketplaceCategory,
}

payload! {
    /// What came of it.
    MarketplaceCategorySetPayload {
        /// The product as it is now.
        product: Product
    }
}

/// Which month to bill out.
#[derive(InputObject)]
pub struct SettlementBillOutInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The month; it must be over.
    month: Month,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct SettlementBillOutPayload {
    /// The bill-out as it is now: a worker carries it out.
    settlement_bill_out: Option<SettlementBillOut>,
    /// Why nothing changed; empty on success.
    user_errors: Vec<UserError>,
}

/// Changes of terms and bill-outs.
#[derive(Default)]
pub struct MarketplaceTermsMutation;

#[Object(guard = "root(\"Mutation\")")]
impl MarketplaceTermsMutation {
    /// Sets what the vendor takes of sales from a month on.
    async fn marketplace_terms_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Terms to be set.")] input: MarketplaceTermsSetInput,
    ) -> Result<MarketplaceTermsSetPayload> {
        let mut checks = Checks::default();
        let set = SetTerms {
            partner_id: checks.optional_id("partnerId", input.partner_id.as_ref()),
            category: input.category.into(),
            valid_from: input.valid_from.0,
            platform_fee_ppm: input.platform_fee_ppm,
            operating_fee_ppm: input.operating_fee_ppm,
            needs_confirmation: input.needs_confirmation,
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => terms::set(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), set).await,
        };
        MarketplaceTermsSetPayload::of(ctx, result, None).await
    }

    /// Sets the category of a product that is sold on the marketplace.
    async fn marketplace_category_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product, which category.")] input: MarketplaceCategorySetInput,
    ) -> Result<MarketplaceCategorySetPayload> {
        let mut checks = Checks::default();
        let product_id = checks.id("productId", &input.product_id);
        let set = SetCategory { product_id, category: input.category.into() };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                category::set(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), set).await
            }
        };
        MarketplaceCategorySetPayload::of(ctx, result, None).await
    }

    /// Asks for the bill-out of a month without waiting for its day, or once more: sellers that have a bill of the
    /// month keep it, others get one.
    async fn settlement_bill_out(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which month.")] input: SettlementBillOutInput,
    ) -> Result<SettlementBillOutPayload> {
        let asked = BillOut { month: input.month.0 };
        let result =
            bill_out::ask(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), asked).await;
        let (month, user_errors) = outcome(ctx, result, None).await?;
        let row = match month {
            None => None,
            Some(month) => bill_out::load(store(ctx)?, month).await.or_fail(ctx)?,
        };
        Ok(SettlementBillOutPayload { settlement_bill_out: row.map(SettlementBillOut), user_errors })
    }
}
