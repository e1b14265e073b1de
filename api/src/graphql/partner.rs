//! Partners: solution providers, distributors and their resellers.

use async_graphql::{Context, ID, Object, Result};
use domain::reading::{self, Key, Listing};
use entity::PartnerId;

use super::bill::{IncentiveBillConnection, IncentiveBillFilter, IncentiveBillOrder};
use super::business::BusinessInformation;
use super::caller::{loaders, root, scope};
use super::connection::{Found, Paging, connection};
use super::customer::{CustomerConnection, CustomerFilter, CustomerOrder};
use super::enums::PartnerKind;
use super::errors::OrFail;
use super::filter::{DateTimeFilter, IdFilter, PartnerKindFilter, StringFilter, Wanted, filter, flag, order};
use super::incentive_pay::PayoutPreference;
use super::ledger::LedgerBalance;
use super::loaders::{BusinessOf, CurrentLink, HeldBy, PceOf, PerformanceOf, PreferenceOf};
use super::pce::PceProfile;
use super::performance_sum::PerformanceSum;
use super::scalars::{DateTime, Month};

/// A company that sells the vendor's products.
#[derive(Clone)]
pub struct Partner(entity::partner::Model);

impl From<entity::partner::Model> for Partner {
    fn from(row: entity::partner::Model) -> Self {
        Self(row)
    }
}

/// A company that sells the vendor's products: a solution provider, a distributor or a reseller.
#[Object]
impl Partner {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What it is.
    async fn kind(&self) -> PartnerKind {
        self.0.kind.into()
    }

    /// Display name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Tier name; may be empty.
    async fn tier(&self) -> &str {
        &self.0.tier
    }

    /// Business region. A reseller and its distributor have the same.
    async fn region(&self) -> &str {
        &self.0.region
    }

    /// Whether it may have customers of its own; false for most distributors.
    async fn may_own_customers(&self) -> bool {
        self.0.may_own_customers
    }

    /// The name under which it sells on the marketplace.
    async fn marketplace_name(&self) -> Option<&str> {
        self.0.marketplace_name.as_deref()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Grows with every change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The distributor a reseller belongs to now.
    async fn distributor(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        self.find_distributor(ctx).await.transpose()
    }

    /// The resellers that were ever linked to this distributor.
    async fn resellers(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<PartnerFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<PartnerOrder>,
    ) -> Option<Result<PartnerConnection>> {
        Some(self.find_resellers(ctx, filter, order_by, Paging { first, after, last, before }).await)
    }

    /// The customers that were ever associated with this partner.
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
        Some(self.find_customers(ctx, filter, order_by, Paging { first, after, last, before }).await)
    }

    /// Its performance in a month, by currency.
    async fn performance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The month in which it is posted.")] month: Month,
        #[graphql(
            desc = "Also what rolls up to it from its resellers, that is all it is billed for.",
            default
        )]
        rolled_up: bool,
    ) -> Option<Result<Vec<PerformanceSum>>> {
        let key = PerformanceOf { partner: self.0.id, month: month.0, rolled_up };
        Some(self.find_performance(ctx, key).await)
    }

    /// What is known of its business; null if nothing, or if it is not the caller's to see.
    async fn business_information(&self, ctx: &Context<'_>) -> Option<Result<BusinessInformation>> {
        let found = async {
            let rows = loaders(ctx)?.load_one(BusinessOf(self.0.id)).await.or_fail(ctx)?;
            Ok(rows.and_then(|rows| rows.into_iter().next()).map(BusinessInformation::from))
        };
        found.await.transpose()
    }

    /// How it wants its incentives; null if it has not said, or if that is not the caller's to see.
    async fn payout_preference(&self, ctx: &Context<'_>) -> Option<Result<PayoutPreference>> {
        let found = async {
            let rows = loaders(ctx)?.load_one(PreferenceOf(self.0.id)).await.or_fail(ctx)?;
            Ok(rows.and_then(|rows| rows.into_iter().next()).map(PayoutPreference::from))
        };
        found.await.transpose()
    }

    /// Its place in the frame of shared opportunities; null if nothing is known, or if it is not the caller's to see.
    async fn pce_profile(&self, ctx: &Context<'_>) -> Option<Result<PceProfile>> {
        let found = async {
            let rows = loaders(ctx)?.load_one(PceOf(self.0.id)).await.or_fail(ctx)?;
            Ok(rows.and_then(|rows| rows.into_iter().next()).map(PceProfile::from))
        };
        found.await.transpose()
    }

    /// What its accounts in the ledger hold: what is payable, frozen, carried, in payout and paid. Empty if that is not
    /// the caller's to see.
    async fn balances(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As it was at the end of this instant; now if not given.")] at: Option<DateTime>,
    ) -> Option<Result<Vec<LedgerBalance>>> {
        let held = async {
            let key = HeldBy(self.0.id, at.map(|at| at.0));
            let rows = loaders(ctx)?.load_one(key).await.or_fail(ctx)?.unwrap_or_default();
            Ok(rows.into_iter().map(LedgerBalance::from).collect())
        };
        Some(held.await)
    }

    /// Its incentive bills.
    async fn bills(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<IncentiveBillFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<IncentiveBillOrder>,
    ) -> Option<Result<IncentiveBillConnection>> {
        Some(self.find_bills(ctx, filter, order_by, Paging { first, after, last, before }).await)
    }
}

