//! Making partners, and linking resellers to distributors.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::programme::partner::{self, NewLink, NewPartner};
use entity::PartnerId;

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::enums::PartnerKind;
use super::partner::Partner;
use super::scalars::DateTime;
use super::user_error::payload;

/// Longest tier name, in characters.
const TIER_LIMIT: usize = 64;

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
