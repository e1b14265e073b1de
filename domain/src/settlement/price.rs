//! PURE. From performance to incentive (docs/domain.md, "Incentive").
//!
//! Amounts are micros (10⁻⁶), rates parts per million (10⁻⁶), so a product is exact in 10⁻¹² ("pico").
//! Minimum and cap hold for all that one rate prices in one month of origin, but for groups below zero: those give
//! back at the plain rate. A correction of a closed month is what the corrected month would have earned minus what it
//! has earned. Rounding is that of all that was earned so far, minus what earlier bills hold: it does not drift.

use entity::{
    AssociationMode, BillLineKind, Currency, IncentivePolicyId, Month, PartnerId, PartnerKind,
    ProductPolicyKind, incentive_rate,
};

mod before;
mod share;
pub use before::{Before, Billed};
use share::shares;

/// 10⁻¹² of a currency unit per micro.
const PICO_PER_MICRO: i128 = 1_000_000;

/// Performance that is priced alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// The month it belongs to.
    pub origin_month: Month,
    /// Whose performance it is.
    pub partner_id: PartnerId,
    /// Consulting or resale.
    pub mode: AssociationMode,
    /// Product class.
    pub product_class: String,
    /// Product policy of the month of origin.
    pub policy: ProductPolicyKind,
}

/// What a rate may ask of the partner whose performance it is.
#[derive(Clone, Debug)]
pub struct Performer {
    /// Kind of partner.
    pub kind: PartnerKind,
    /// Tier name.
    pub tier: String,
}

/// A group with its rate and performance.
#[derive(Clone, Debug)]
pub struct Rated<'a> {
    /// The group.
    pub group: Group,
    /// Policy and rate that price it, if any does.
    pub rate: Option<(IncentivePolicyId, &'a incentive_rate::Model)>,
    /// Performance in micros.
    pub basis: i64,
}

/// A line of a bill, priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedLine {
    /// Base, correction or residue.
    pub kind: BillLineKind,
    /// The month whose performance it prices, or whose rounding it evens out.
    pub origin_month: Month,
    /// The group it prices; none for a residue.
    pub group: Option<Group>,
    /// Policy, rate number and rate.
    pub rate: Option<(IncentivePolicyId, i16, i32)>,
    /// Performance in micros.
    pub basis: i64,
    /// Incentive before rounding, in pico.
    pub exact: i128,
    /// Incentive in micros, rounded to the smallest unit.
    pub amount: i64,
    /// Why it is not simply rate × basis.
    pub note: Option<&'static str>,
}

/// A bill, priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// Its lines, residues last.
    pub lines: Vec<PricedLine>,
    /// Performance in micros.
    pub basis: i64,
    /// Incentive in micros.
    pub amount: i64,
}

/// The sum does not fit 64 bits of micros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow;

/// The first rate that matches.
#[must_use]
pub fn rate_for<'a>(
    rates: &'a [incentive_rate::Model],
    group: &Group,
    performer: &Performer,
) -> Option<&'a incentive_rate::Model> {
    if group.policy == ProductPolicyKind::PerformanceOnly {
        return None;
    }
    rates.iter().find(|rate| {
        rate.product_class.as_ref().is_none_or(|class| *class == group.product_class)
            && (!rate.specific_only || group.policy == ProductPolicyKind::Specific)
            && rate.mode.is_none_or(|mode| mode == group.mode)
            && rate.partner_kind.is_none_or(|kind| kind == performer.kind)
            && rate.tier.as_ref().is_none_or(|tier| *tier == performer.tier)
    })
}

/// The incentive of `basis` micros with a rate, in pico, and a note if it is not rate × basis. What is below zero gives back at
/// the rate: neither minimum nor cap makes a refund nothing.
#[must_use]
pub fn earned(rate: &incentive_rate::Model, basis: i64) -> (i128, Option<&'static str>) {
    let plain = i128::from(basis) * i128::from(rate.rate_ppm);
    if basis < 0 {
        return (plain, None);
    }
    if rate.minimum.is_some_and(|minimum| basis < minimum) {
        return (0, Some("MINIMUM_NOT_REACHED"));
    }
    match rate.cap.map(|cap| i128::from(cap) * PICO_PER_MICRO) {
        Some(cap) if plain > cap => (cap, Some("CAPPED")),
        _ => (plain, None),
    }
}

