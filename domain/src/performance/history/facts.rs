//! What history rests on besides customers: partners with their links, product policies, rules of months.

use entity::{
    AssociationMode, CustomerId, Month, PartnerId, PartnerKind, ProductId, ProductPolicyKind, Timestamp,
};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, QueryResult, Value};

use super::{Found, LOOKUP, PartnerFacts, Period};
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{many_placeholders, placeholders, query};

impl PartnerFacts {
    /// A reseller's performance rolls up to its distributor of that time (docs/domain.md, "Roll-up").
    pub(super) fn bill_to(&self, id: PartnerId, at: Timestamp) -> PartnerId {
        if self.kind != PartnerKind::Reseller {
            return id;
        }
        self.links
            .iter()
            .find(|(from, to, _)| *from <= at && at < *to)
            .map_or(id, |(_, _, distributor)| *distributor)
    }
}

pub(super) async fn load_partners<C: ConnectionTrait>(
    connection: &C,
) -> Result<FxHashMap<PartnerId, PartnerFacts>> {
    let mut partners = FxHashMap::default();
    for row in query(connection, "SELECT id, kind, marketplace_name FROM partner", []).await? {
        partners.insert(PartnerId(row.try_get_by_index(0)?), partner_facts(&row, 1)?);
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

/// Names of sellers: `true` for the vendor's own, `false` for those nobody decided about and no partner sells under.
pub(super) async fn load_sellers<C: ConnectionTrait>(connection: &C) -> Result<FxHashMap<Box<str>, bool>> {
    let sql = "SELECT n.name, n.kind FROM seller_name n WHERE n.kind = 'VENDOR' OR (n.kind = 'UNDECIDED' \
               AND NOT EXISTS (SELECT 1 FROM partner p WHERE p.marketplace_name = n.name))";
    let mut sellers = FxHashMap::default();
    for row in query(connection, sql, []).await? {
        let kind: String = row.try_get_by_index(1)?;
        sellers.insert(row.try_get_by_index::<String>(0)?.into(), kind == "VENDOR");
    }
    Ok(sellers)
}

/// Customers with their periods, and the partners of those.
type Customers = (Vec<Found>, Vec<(CustomerId, Period)>, FxHashMap<PartnerId, PartnerFacts>);

/// Customers with all that hangs on them, in one statement.
pub(super) async fn load_whole<C: ConnectionTrait>(connection: &C, ids: &[CustomerId]) -> Result<Customers> {
    let (mut found, mut periods, mut partners) = (Vec::new(), Vec::new(), FxHashMap::default());
    if ids.is_empty() {
        return Ok((found, periods, partners));
    }
    let sql = format!(
        "SELECT c.internal, s.id, s.valid_from, s.valid_to, s.partner_id, c.long_tail, s.mode, \
         p.kind, p.marketplace_name, l.valid_from, l.valid_to, l.distributor_id, c.id FROM customer c \
         LEFT JOIN association s ON s.customer_id = c.id LEFT JOIN partner p ON p.id = s.partner_id \
         LEFT JOIN distribution_link l ON l.reseller_id = p.id WHERE c.id IN {} ORDER BY c.id, s.valid_from, l.valid_from",
        placeholders(1, ids.len())
    );
    // The period whose rows are read, and whether its partner is a new one: its links come with each of its periods.
    let (mut current, mut new) = (None, false);
    for row in query(connection, &sql, ids.iter().map(|id| id.0.into())).await? {
        let id = CustomerId(row.try_get_by_index(12)?);
        if found.last().is_none_or(|last: &Found| last.id != id) {
            let (internal, long_tail) = (row.try_get_by_index(0)?, row.try_get_by_index(5)?);
            found.push(Found { id, internal, long_tail });
        }
        let Some(association) = row.try_get_by_index::<Option<i64>>(1)? else { continue };
        let partner = PartnerId(row.try_get_by_index(4)?);
        if current != Some(association) {
            current = Some(association);
            let numbers = [row.try_get_by_index(2)?, row.try_get_by_index(3)?, partner.0];
            periods.push((id, period(numbers, row.try_get_by_index(6)?)?));
            new = !partners.contains_key(&partner);
        }
        if new {
            let facts = partners.entry(partner).or_insert(partner_facts(&row, 7)?);
            if let Some(from) = row.try_get_by_index::<Option<i64>>(9)? {
                let to = Timestamp(row.try_get_by_index(10)?);
                facts.links.push((Timestamp(from), to, PartnerId(row.try_get_by_index(11)?)));
            }
        }
    }
    Ok((found, periods, partners))
}

/// Kind and marketplace name of a partner, from column `first` on; without its links.
fn partner_facts(row: &QueryResult, first: usize) -> Result<PartnerFacts> {
    let kind: String = row.try_get_by_index(first)?;
    let kind =
        PartnerKind::from_name(&kind).ok_or_else(|| Error::Invariant(format!("partner kind {kind}")))?;
    let name: Option<String> = row.try_get_by_index(first + 1)?;
    Ok(PartnerFacts { kind, marketplace_name: name.map(Into::into), links: Vec::new() })
}

/// What the programme says about a product in a month, whoever has the customer.
#[derive(Clone, Copy, Debug)]
pub struct MonthRules {
    /// Version of the counting rules; 1 while the month has no row.
    pub rule_version: i32,
    /// What the product policy says at the end of the month.
    pub policy: ProductPolicyKind,
    /// Whether cash coupons count as cash: as of the month's own row, else as the programme has it now.
    pub cash_coupon_counts: bool,
}

/// Rules by product and month.
pub type RulesOf = FxHashMap<(ProductId, Month), MonthRules>;

impl MonthRules {
    /// Reads those of `asked`, some hundreds of them in one statement.
    pub async fn load<C: ConnectionTrait>(
        connection: &C,
        mut asked: Vec<(ProductId, Month)>,
    ) -> Result<RulesOf> {
        asked.sort_unstable();
        asked.dedup();
        let mut found = RulesOf::default();
        for chunk in asked.chunks(LOOKUP) {
            let sql = format!(
                "WITH k (product_id, month) AS (VALUES {}) SELECT k.product_id, k.month, m.rule_version, \
                 m.cash_coupon_counts, p.cash_coupon_counts, (SELECT s.policy FROM product_policy s \
                 WHERE s.product_id = k.product_id AND s.month <= k.month ORDER BY s.month DESC LIMIT 1) \
                 FROM k CROSS JOIN programme p LEFT JOIN settlement_month m ON m.month = k.month WHERE p.id = 1",
                many_placeholders(connection, chunk.len(), 2)
            );
            let values =
                chunk.iter().flat_map(|(product, month)| [product.0.into(), month.0.into()] as [Value; 2]);
            for row in query(connection, &sql, values).await? {
                let of = (ProductId(row.try_get_by_index(0)?), Month(row.try_get_by_index(1)?));
                found.insert(of, Self::read(&row, 2)?);
            }
        }
        Ok(found)
    }

    /// Version and coupons of the month, coupons of the programme, and the policy, from column `first` on.
    fn read(row: &QueryResult, first: usize) -> Result<Self> {
        let (version, of_month): (Option<i32>, Option<bool>) =
            (row.try_get_by_index(first)?, row.try_get_by_index(first + 1)?);
        let policy: Option<i16> = row.try_get_by_index(first + 3)?;
        Ok(Self {
            rule_version: version.unwrap_or(1),
            policy: policy.map_or(Ok(ProductPolicyKind::Ordinary), policy_kind)?,
            cash_coupon_counts: of_month.map_or_else(|| row.try_get_by_index(first + 2), Ok)?,
        })
    }
}

pub(super) async fn load_coupon_rules<C: ConnectionTrait>(connection: &C) -> Result<FxHashMap<Month, bool>> {
    let rows = query(connection, "SELECT month, cash_coupon_counts FROM settlement_month", []).await?;
    rows.iter().map(|row| Ok((Month(row.try_get_by_index(0)?), row.try_get_by_index(1)?))).collect()
}

/// What product policies say, by product, oldest first.
#[derive(Debug, Default)]
pub struct Policies(FxHashMap<ProductId, Vec<(Month, ProductPolicyKind)>>);

impl Policies {
    /// Reads all of them.
    pub async fn load<C: ConnectionTrait>(connection: &C) -> Result<Self> {
        let sql = "SELECT product_id, month, policy FROM product_policy ORDER BY month";
        let mut policies = Self::default();
        for row in query(connection, sql, []).await? {
            let (product, month) = (ProductId(row.try_get_by_index(0)?), Month(row.try_get_by_index(1)?));
            policies.add(product, month, policy_kind(row.try_get_by_index(2)?)?);
        }
        Ok(policies)
    }

    /// What `policy` says about `product` from `month` on; months are added in their order.
    pub(super) fn add(&mut self, product: ProductId, month: Month, policy: ProductPolicyKind) {
        self.0.entry(product).or_default().push((month, policy));
    }

    /// What they say about `product` at the end of `month`: the latest one up to it.
    #[must_use]
    pub fn of(&self, product: ProductId, month: Month) -> ProductPolicyKind {
        self.0
            .get(&product)
            .and_then(|rows| rows.iter().rev().find(|(from, _)| *from <= month))
            .map_or(ProductPolicyKind::Ordinary, |(_, policy)| *policy)
    }
}

fn policy_kind(code: i16) -> Result<ProductPolicyKind> {
    ProductPolicyKind::from_code(code).ok_or_else(|| Error::Invariant(format!("product policy {code}")))
}

/// A period from its beginning, end and partner, and the code of its mode.
pub(super) fn period([from, to, partner]: [i64; 3], mode: i16) -> Result<Period> {
    Ok(Period {
        from: Timestamp(from),
        to: Timestamp(to),
        partner_id: PartnerId(partner),
        mode: AssociationMode::from_code(mode)
            .ok_or_else(|| Error::Invariant(format!("association mode {mode}")))?,
        cooling_off_until: Timestamp(0),
    })
}
