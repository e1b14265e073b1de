//! Partners: solution providers, distributors and their resellers.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::programme::partner::{self, NewLink, NewPartner};
use domain::read::{self, Key, Listing};
use entity::PartnerId;

use super::bill::{IncentiveBillConnection, IncentiveBillFilter, IncentiveBillOrder};
use super::caller::{loaders, root, scope, store, write_context};
use super::checks::Checks;
use super::connection::{Found, Paging, connection};
use super::customer::{CustomerConnection, CustomerFilter, CustomerOrder};
use super::enums::PartnerKind;
use super::errors::OrFail;
use super::filter::{DateTimeFilter, IdFilter, PartnerKindFilter, StringFilter, Wanted, filter, flag, order};
use super::loaders::{CurrentLink, PerformanceOf};
use super::performance_sum::PerformanceSum;
use super::scalars::{DateTime, Month};
use super::user_error::payload;

/// Longest tier name, in characters.
const TIER_LIMIT: usize = 64;

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
        let list: Listing<entity::partner::Model> = Listing::of_joined(
            "partner",
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
        let list = Listing::of_joined(
            "customer",
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
        let (list, at) = (read::bill::list(scope(ctx)?), ("partner_id", self.0.id.0));
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
                read::partner::list(scope(ctx)?),
                Wanted::of(filter),
                PartnerOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(PartnerConnection))
    }
}

/// A partner to be made.
#[derive(InputObject)]
pub struct PartnerCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// What it is.
    kind: PartnerKind,
    /// Display name, 1 to 200 characters.
    name: String,
    /// Tier name, at most 64 characters.
    #[graphql(default)]
    tier: String,
    /// Business region, 1 to 200 characters.
    region: String,
    /// Whether a distributor may have customers of its own; others always may.
    #[graphql(default)]
    may_own_customers: bool,
    /// The name under which it sells on the marketplace; unique.
    marketplace_name: Option<String>,
}

payload! {
    /// What came of it.
    PartnerCreatePayload {
        /// The new partner.
        partner: Partner
    }
}

/// A reseller joins a distributor.
#[derive(InputObject)]
pub struct ResellerLinkInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The reseller.
    reseller_id: ID,
    /// The distributor, of the same region.
    distributor_id: ID,
    /// From when on; now if not given. An open link ends there.
    valid_from: Option<DateTime>,
}

payload! {
    /// What came of it.
    ResellerLinkPayload {
        /// The reseller as it is now.
        reseller: Partner
    }
}

/// Changes of partners.
#[derive(Default)]
pub struct PartnerMutation;

#[Object(guard = "root(\"Mutation\")")]
impl PartnerMutation {
    /// Makes a partner.
    async fn partner_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The partner to be made.")] input: PartnerCreateInput,
    ) -> Result<PartnerCreatePayload> {
        let result = create(ctx, input).await?;
        PartnerCreatePayload::of(ctx, result, None).await
    }

    /// Links a reseller to a distributor, from an instant on.
    async fn reseller_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who joins whom, and when.")] input: ResellerLinkInput,
    ) -> Result<ResellerLinkPayload> {
        let result = link(ctx, input).await?;
        ResellerLinkPayload::of(ctx, result, None).await
    }
}

async fn create(ctx: &Context<'_>, input: PartnerCreateInput) -> Result<domain::Result<PartnerId>> {
    let mut checks = Checks::default();
    checks.name("name", &input.name);
    checks.name("region", &input.region);
    checks.text("tier", &input.tier, TIER_LIMIT);
    if let Some(name) = &input.marketplace_name {
        checks.name("marketplaceName", name);
    }
    if let Err(refused) = checks.done() {
        return Ok(Err(refused));
    }
    let new = NewPartner {
        kind: input.kind.into(),
        name: input.name,
        tier: input.tier,
        region: input.region,
        may_own_customers: input.may_own_customers,
        marketplace_name: input.marketplace_name,
    };
    Ok(partner::create(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new).await)
}

async fn link(ctx: &Context<'_>, input: ResellerLinkInput) -> Result<domain::Result<PartnerId>> {
    let mut checks = Checks::default();
    let reseller_id = checks.id("resellerId", &input.reseller_id);
    let distributor_id = checks.id("distributorId", &input.distributor_id);
    if let Err(refused) = checks.done() {
        return Ok(Err(refused));
    }
    let new = NewLink { reseller_id, distributor_id, valid_from: input.valid_from.map(|at| at.0) };
    let linked =
        partner::link_reseller(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new).await;
    Ok(linked.map(|_| reseller_id))
}