/// Rounds pico to a multiple of the currency's smallest unit, in micros: half away from zero.
pub fn round(pico: i128, currency: Currency) -> Result<i64, Overflow> {
    let unit = i128::from(currency.minor_unit_micros()) * PICO_PER_MICRO;
    let half = if pico < 0 { -unit / 2 } else { unit / 2 };
    let units = (pico + half) / unit;
    i64::try_from(units * i128::from(currency.minor_unit_micros())).map_err(|_| Overflow)
}

/// Prices a bill of `month`. `rated` is sorted by group; `before` is what earlier bills hold.
pub fn price(
    month: Month,
    currency: Currency,
    rated: &[Rated<'_>],
    before: &Before,
) -> Result<Priced, Overflow> {
    let mut lines = Vec::with_capacity(rated.len() + 1);
    for (item, share) in rated.iter().zip(shares(rated, before)?) {
        let kind =
            if item.group.origin_month == month { BillLineKind::Base } else { BillLineKind::Correction };
        let unpriced = match item.group.policy {
            ProductPolicyKind::PerformanceOnly => "PERFORMANCE_ONLY",
            _ => "NO_RATE",
        };
        lines.push(PricedLine {
            kind,
            origin_month: item.group.origin_month,
            group: Some(item.group.clone()),
            rate: item.rate.map(|(policy, rate)| (policy, rate.seq, rate.rate_ppm)),
            basis: item.basis,
            exact: share.exact,
            amount: match item.rate {
                Some(_) => before.group(&item.group).more(share.exact, currency)?,
                None => 0,
            },
            note: if item.rate.is_some() { share.note } else { Some(unpriced) },
        });
    }
    close(currency, lines, before)
}

/// Adds the residues and the totals: what each month of origin earned so far is rounded once, less what earlier bills
/// hold of it.
fn close(currency: Currency, mut lines: Vec<PricedLine>, before: &Before) -> Result<Priced, Overflow> {
    let basis = lines.iter().try_fold(0_i64, |sum, l| sum.checked_add(l.basis)).ok_or(Overflow)?;
    let (mut amount, mut residues) = (0_i64, Vec::new());
    for of_month in lines.chunk_by(|a, b| a.origin_month == b.origin_month) {
        let Some(origin_month) = of_month.first().map(|line| line.origin_month) else { continue };
        let total = before.month(origin_month).more(of_month.iter().map(|l| l.exact).sum(), currency)?;
        amount = amount.checked_add(total).ok_or(Overflow)?;
        let rounded: i128 = of_month.iter().map(|l| i128::from(l.amount)).sum();
        let residue = i64::try_from(i128::from(total) - rounded).map_err(|_| Overflow)?;
        if residue != 0 {
            residues.push(PricedLine {
                kind: BillLineKind::Residue,
                origin_month,
                group: None,
                rate: None,
                basis: 0,
                exact: 0,
                amount: residue,
                note: None,
            });
        }
    }
    lines.extend(residues);
    Ok(Priced { lines, basis, amount })
}

/// Writes pico as a plain decimal of the currency unit.
#[must_use]
pub fn pico_text(pico: i128) -> String {
    const UNIT: u128 = 1_000_000_000_000;
    let sign = if pico < 0 { "-" } else { "" };
    let (whole, part) = (pico.unsigned_abs() / UNIT, pico.unsigned_abs() % UNIT);
    let text = format!("{sign}{whole}.{part:012}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Reads what [`pico_text`] wrote.
#[must_use]
pub fn parse_pico(text: &str) -> Option<i128> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if part.len() > 12 {
        return None;
    }
    let pico: i128 = format!("{whole}{part:0<12}").parse().ok()?;
    Some(sign * pico)
}

#[cfg(test)]
mod tests;
