//! Making partners, and linking resellers to distributors.

use async_graphql::{ID, InputObject};
use domain::programme::partner::{self, NewLink, NewPartner};
use entity::PartnerId;

use super::business::BusinessInformationSetInput;
use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::enums::PartnerKind;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;
use crate::graphql::schema::scalars::DateTime;

/// Longest tier name, in characters.
const TIER_LIMIT: usize = 64;

/// A partner to be made.
#[derive(InputObject)]
pub(crate) struct PartnerCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// Its kind, which never changes.
    kind: PartnerKind,
    /// The name under which people know it, 1 to 200 characters.
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

impl Change for PartnerCreateInput {
    type Gives = PartnerId;
    const NAME: &'static str = "partnerCreate";
    const DOC: &'static str = "Makes a partner.";
    const INPUT: &'static str = "The partner to be made.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("partner", "The new partner.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<PartnerId> {
        let mut checks = Checks::default();
        checks.name("name", &self.name);
        checks.name("region", &self.region);
        checks.text("tier", &self.tier, TIER_LIMIT);
        if let Some(name) = &self.marketplace_name {
            checks.name("marketplaceName", name);
        }
        checks.done()?;
        let new = NewPartner {
            kind: self.kind.0,
            name: self.name,
            tier: self.tier,
            region: self.region,
            may_own_customers: self.may_own_customers,
            marketplace_name: self.marketplace_name,
        };
        partner::create(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// A reseller joins a distributor.
#[derive(InputObject)]
pub(crate) struct ResellerLinkInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The reseller.
    reseller_id: ID,
    /// The distributor, of the same region.
    distributor_id: ID,
    /// The instant from which it holds; now if not given. An open link ends there.
    valid_from: Option<DateTime>,
}

impl Change for ResellerLinkInput {
    type Gives = PartnerId;
    const NAME: &'static str = "resellerLink";
    const DOC: &'static str = "Links a reseller to a distributor, from an instant on.";
    const INPUT: &'static str = "Who joins whom, and when.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("reseller", "The reseller as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<PartnerId> {
        let mut checks = Checks::default();
        let reseller_id = checks.id("resellerId", &self.reseller_id);
        let distributor_id = checks.id("distributorId", &self.distributor_id);
        checks.done()?;
        let new = NewLink { reseller_id, distributor_id, valid_from: self.valid_from.map(|at| at.0) };
        partner::link_reseller(&env.store, &env.context(), Some(&self.idempotency_key), new).await?;
        Ok(reseller_id)
    }
}

/// Adds the changes of partners.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<PartnerCreateInput>().change::<ResellerLinkInput>().change::<BusinessInformationSetInput>()
}
