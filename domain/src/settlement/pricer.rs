//! Pricing the sums of one partner: what groups they form, which rate each has, what was billed before.

use std::collections::BTreeMap;

use entity::{Currency, Month, PartnerId, incentive_bill_line};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::catalogue::Catalogue;
use super::price::{self, Before, Billed, Group, Performer, Priced, Rated, parse_pico, rate_for};
use super::sums::LineTotal;
use crate::kernel::error::{Error, Result};
use crate::kernel::store::query;

/// Sums of formal bills of earlier months of the months of origin that are corrected now, by partner and currency.
#[derive(Debug, Default)]
pub struct BilledBefore(FxHashMap<(PartnerId, Currency), Before>);

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
        let sql = "SELECT b.currency AS bill_currency, b.partner_id AS billed_id, l.* \
                   FROM incentive_bill b JOIN incentive_bill_line l ON l.bill_id = b.id \
                   WHERE b.partner_id > $1 AND b.partner_id <= $2 AND b.month >= $3 AND b.month < $4 \
                   AND l.origin_month >= $3 AND (l.policy_id IS NOT NULL OR l.kind = 'RESIDUE')";
        let values = [from.into(), to.into(), first.0.into(), month.0.into()];
        let mut before = Self::default();
        for row in query(connection, sql, values).await? {
            let of = (PartnerId(row.try_get("", "billed_id")?), row.try_get("", "bill_currency")?);
            before.add(of, incentive_bill_line::Model::from_query_result(&row, "")?)?;
        }
        Ok(before)
    }

    fn add(&mut self, of: (PartnerId, Currency), line: incentive_bill_line::Model) -> Result<()> {
        let exact = parse_pico(&line.exact)
            .ok_or_else(|| Error::Invariant("a bill line's exact amount is no number".into()))?;
        let billed = Billed { basis: line.basis, exact, amount: line.amount };
        let before = self.0.entry(of).or_default();
        let added = match (line.policy_id.zip(line.rate_seq), line.mode.zip(line.product_policy)) {
            (Some(rate), Some((mode, policy))) => {
                let group = Group {
                    origin_month: line.origin_month,
                    partner_id: line.partner_id,
                    mode,
                    product_class: line.product_class.unwrap_or_default(),
                    policy,
                };
                before.add(group, rate, billed)
            }
            _ => before.add_residue(line.origin_month, billed),
        };
        added.map_err(|_| Error::Invariant("what earlier bills hold overflows".into()))
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
    let nothing = Before::default();
    price::price(month, currency, &rated, before.0.get(&(partner, currency)).unwrap_or(&nothing)).ok()
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
