//! Pricing the sums of one partner: what groups they form, which rate each has, what was billed before.

use std::collections::BTreeMap;

use entity::{Currency, IncentivePolicyId, Month, PartnerId};
use rustc_hash::FxHashMap;
use sea_orm::ConnectionTrait;

use super::catalogue::Catalogue;
use super::price::{self, Billed, Group, Performer, Priced, Rated, parse_pico, rate_for};
use super::sums::LineTotal;
use crate::kernel::error::{Error, Result};
use crate::kernel::store::query;

/// What formal bills of earlier months hold, of the months of origin that are corrected now: by partner,
/// currency, month of origin, policy and rate.
#[derive(Debug, Default)]
pub struct BilledBefore(FxHashMap<(PartnerId, Currency, Month, i64, i16), Billed>);

impl BilledBefore {
    /// Reads what bills of partners after `from` up to `to` hold of the closed months that `totals` correct;
    /// nothing if they correct none.
    pub async fn load<C: ConnectionTrait>(
        connection: &C,
        month: Month,
        from: i64,
        to: i64,
        totals: &[LineTotal],
    ) -> Result<Self> {
        let corrected = totals.iter().filter(|t| t.counts() && t.origin_month != month);
        let Some(first) = corrected.map(|t| t.origin_month).min() else { return Ok(Self::default()) };
        // No bill from before a month of origin holds anything of it.
        let sql = "SELECT b.partner_id, b.currency, l.origin_month, l.policy_id, l.rate_seq, l.basis, l.exact \
                   FROM incentive_bill b JOIN incentive_bill_line l ON l.bill_id = b.id \
                   WHERE b.partner_id > $1 AND b.partner_id <= $2 AND b.month >= $3 AND b.month < $4 \
                   AND l.origin_month >= $3 AND l.policy_id IS NOT NULL";
        let values = [from.into(), to.into(), first.0.into(), month.0.into()];
        let mut before = Self::default();
        for row in query(connection, sql, values).await? {
            let key = (
                PartnerId(row.try_get_by_index(0)?),
                row.try_get_by_index(1)?,
                Month(row.try_get_by_index(2)?),
                row.try_get_by_index(3)?,
                row.try_get_by_index(4)?,
            );
            before.add(key, row.try_get_by_index(5)?, &row.try_get_by_index::<String>(6)?)?;
        }
        Ok(before)
    }

    fn add(&mut self, key: (PartnerId, Currency, Month, i64, i16), basis: i64, exact: &str) -> Result<()> {
        let exact = parse_pico(exact)
            .ok_or_else(|| Error::Invariant("a bill line's exact amount is no number".into()))?;
        let sum = self.0.entry(key).or_default();
        sum.basis =
            sum.basis.checked_add(basis).ok_or_else(|| Error::Invariant("billed basis overflows".into()))?;
        sum.exact += exact;
        Ok(())
    }
}

/// Prices the bill of `partner` for `month`; `None` if it does not fit 64 bits of micros. PURE.
#[must_use]
pub fn price_bill(
    catalogue: &Catalogue,
    before: &BilledBefore,
    month: Month,
    partner: PartnerId,
    currency: Currency,
    totals: &[&LineTotal],
) -> Option<Priced> {
    let rated = rate(catalogue, totals)?;
    let billed = |origin, policy: IncentivePolicyId, rate| {
        before.0.get(&(partner, currency, origin, policy.0, rate)).copied().unwrap_or_default()
    };
    price::price(month, currency, &rated, billed).ok()
}

/// Groups the sums of a partner as they are priced.
fn rate<'a>(catalogue: &'a Catalogue, totals: &[&LineTotal]) -> Option<Vec<Rated<'a>>> {
    let mut groups: BTreeMap<Group, i64> = BTreeMap::new();
    for total in totals {
        let group = catalogue.group(total)?;
        let sum = groups.entry(group).or_default();
        *sum = sum.checked_add(total.amount)?;
    }
    let rated = groups.into_iter().map(|(group, basis)| {
        let policy = catalogue.policy(group.origin_month);
        let none = Performer { kind: entity::PartnerKind::SolutionProvider, tier: String::new() };
        let performer = catalogue.performer(group.partner_id).unwrap_or(&none);
        let rate = policy.and_then(|p| Some((p.policy.id, rate_for(&p.rates, &group, performer)?)));
        Rated { group, rate, basis }
    });
    Some(rated.collect())
}
