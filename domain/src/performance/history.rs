//! Who had a customer, and in which mode, at an instant; and what else decides about its payments.

use std::sync::Arc;

use entity::{
    AssociationMode, CloudAccountId, CustomerId, Month, PartnerId, PartnerKind, ProductId, ProductPolicyKind,
    Timestamp,
};
use rustc_hash::{FxBuildHasher, FxHashMap};
use sea_orm::{ConnectionTrait, Value};

use super::classify::{Owner, Payment, Rules};
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{placeholders, query, query_one};
use crate::kernel::stream::Reader;
use crate::programme::cooling_off::{self, Begins};
use crate::programme::settings;

mod facts;
pub use facts::{MonthRules, Policies, RulesOf};
use facts::{load_coupon_rules, load_partners, load_sellers, load_whole, period};

/// Customers kept at once: beyond this the cache begins anew (about 15 MB with their accounts).
const CACHE_LIMIT: usize = 120_000;
/// Keys of one look-up statement.
const LOOKUP: usize = 500;

/// The place of the customer of an account that belongs to nobody.
const NOBODY: u32 = u32::MAX;

/// A customer as it is read.
#[derive(Clone, Copy, Debug)]
struct Found {
    id: CustomerId,
    internal: bool,
    long_tail: bool,
}

/// A period in which a partner had a customer; until when it cools off is derived when the customer is learnt.
#[derive(Clone, Copy, Debug)]
struct Period {
    from: Timestamp,
    to: Timestamp,
    partner_id: PartnerId,
    mode: AssociationMode,
    cooling_off_until: Timestamp,
}

/// A customer; its associations stand in the history that gave it.
#[derive(Clone, Copy, Debug)]
pub struct CustomerHistory {
    /// The customer.
    pub id: CustomerId,
    /// Internal account of the vendor.
    pub internal: bool,
    /// Where its periods stand, oldest first.
    first: u32,
    end: u32,
}

#[derive(Clone, Debug)]
struct PartnerFacts {
    kind: PartnerKind,
    marketplace_name: Option<Arc<str>>,
    links: Vec<(Timestamp, Timestamp, PartnerId)>,
}

/// What decides about payments, as of one version of the programme's history. Customers and periods stand in
/// two long rows: a hundred thousand customers take about 15 MB, in a handful of allocations.
#[derive(Debug, Default)]
pub struct History {
    version: i64,
    cash_coupon_counts: bool,
    cooling_off: cooling_off::Rules,
    coupons_of_months: FxHashMap<Month, bool>,
    /// Where the customer of an account stands; [`NOBODY`] if it has none.
    accounts: FxHashMap<CloudAccountId, u32>,
    customers: FxHashMap<CustomerId, u32>,
    known: Vec<CustomerHistory>,
    periods: Vec<Period>,
    partners: FxHashMap<PartnerId, PartnerFacts>,
    policies: Policies,
    /// Owners of names of sellers, as far as that decides: `true` for the vendor's own, `false` for undecided ones.
    sellers: FxHashMap<Box<str>, bool>,
}

impl History {
    /// Forgets what is known if history changed since. Call it under the history lock, at the start of
    /// every transaction that classifies. Returns whether it forgot.
    pub async fn refresh<C: ConnectionTrait>(&mut self, connection: &C) -> Result<bool> {
        let programme = settings::load(connection).await?;
        let stale = programme.history_version != self.version || self.partners.is_empty();
        if !stale && self.known.len() <= CACHE_LIMIT && self.accounts.len() <= 2 * CACHE_LIMIT {
            return Ok(false);
        }
        *self = Self {
            version: programme.history_version,
            cash_coupon_counts: programme.cash_coupon_counts,
            cooling_off: cooling_off::Rules::load(connection).await?,
            partners: load_partners(connection).await?,
            policies: Policies::load(connection).await?,
            coupons_of_months: load_coupon_rules(connection).await?,
            sellers: load_sellers(connection).await?,
            ..Self::default()
        };
        Ok(true)
    }

