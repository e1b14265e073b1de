//! PURE. How what a rate earns in a month of origin is shared out among the groups it prices.
//!
//! Minimum and cap hold for the groups above zero, all together. A group below zero holds refunds of what was bought
//! before the month: it gives back at the rate, whatever the others come to. All of it is what the month comes to with
//! the corrections of this bill, less what earlier bills hold of it.

use entity::{IncentivePolicyId, Month, incentive_rate};
use rustc_hash::FxHashMap;

use super::{Before, Billed, Group, Overflow, Rated, earned};

/// The share of one group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    /// Incentive in pico.
    pub exact: i128,
    /// The reason if it is not simply rate × basis.
    pub note: Option<&'static str>,
}

/// The share of each of `rated`, in their order; nothing where no rate prices.
pub(super) fn shares(rated: &[Rated<'_>], before: &Before) -> Result<Vec<Share>, Overflow> {
    let mut shares = vec![Share::default(); rated.len()];
    let mut peers: FxHashMap<(Month, IncentivePolicyId, i16), Vec<usize>> = FxHashMap::default();
    for (i, item) in rated.iter().enumerate() {
        if let Some((policy, rate)) = item.rate {
            peers.entry((item.group.origin_month, policy, rate.seq)).or_default().push(i);
        }
    }
    for ((origin, policy, seq), peers) in peers {
        let items: Vec<&Rated<'_>> = peers.iter().filter_map(|i| rated.get(*i)).collect();
        let Some((_, rate)) = items.first().and_then(|item| item.rate) else { continue };
        let found = of_rate(rate, &items, &corrected(&items, before, (origin, policy, seq))?)?;
        for (i, share) in peers.into_iter().zip(found) {
            if let Some(place) = shares.get_mut(i) {
                *place = share;
            }
        }
    }
    Ok(shares)
}

/// A month of origin of one rate as this bill corrects it.
struct Corrected {
    /// Earlier sums of the groups on this bill, in their order.
    before: Vec<Billed>,
    /// Performance of all groups above zero.
    above: i64,
    /// Performance of all groups below zero.
    below: i64,
    /// Incentive that earlier bills hold of the rate, in pico.
    billed: i128,
}

fn corrected(
    items: &[&Rated<'_>],
    before: &Before,
    (origin, policy, seq): (Month, IncentivePolicyId, i16),
) -> Result<Corrected, Overflow> {
    let earlier = before.of_rate(origin, policy, seq);
    let of = |group: &Group| earlier.and_then(|groups| groups.get(group)).copied().unwrap_or_default();
    let mut all = Corrected { before: Vec::with_capacity(items.len()), above: 0, below: 0, billed: 0 };
    let mut count = |basis: i64| {
        let sum = if basis > 0 { &mut all.above } else { &mut all.below };
        *sum = sum.checked_add(basis).ok_or(Overflow)?;
        Ok(())
    };
    for item in items {
        let held = of(&item.group);
        count(held.basis.checked_add(item.basis).ok_or(Overflow)?)?;
        all.before.push(held);
    }
    for (group, held) in earlier.into_iter().flatten() {
        all.billed = all.billed.checked_add(held.exact).ok_or(Overflow)?;
        if !items.iter().any(|item| item.group == *group) {
            count(held.basis)?;
        }
    }
    Ok(all)
}

/// Each group gets what it comes to in the corrected month, less what it has; the last one above zero takes what that
/// leaves of the whole, so that nothing is lost.
fn of_rate(
    rate: &incentive_rate::Model,
    items: &[&Rated<'_>],
    all: &Corrected,
) -> Result<Vec<Share>, Overflow> {
    let (total, note) = earned(rate, all.above);
    let ppm = i128::from(rate.rate_ppm);
    let plain = total == i128::from(all.above) * ppm;
    let mut shares = Vec::with_capacity(items.len());
    let mut takes_the_rest = None;
    for (i, (item, held)) in items.iter().zip(&all.before).enumerate() {
        let after = i128::from(held.basis) + i128::from(item.basis);
        let whole = if after <= 0 || plain {
            after * ppm
        } else {
            total.checked_mul(after).ok_or(Overflow)? / i128::from(all.above)
        };
        if after > 0 {
            takes_the_rest = Some(i);
        }
        let note = if after >= 0 { note } else { None };
        shares.push(Share { exact: whole - held.exact, note });
    }
    let whole = total + i128::from(all.below) * ppm - all.billed;
    let shared: i128 = shares.iter().map(|share| share.exact).sum();
    let last = takes_the_rest.unwrap_or(items.len().saturating_sub(1));
    if let Some(share) = shares.get_mut(last) {
        share.exact += whole - shared;
    }
    Ok(shares)
}