impl Partner {
    async fn find_distributor(&self, ctx: &Context<'_>) -> Result<Option<Partner>> {
        let loaders = loaders(ctx)?;
        let Some(link) = loaders.load_one(CurrentLink(self.0.id)).await.or_fail(ctx)? else {
            return Ok(None);
        };
        Ok(loaders.load_one(link.distributor_id).await.or_fail(ctx)?.map(Partner))
    }

    async fn find_resellers(
        &self,
        ctx: &Context<'_>,
        filter: Option<PartnerFilter>,
        order: Option<PartnerOrder>,
        paging: Paging,
    ) -> Result<PartnerConnection> {
        let list: Listing<entity::partner::Model> = Listing::of(
            "partner JOIN (SELECT DISTINCT reseller_id, distributor_id FROM distribution_link) l ON l.reseller_id = partner.id",
            scope(ctx)?.partners("partner.id", 1),
        );
        let at = ("l.distributor_id", self.0.id.0);
        Ok(PartnerConnection(
            Found::below(ctx, at, list, Wanted::of(filter), PartnerOrder::of(order), paging).await?,
        ))
    }

    async fn find_customers(
        &self,
        ctx: &Context<'_>,
        filter: Option<CustomerFilter>,
        order: Option<CustomerOrder>,
        paging: Paging,
    ) -> Result<CustomerConnection> {
        let list = Listing::of(
            "customer JOIN (SELECT DISTINCT customer_id, partner_id FROM association) l ON l.customer_id = customer.id",
            scope(ctx)?.customers("customer.id", 1),
        );
        let at = ("l.partner_id", self.0.id.0);
        Ok(CustomerConnection(
            Found::below(ctx, at, list, Wanted::of(filter), CustomerOrder::of(order), paging).await?,
        ))
    }

    async fn find_performance(&self, ctx: &Context<'_>, key: PerformanceOf) -> Result<Vec<PerformanceSum>> {
        let sums = loaders(ctx)?.load_one(key).await.or_fail(ctx)?.unwrap_or_default();
        Ok(sums.into_iter().map(PerformanceSum::from).collect())
    }

    async fn find_bills(
        &self,
        ctx: &Context<'_>,
        filter: Option<IncentiveBillFilter>,
        order: Option<IncentiveBillOrder>,
        paging: Paging,
    ) -> Result<IncentiveBillConnection> {
        let (list, at) = (reading::bill::list(scope(ctx)?), ("partner_id", self.0.id.0));
        Ok(IncentiveBillConnection(
            Found::below(ctx, at, list, Wanted::of(filter), IncentiveBillOrder::of(order), paging).await?,
        ))
    }
}

connection! {
    /// A page of partners.
    PartnerConnection,
    /// A partner with its cursor.
    PartnerEdge, Partner, entity::partner::Model
}

filter! {
    /// Which partners.
    PartnerFilter {
        /// By id.
        id: IdFilter => |f| f.on::<PartnerId>("partner.id"),
        /// By display name.
        name: StringFilter => |f| f.on("partner.name"),
        /// By kind.
        kind: PartnerKindFilter => |f| f.on("partner.kind"),
        /// By tier.
        tier: StringFilter => |f| f.on("partner.tier"),
        /// By business region.
        region: StringFilter => |f| f.on("partner.region"),
        /// By when it was made.
        created_at: DateTimeFilter => |f| f.on("partner.created_at"),
        /// By the distributor it was ever linked to.
        distributor: IdFilter => |f| Ok(f.on::<PartnerId>("distributor_id")?
            .within("partner.id IN (SELECT reseller_id FROM distribution_link WHERE {})")),
        /// Whether it may have customers of its own.
        may_own_customers: bool => |f| flag("partner.may_own_customers", *f),
    }
}

order! {
    /// The order of partners.
    PartnerOrder,
    /// What partners are ordered by.
    PartnerOrderField of "partners" {
        /// Display name.
        Name "NAME" => [Key::text("partner.name"), Key::int("partner.id")],
        /// When it was made.
        CreatedAt "CREATED_AT" => [Key::int("partner.created_at"), Key::int("partner.id")],
        /// Business region.
        Region "REGION" => [Key::text("partner.region"), Key::int("partner.id")],
    } default Name Asc
}

/// Queries about partners.
#[derive(Default)]
pub struct PartnerQuery;

#[Object(guard = "root(\"Query\")")]
impl PartnerQuery {
    /// A partner by id; null if the caller sees none.
    async fn partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The partner's id.")] id: ID,
    ) -> Option<Result<Partner>> {
        let id: PartnerId = id.parse().ok()?;
        super::node::load(ctx, id).await.transpose()
    }

    /// The partners the caller sees: a partner itself and its resellers.
    async fn partners(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<PartnerFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<PartnerOrder>,
    ) -> Option<Result<PartnerConnection>> {
        let list = async {
            Found::list(
                ctx,
                reading::partner::list(scope(ctx)?),
                Wanted::of(filter),
                PartnerOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(PartnerConnection))
    }
}
