//! Pricing the sums of one partner: what groups they form, which rate each has, what was billed before.

use std::collections::BTreeMap;

use entity::{Currency, Month, PartnerId};
use rustc_hash::FxHashMap;
use sea_orm::ConnectionTrait;

use super::price::{self, Billed, Group, Performer, Priced, Rated, parse_pico, rate_for};
use super::sums::{Catalogue, LineTotal};
use crate::error::{Error, Result};
use crate::programme::incentive_policy::for_month;
use crate::store::query;

/// Prices the bill of `partner` for `month`; `None` if it does not fit 64 bits of micros.
pub async fn price<C: ConnectionTrait>(
    connection: &C,
    catalogue: &Catalogue,
    month: Month,
    partner: PartnerId,
    currency: Currency,
    totals: &[&LineTotal],
) -> Result<Option<Priced>> {
    let Some(rated) = rate(catalogue, totals) else { return Ok(None) };
    let billed = billed_before(connection, month, partner, currency, &rated).await?;
    let priced = price::price(month, currency, &rated, |origin, policy, rate| {
        billed.get(&(origin, policy.0, rate)).copied().unwrap_or_default()
    });
    Ok(priced.ok())
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
        let policy = for_month(&catalogue.policies, group.origin_month);
        let none = Performer { kind: entity::PartnerKind::SolutionProvider, tier: String::new() };
        let performer = catalogue.performer(group.partner_id).unwrap_or(&none);
        let rate = policy.and_then(|p| Some((p.policy.id, rate_for(&p.rates, &group, performer)?)));
        Rated { group, rate, basis }
    });
    Some(rated.collect())
}

/// What formal bills of earlier months hold of the months that are corrected now.
async fn billed_before<C: ConnectionTrait>(
    connection: &C,
    month: Month,
    partner: PartnerId,
    currency: Currency,
    rated: &[Rated<'_>],
) -> Result<FxHashMap<(Month, i64, i16), Billed>> {
    let mut billed: FxHashMap<(Month, i64, i16), Billed> = FxHashMap::default();
    if rated.iter().all(|r| r.group.origin_month == month) {
        return Ok(billed);
    }
    let sql = "SELECT l.origin_month, l.policy_id, l.rate_seq, l.basis, l.exact FROM incentive_bill_line l \
               JOIN incentive_bill b ON b.id = l.bill_id \
               WHERE b.partner_id = $1 AND b.currency = $2 AND b.month < $3 AND l.policy_id IS NOT NULL";
    for row in query(connection, sql, [partner.0.into(), currency.into(), month.0.into()]).await? {
        let key = (Month(row.try_get_by_index(0)?), row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let basis: i64 = row.try_get_by_index(3)?;
        let exact = parse_pico(&row.try_get_by_index::<String>(4)?)
            .ok_or_else(|| Error::Invariant("a bill line's exact amount is no number".into()))?;
        let sum = billed.entry(key).or_default();
        sum.basis =
            sum.basis.checked_add(basis).ok_or_else(|| Error::Invariant("billed basis overflows".into()))?;
        sum.exact += exact;
    }
    Ok(billed)
}
