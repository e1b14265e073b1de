//! The bills of a range of partners, as they come out of sums, policies and earlier bills. Runs write them, previews
//! compare them.

use std::collections::BTreeMap;

use entity::{Currency, Month, PartnerId};
use sea_orm::ConnectionTrait;

use super::bounds::{Bounds, Recent};
use super::catalogue::Catalogue;
use super::pricer::{BilledBefore, price_bill};
use super::sums::{LineTotal, partner_totals};
use super::write_bill::NewBill;
use crate::kernel::error::Result;

/// A partner that cannot be billed, and why.
#[derive(Clone, Debug)]
pub struct Aside {
    /// The partner.
    pub partner: PartnerId,
    /// Why, for machines.
    pub code: &'static str,
    /// Why, for people.
    pub detail: String,
}

/// What a range of partners comes to.
#[derive(Debug, Default)]
pub struct ShardPrice {
    /// Everything that was summed, counted or not.
    pub totals: Vec<LineTotal>,
    /// The bills in the order of partner and currency.
    pub bills: Vec<NewBill>,
    /// The partners that cannot be billed, in their order.
    pub aside: Vec<Aside>,
}

/// What earlier bills say about a range of partners.
#[derive(Debug)]
struct Earlier {
    before: BilledBefore,
    recent: Recent,
    bounds: Bounds,
}

/// Prices `month` for the partners after `from` up to `to`.
pub async fn price_range<C: ConnectionTrait>(
    connection: &C,
    catalogue: &Catalogue,
    bounds: Bounds,
    month: Month,
    (from, to): (i64, i64),
) -> Result<ShardPrice> {
    let totals = partner_totals(connection, month, from, to).await?;
    price_totals(connection, catalogue, bounds, month, (from, to), totals).await
}

/// The same with the sums of these partners.
pub async fn price_totals<C: ConnectionTrait>(
    connection: &C,
    catalogue: &Catalogue,
    bounds: Bounds,
    month: Month,
    (from, to): (i64, i64),
    totals: Vec<LineTotal>,
) -> Result<ShardPrice> {
    let before = BilledBefore::load(connection, month, from, to, &totals).await?;
    let recent = Recent::load(connection, month, from, to).await?;
    let (bills, aside) = price_all(catalogue, &Earlier { before, recent, bounds }, month, &totals);
    Ok(ShardPrice { totals, bills, aside })
}

/// Prices the sums of every partner; `totals` come in the order of partners. PURE.
fn price_all(
    catalogue: &Catalogue,
    earlier: &Earlier,
    month: Month,
    totals: &[LineTotal],
) -> (Vec<NewBill>, Vec<Aside>) {
    let (mut bills, mut asides) = (Vec::new(), Vec::new());
    for totals in totals.chunk_by(|a, b| a.bill_to_id == b.bill_to_id) {
        let mut by_currency: BTreeMap<Currency, Vec<&LineTotal>> = BTreeMap::new();
        for total in totals.iter().filter(|t| t.counts()) {
            by_currency.entry(total.currency).or_default().push(total);
        }
        let Some(partner) = by_currency.values().flatten().map(|t| t.bill_to_id).next() else { continue };
        match price_partner(catalogue, earlier, month, partner, &by_currency) {
            Ok(priced) => bills.extend(priced),
            Err(aside) => asides.push(aside),
        }
    }
    (bills, asides)
}

/// Bills of a partner in every currency, or why it has none at all. PURE.
fn price_partner(
    catalogue: &Catalogue,
    earlier: &Earlier,
    month: Month,
    partner: PartnerId,
    by_currency: &BTreeMap<Currency, Vec<&LineTotal>>,
) -> Result<Vec<NewBill>, Aside> {
    if catalogue.is_reseller(partner) {
        let detail = "a reseller is billed through its distributor, and had none when this was consumed";
        return Err(Aside { partner, code: "RESELLER_WITHOUT_DISTRIBUTOR", detail: detail.into() });
    }
    let bill = |(currency, totals): (&Currency, &Vec<&LineTotal>)| {
        let before = &earlier.before;
        let priced = price_bill(catalogue, before, month, partner, *currency, totals).ok_or_else(|| {
            let detail = format!("the performance or incentive in {currency} does not fit 64 bits of micros");
            Aside { partner, code: "OVERFLOW", detail }
        })?;
        let parked = earlier.recent.verdict(earlier.bounds, partner, *currency, priced.amount);
        Ok(NewBill { partner, currency: *currency, priced, parked })
    };
    by_currency.iter().map(bill).collect()
}
