//! What sums are rated by: partners, products, policies.

use entity::{Month, PartnerId, PartnerKind, ProductId, ProductPolicyKind, partner, product};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, EntityTrait};

use super::price::{Group, Performer};
use super::sums::LineTotal;
use crate::kernel::error::{Error, Result};
use crate::kernel::store::query_one;
use crate::performance::history::Policies;
use crate::programme::incentive_policy::{Policy, for_month, load_all};

/// What groups are rated by.
#[derive(Debug)]
pub struct Catalogue {
    /// Incentive policies, oldest first.
    policies: Vec<Policy>,
    /// Policies that are tried, oldest first, and the one month they may price.
    tried: Option<(Month, Vec<Policy>)>,
    performers: FxHashMap<PartnerId, Performer>,
    classes: FxHashMap<ProductId, String>,
    product_policies: Policies,
    version: Version,
}

/// What a catalogue was read from: history, and how much there is of what only ever grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Version {
    history: i64,
    policies: i64,
    products: i64,
}

impl Version {
    async fn now<C: ConnectionTrait>(connection: &C) -> Result<Self> {
        let sql = "SELECT history_version, (SELECT COUNT(*) FROM incentive_policy), \
                   (SELECT COUNT(*) FROM product) FROM programme WHERE id = 1";
        let row = query_one(connection, sql, []).await?;
        let row = row.ok_or_else(|| Error::Invariant("the programme's row is missing".into()))?;
        Ok(Self {
            history: row.try_get_by_index(0)?,
            policies: row.try_get_by_index(1)?,
            products: row.try_get_by_index(2)?,
        })
    }
}

impl Catalogue {
    /// Reads partners, products and policies.
    pub async fn load<C: ConnectionTrait>(connection: &C) -> Result<Self> {
        let version = Version::now(connection).await?;
        let partners = partner::Entity::find().all(connection).await?;
        let products = product::Entity::find().all(connection).await?;
        Ok(Self {
            policies: load_all(connection).await?,
            tried: None,
            performers: partners
                .into_iter()
                .map(|p| (p.id, Performer { kind: p.kind, tier: p.tier }))
                .collect(),
            classes: products.into_iter().map(|p| (p.id, p.class)).collect(),
            product_policies: Policies::load(connection).await?,
            version,
        })
    }

    /// The same with policies that do not exist, for what belongs to `month` itself: what corrects other months
    /// keeps to the policies that were theirs.
    #[must_use]
    pub fn trying(mut self, month: Month, policies: Vec<Policy>) -> Self {
        self.tried = Some((month, policies));
        self
    }

    /// The policy that prices what belongs to `month`: the one that began last. One that is tried goes before a
    /// real one of the same first month.
    #[must_use]
    pub fn policy(&self, month: Month) -> Option<&Policy> {
        let real = for_month(&self.policies, month);
        let tried = self.tried.as_ref().filter(|(only, _)| *only == month);
        let tried = tried.and_then(|(_, policies)| for_month(policies, month));
        match (tried, real) {
            (Some(tried), Some(real)) if tried.policy.valid_from < real.policy.valid_from => Some(real),
            (Some(tried), _) => Some(tried),
            (None, real) => real,
        }
    }

    /// `true` while nothing it was read from changed.
    pub async fn is_current<C: ConnectionTrait>(&self, connection: &C) -> Result<bool> {
        Ok(Version::now(connection).await? == self.version)
    }

    /// What a rate may ask of a partner.
    #[must_use]
    pub fn performer(&self, id: PartnerId) -> Option<&Performer> {
        self.performers.get(&id)
    }

    /// `true` for a reseller.
    #[must_use]
    pub fn is_reseller(&self, id: PartnerId) -> bool {
        self.performer(id).is_some_and(|p| p.kind == PartnerKind::Reseller)
    }

    /// The group in which a sum is priced.
    #[must_use]
    pub fn group(&self, total: &LineTotal) -> Option<Group> {
        Some(Group {
            origin_month: total.origin_month,
            partner_id: total.partner_id,
            mode: total.mode?,
            product_class: self.classes.get(&total.product_id).cloned().unwrap_or_default(),
            policy: match self.product_policies.of(total.product_id, total.origin_month) {
                // Performance under this policy does not count; what still does was counted before.
                ProductPolicyKind::NoPerformance => ProductPolicyKind::Ordinary,
                policy => policy,
            },
        })
    }
}