    /// What decides about the payments of some customers for the products and months of `rules`, and nothing else: for
    /// explaining a few of them, where reading the whole programme would be most of the work. Some hundreds of
    /// customers in one statement; `rules` were read.
    pub async fn of_customers<C: ConnectionTrait>(
        connection: &C,
        mut customers: Vec<CustomerId>,
        rules: &RulesOf,
    ) -> Result<Self> {
        let mut history = Self { sellers: load_sellers(connection).await?, ..Self::default() };
        let mut months: Vec<_> = rules.iter().collect();
        months.sort_unstable_by_key(|((_, month), _)| *month);
        for ((product, month), rules) in months {
            history.policies.add(*product, *month, rules.policy);
            history.coupons_of_months.insert(*month, rules.cash_coupon_counts);
        }
        customers.sort_unstable();
        customers.dedup();
        for chunk in customers.chunks(LOOKUP) {
            let (found, periods, partners) = load_whole(connection, chunk).await?;
            // Few customers ever change their partner: the rules are read only for those.
            let changes = |a: &(CustomerId, Period), b: &(CustomerId, Period)| {
                a.0 == b.0 && a.1.partner_id != b.1.partner_id
            };
            if periods.iter().zip(periods.iter().skip(1)).any(|(a, b)| changes(a, b)) {
                history.cooling_off = cooling_off::Rules::load(connection).await?;
            }
            history.partners.extend(partners);
            history.learn(found, periods);
        }
        Ok(history)
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
            self.belongs(account, customer);
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
            let sql = format!("SELECT id, internal, long_tail FROM customer WHERE id IN {list}");
            let mut found = Vec::with_capacity(chunk.len());
            for row in query(connection, &sql, values()).await? {
                found.push(Found {
                    id: CustomerId(row.try_get_by_index(0)?),
                    internal: row.try_get_by_index(1)?,
                    long_tail: row.try_get_by_index(2)?,
                });
            }
            let sql = format!(
                "SELECT customer_id, valid_from, valid_to, partner_id, mode FROM association \
                 WHERE customer_id IN {list}"
            );
            let mut periods = Vec::with_capacity(chunk.len());
            for row in query(connection, &sql, values()).await? {
                let numbers: [i64; 3] =
                    [row.try_get_by_index(1)?, row.try_get_by_index(2)?, row.try_get_by_index(3)?];
                periods
                    .push((CustomerId(row.try_get_by_index(0)?), period(numbers, row.try_get_by_index(4)?)?));
            }
            self.learn(found, periods);
        }
        Ok(())
    }

    /// Takes customers with their periods in.
    fn learn(&mut self, mut found: Vec<Found>, mut periods: Vec<(CustomerId, Period)>) {
        found.sort_unstable_by_key(|customer| customer.id);
        periods.sort_unstable_by_key(|(id, period)| (*id, period.from));
        let mut rest = periods.as_slice();
        let mut begins = Vec::new();
        for Found { id, internal, long_tail } in found {
            // Periods of customers that are not asked for do not come: the row holds the found ones' only.
            let skipped = rest.partition_point(|(of, _)| *of < id);
            let mine = rest.get(skipped..).unwrap_or_default();
            let (mine, others) = mine.split_at(mine.partition_point(|(of, _)| *of == id));
            let first = place(self.periods.len());
            begins.clear();
            begins.extend(mine.iter().map(|(_, p)| Begins { from: p.from, partner: p.partner_id }));
            let until = self.cooling_off.until(long_tail, &begins);
            let cooled = |((_, period), cooling_off_until): (&(CustomerId, Period), Timestamp)| Period {
                cooling_off_until,
                ..*period
            };
            self.periods.extend(mine.iter().zip(until).map(cooled));
            self.customers.insert(id, place(self.known.len()));
            self.known.push(CustomerHistory { id, internal, first, end: place(self.periods.len()) });
            rest = others;
        }
    }

    fn belongs(&mut self, account: CloudAccountId, customer: Option<CustomerId>) {
        let place = customer.and_then(|c| self.customers.get(&c)).copied().unwrap_or(NOBODY);
        self.accounts.insert(account, place);
    }

    /// Whether everybody fits in memory at once: then reading all in one go is much faster than looking up most.
    pub async fn fits_everybody<C: ConnectionTrait>(connection: &C) -> Result<bool> {
        let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM customer LIMIT {}) few", CACHE_LIMIT + 1);
        let row = query_one(connection, &sql, []).await?;
        let customers: i64 =
            row.ok_or_else(|| Error::Invariant("a count is missing".into()))?.try_get_by_index(0)?;
        Ok(usize::try_from(customers).is_ok_and(|n| n <= CACHE_LIMIT))
    }

    /// Every customer and account there is, read in three streams. What [`Self::refresh`] reads has to be
    /// known already; accounts that are not known afterwards do not exist.
    pub fn load_everybody(&mut self, reader: &mut Reader) -> Result<()> {
        let (mut found, mut periods) = (Vec::new(), Vec::new());
        reader.each("SELECT id, internal, long_tail FROM customer", &[], |row| {
            let id = CustomerId(row.int()?);
            found.push(Found { id, internal: row.flag()?, long_tail: row.flag()? });
            Ok(())
        })?;
        let sql = "SELECT customer_id, valid_from, valid_to, partner_id, mode FROM association";
        reader.each(sql, &[], |row| {
            let customer = CustomerId(row.int()?);
            periods.push((customer, period([row.int()?, row.int()?, row.int()?], row.code()?)?));
            Ok(())
        })?;
        *self = Self {
            accounts: FxHashMap::default(),
            customers: FxHashMap::with_capacity_and_hasher(found.len(), FxBuildHasher),
            known: Vec::with_capacity(found.len()),
            periods: Vec::with_capacity(periods.len()),
            ..std::mem::take(self)
        };
        self.learn(found, periods);
        reader.each("SELECT id, customer_id FROM cloud_account", &[], |row| {
            self.belongs(CloudAccountId(row.int()?), row.optional()?.map(CustomerId));
            Ok(())
        })?;
        Ok(())
    }

    /// Whether cash coupons count as cash in `month`: as of its own row, so that a closed month keeps its rule.
    #[must_use]
    pub fn cash_coupon_counts(&self, month: Month) -> bool {
        self.coupons_of_months.get(&month).copied().unwrap_or(self.cash_coupon_counts)
    }

    /// The customer behind a loaded account; `None` if the account is linked to nobody.
    #[must_use]
    pub fn customer_of(&self, account: CloudAccountId) -> Option<CustomerHistory> {
        self.known.get(*self.accounts.get(&account)? as usize).copied()
    }

    /// A loaded customer.
    #[must_use]
    pub fn customer(&self, id: CustomerId) -> Option<CustomerHistory> {
        self.known.get(*self.customers.get(&id)? as usize).copied()
    }

    /// Who had `customer` at `at`.
    #[must_use]
    pub fn owner_at(&self, customer: &CustomerHistory, at: Timestamp) -> Option<Owner> {
        let periods = self.periods.get(customer.first as usize..customer.end as usize)?;
        let index = periods.partition_point(|p| p.from <= at).checked_sub(1)?;
        let period = periods.get(index).filter(|p| at < p.to)?;
        let partner = self.partners.get(&period.partner_id)?;
        Some(Owner {
            partner_id: period.partner_id,
            bill_to_id: partner.bill_to(period.partner_id, at),
            mode: period.mode,
            cooling_off_until: period.cooling_off_until,
            marketplace_name: partner.marketplace_name.clone(),
        })
    }

    /// A payment with what is known of its seller: the vendor itself is none.
    #[must_use]
    pub fn told<'a>(&self, payment: &Payment<'a>) -> Payment<'a> {
        match payment.marketplace.and_then(|name| self.sellers.get(name)) {
            None => *payment,
            Some(true) => Payment { marketplace: None, ..*payment },
            Some(false) => Payment { undecided: true, ..*payment },
        }
    }

    /// What else than the owner decides about a payment for `product` of `month`.
    #[must_use]
    pub fn rules(&self, customer: &CustomerHistory, product: ProductId, month: Month) -> Rules {
        Rules {
            internal: customer.internal,
            policy: self.policy(product, month),
            cash_coupon_counts: self.cash_coupon_counts(month),
        }
    }

    /// What the product policy says about `product` at the end of `month`: the latest row up to it.
    #[must_use]
    pub fn policy(&self, product: ProductId, month: Month) -> ProductPolicyKind {
        self.policies.of(product, month)
    }
}

/// A place in a row of customers or periods: there are never four billion.
fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(NOBODY)
}
