//! Who had a customer, and in which mode, at an instant; and what else decides about its payments.

use std::sync::Arc;

use entity::{
    AssociationMode, CloudAccountId, CustomerId, Month, PartnerId, PartnerKind, ProductId, ProductPolicyKind,
    Timestamp,
};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, Value};

use super::classify::Owner;
use crate::error::{Error, Result};
use crate::programme::settings;
use crate::store::{placeholders, query, query_one};

/// Accounts and customers kept at once: beyond this the cache begins anew (about 40 MB).
const CACHE_LIMIT: usize = 200_000;
/// Keys of one look-up statement.
const LOOKUP: usize = 500;

/// A period in which a partner had a customer.
#[derive(Clone, Debug)]
struct Period {
    from: Timestamp,
    to: Timestamp,
    partner_id: PartnerId,
    mode: AssociationMode,
    cooling_off_until: Timestamp,
}

/// A customer with the periods of its associations, oldest first.
#[derive(Clone, Debug)]
pub struct CustomerHistory {
    /// The customer.
    pub id: CustomerId,
    /// Internal account of the vendor.
    pub internal: bool,
    periods: Vec<Period>,
}

#[derive(Clone, Debug)]
struct PartnerFacts {
    kind: PartnerKind,
    marketplace_name: Option<String>,
    links: Vec<(Timestamp, Timestamp, PartnerId)>,
}

/// What decides about payments, as of one version of the programme's history.
#[derive(Debug, Default)]
pub struct History {
    version: i64,
    cash_coupon_counts: bool,
    coupons_of_months: FxHashMap<Month, bool>,
    accounts: FxHashMap<CloudAccountId, Option<Arc<CustomerHistory>>>,
    customers: FxHashMap<CustomerId, Arc<CustomerHistory>>,
    partners: FxHashMap<PartnerId, PartnerFacts>,
    policies: FxHashMap<ProductId, Vec<(Month, ProductPolicyKind)>>,
}

impl History {
    /// Forgets what is known if history changed since. Call it under the history lock, at the start of
    /// every transaction that classifies. Returns whether it forgot.
    pub async fn refresh<C: ConnectionTrait>(&mut self, connection: &C) -> Result<bool> {
        let programme = settings::load(connection).await?;
        let stale = programme.history_version != self.version || self.partners.is_empty();
        if !stale && self.accounts.len() + self.customers.len() < CACHE_LIMIT {
            return Ok(false);
        }
        *self = Self {
            version: programme.history_version,
            cash_coupon_counts: programme.cash_coupon_counts,
            partners: load_partners(connection).await?,
            policies: load_policies(connection).await?,
            coupons_of_months: load_coupon_rules(connection).await?,
            ..Self::default()
        };
        Ok(true)
    }

    /// Makes sure that the customers behind `accounts` are known.
    pub async fn load_accounts<C: ConnectionTrait>(
        &mut self,
        connection: &C,
        accounts: impl Iterator<Item = CloudAccountId>,
    ) -> Result<()> {
        let mut missing: Vec<CloudAccountId> = accounts.filter(|a| !self.accounts.contains_key(a)).collect();
        missing.sort_unstable();
        missing.dedup();
        let mut owners = Vec::with_capacity(missing.len());
        for chunk in missing.chunks(LOOKUP) {
            let sql = format!(
                "SELECT id, customer_id FROM cloud_account WHERE id IN {}",
                placeholders(1, chunk.len())
            );
            for row in query(connection, &sql, chunk.iter().map(|id| id.0.into())).await? {
                let customer: Option<i64> = row.try_get_by_index(1)?;
                owners.push((CloudAccountId(row.try_get_by_index(0)?), customer.map(CustomerId)));
            }
        }
        self.load_customers(connection, owners.iter().filter_map(|(_, c)| *c)).await?;
        for (account, customer) in owners {
            let known = customer.and_then(|c| self.customers.get(&c).cloned());
            self.accounts.insert(account, known);
        }
        Ok(())
    }

    /// Makes sure that `customers` are known.
    pub async fn load_customers<C: ConnectionTrait>(
        &mut self,
        connection: &C,
        customers: impl Iterator<Item = CustomerId>,
    ) -> Result<()> {
        let mut missing: Vec<CustomerId> = customers.filter(|c| !self.customers.contains_key(c)).collect();
        missing.sort_unstable();
        missing.dedup();
        for chunk in missing.chunks(LOOKUP) {
            let values = || chunk.iter().map(|id| Value::from(id.0));
            let list = placeholders(1, chunk.len());
            let sql = format!("SELECT id, internal FROM customer WHERE id IN {list}");
            let mut found: FxHashMap<CustomerId, CustomerHistory> = FxHashMap::default();
            for row in query(connection, &sql, values()).await? {
                let id = CustomerId(row.try_get_by_index(0)?);
                found.insert(
                    id,
                    CustomerHistory { id, internal: row.try_get_by_index(1)?, periods: Vec::new() },
                );
            }
            let sql = format!(
                "SELECT customer_id, valid_from, valid_to, partner_id, mode, cooling_off_until FROM association \
                 WHERE customer_id IN {list} ORDER BY customer_id, valid_from"
            );
            for row in query(connection, &sql, values()).await? {
                let Some(customer) = found.get_mut(&CustomerId(row.try_get_by_index(0)?)) else { continue };
                customer.periods.push(Period {
                    from: Timestamp(row.try_get_by_index(1)?),
                    to: Timestamp(row.try_get_by_index(2)?),
                    partner_id: PartnerId(row.try_get_by_index(3)?),
                    mode: mode(row.try_get_by_index(4)?)?,
                    cooling_off_until: Timestamp(row.try_get_by_index(5)?),
                });
            }
            self.customers.extend(found.into_iter().map(|(id, customer)| (id, Arc::new(customer))));
        }
        Ok(())
    }

    /// Whether cash coupons count as cash in `month`: as of its own row, so that a closed month keeps its rule.
    #[must_use]
    pub fn cash_coupon_counts(&self, month: Month) -> bool {
        self.coupons_of_months.get(&month).copied().unwrap_or(self.cash_coupon_counts)
    }

    /// The customer behind a loaded account; `None` if the account is linked to nobody.
    #[must_use]
    pub fn customer_of(&self, account: CloudAccountId) -> Option<Arc<CustomerHistory>> {
        self.accounts.get(&account).cloned().flatten()
    }

    /// A loaded customer.
    #[must_use]
    pub fn customer(&self, id: CustomerId) -> Option<Arc<CustomerHistory>> {
        self.customers.get(&id).cloned()
    }

    /// Who had `customer` at `at`.
    #[must_use]
    pub fn owner_at(&self, customer: &CustomerHistory, at: Timestamp) -> Option<Owner> {
        let index = customer.periods.partition_point(|p| p.from <= at).checked_sub(1)?;
        let period = customer.periods.get(index).filter(|p| at < p.to)?;
        let partner = self.partners.get(&period.partner_id)?;
        Some(Owner {
            partner_id: period.partner_id,
            bill_to_id: partner.bill_to(period.partner_id, at),
            mode: period.mode,
            cooling_off_until: period.cooling_off_until,
            marketplace_name: partner.marketplace_name.clone(),
        })
    }

    /// What the product policy says about `product` at the end of `month`: the latest row up to it.
    #[must_use]
    pub fn policy(&self, product: ProductId, month: Month) -> ProductPolicyKind {
        self.policies
            .get(&product)
            .and_then(|rows| rows.iter().rev().find(|(from, _)| *from <= month))
            .map_or(ProductPolicyKind::Ordinary, |(_, policy)| *policy)
    }
}

impl PartnerFacts {
    /// A reseller's performance rolls up to its distributor of that time (docs/domain.md, "Roll-up").
    fn bill_to(&self, id: PartnerId, at: Timestamp) -> PartnerId {
        if self.kind != PartnerKind::Reseller {
            return id;
        }
        self.links
            .iter()
            .find(|(from, to, _)| *from <= at && at < *to)
            .map_or(id, |(_, _, distributor)| *distributor)
    }
}

fn mode(code: i16) -> Result<AssociationMode> {
    AssociationMode::from_code(code).ok_or_else(|| Error::Invariant(format!("association mode {code}")))
}

async fn load_partners<C: ConnectionTrait>(connection: &C) -> Result<FxHashMap<PartnerId, PartnerFacts>> {
    let mut partners = FxHashMap::default();
    for row in query(connection, "SELECT id, kind, marketplace_name FROM partner", []).await? {
        let kind: String = row.try_get_by_index(1)?;
        let kind =
            PartnerKind::from_name(&kind).ok_or_else(|| Error::Invariant(format!("partner kind {kind}")))?;
        let facts = PartnerFacts { kind, marketplace_name: row.try_get_by_index(2)?, links: Vec::new() };
        partners.insert(PartnerId(row.try_get_by_index(0)?), facts);
    }
    let sql =
        "SELECT reseller_id, valid_from, valid_to, distributor_id FROM distribution_link ORDER BY valid_from";
    for row in query(connection, sql, []).await? {
        let link = (
            Timestamp(row.try_get_by_index(1)?),
            Timestamp(row.try_get_by_index(2)?),
            PartnerId(row.try_get_by_index(3)?),
        );
        if let Some(partner) = partners.get_mut(&PartnerId(row.try_get_by_index(0)?)) {
            partner.links.push(link);
        }
    }
    Ok(partners)
}

async fn load_coupon_rules<C: ConnectionTrait>(connection: &C) -> Result<FxHashMap<Month, bool>> {
    let rows = query(connection, "SELECT month, cash_coupon_counts FROM settlement_month", []).await?;
    rows.iter().map(|row| Ok((Month(row.try_get_by_index(0)?), row.try_get_by_index(1)?))).collect()
}

async fn load_policies<C: ConnectionTrait>(
    connection: &C,
) -> Result<FxHashMap<ProductId, Vec<(Month, ProductPolicyKind)>>> {
    let mut policies: FxHashMap<ProductId, Vec<_>> = FxHashMap::default();
    for row in
        query(connection, "SELECT product_id, month, policy FROM product_policy ORDER BY month", []).await?
    {
        let code: i16 = row.try_get_by_index(2)?;
        let policy = ProductPolicyKind::from_code(code)
            .ok_or_else(|| Error::Invariant(format!("product policy {code}")))?;
        let month = Month(row.try_get_by_index(1)?);
        policies.entry(ProductId(row.try_get_by_index(0)?)).or_default().push((month, policy));
    }
    Ok(policies)
}

/// Says that history changed: caches of it are stale from the commit on. Needs the exclusive history lock.
pub async fn bump<C: ConnectionTrait>(connection: &C) -> Result<()> {
    let sql =
        "UPDATE programme SET history_version = history_version + 1 WHERE id = 1 RETURNING history_version";
    query_one(connection, sql, []).await?;
    Ok(())
}
