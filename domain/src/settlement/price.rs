//! PURE. From performance to incentive (docs/domain.md, "Incentive").
//!
//! Amounts are micros (10⁻⁶), rates parts per million (10⁻⁶), so a product is exact in 10⁻¹² ("pico").
//! Minimum and cap hold for all that one rate prices in one month of origin. A correction of a closed month is
//! what the corrected month would have earned minus what it has earned. Each line is rounded once, half away
//! from zero, to the currency's smallest unit; the bill is the exact sum rounded once; the difference stands
//! in a line of its own.

use entity::{
    AssociationMode, BillLineKind, Currency, IncentivePolicyId, Month, PartnerId, PartnerKind,
    ProductPolicyKind, incentive_rate,
};

/// 10⁻¹² of a currency unit per micro.
const PICO_PER_MICRO: i128 = 1_000_000;

/// Performance that is priced alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// What earlier bills say about a rate and month of origin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Billed {
    /// Performance in micros.
    pub basis: i64,
    /// Incentive in pico.
    pub exact: i128,
}

/// A line of a bill, priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedLine {
    /// Base, correction or residue.
    pub kind: BillLineKind,
    /// What it prices; none for the residue.
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
    /// Its lines, the residue last.
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

/// What `basis` micros earn with a rate, in pico, and why if it is not rate × basis.
#[must_use]
pub fn earned(rate: &incentive_rate::Model, basis: i64) -> (i128, Option<&'static str>) {
    if basis < rate.minimum {
        return (0, Some("MINIMUM_NOT_REACHED"));
    }
    let plain = i128::from(basis) * i128::from(rate.rate_ppm);
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

/// Prices a bill of `month`. `rated` is sorted by group; `billed` says what earlier bills hold of a rate and
/// month of origin.
pub fn price(
    month: Month,
    currency: Currency,
    rated: &[Rated<'_>],
    billed: impl Fn(Month, IncentivePolicyId, i16) -> Billed,
) -> Result<Priced, Overflow> {
    let mut lines = Vec::with_capacity(rated.len() + 1);
    for (i, item) in rated.iter().enumerate() {
        let kind =
            if item.group.origin_month == month { BillLineKind::Base } else { BillLineKind::Correction };
        let mut line = PricedLine {
            kind,
            group: Some(item.group.clone()),
            rate: None,
            basis: item.basis,
            exact: 0,
            amount: 0,
            note: Some(if item.group.policy == ProductPolicyKind::PerformanceOnly {
                "PERFORMANCE_ONLY"
            } else {
                "NO_RATE"
            }),
        };
        if let Some((policy, rate)) = item.rate {
            let before = billed(item.group.origin_month, policy, rate.seq);
            let share = share(rated, i, policy, rate, before)?;
            (line.exact, line.note) = share;
            line.rate = Some((policy, rate.seq, rate.rate_ppm));
            line.amount = round(line.exact, currency)?;
        }
        lines.push(line);
    }
    close(currency, lines)
}

/// What line `i` gets of all that its rate earns in its month of origin.
fn share(
    rated: &[Rated<'_>],
    i: usize,
    policy: IncentivePolicyId,
    rate: &incentive_rate::Model,
    before: Billed,
) -> Result<(i128, Option<&'static str>), Overflow> {
    let origin = rated[i].group.origin_month;
    let peers = || {
        rated.iter().enumerate().filter(move |(_, r)| {
            r.group.origin_month == origin && r.rate.is_some_and(|(p, x)| p == policy && x.seq == rate.seq)
        })
    };
    let sum: i128 = peers().map(|(_, r)| i128::from(r.basis)).sum();
    let after = i64::try_from(i128::from(before.basis) + sum).map_err(|_| Overflow)?;
    let (total_after, note) = earned(rate, after);
    let total = total_after - before.exact;
    let ppm = i128::from(rate.rate_ppm);
    if total == sum * ppm {
        return Ok((i128::from(rated[i].basis) * ppm, note));
    }
    // Proportional, cut off; the last of the peers takes what is left, so that nothing is lost.
    let cut = |basis: i64| if sum == 0 { 0 } else { total * i128::from(basis) / sum };
    let last = peers().next_back().map(|(n, _)| n);
    if last != Some(i) {
        return Ok((cut(rated[i].basis), note));
    }
    let others: i128 = peers().filter(|(n, _)| *n != i).map(|(_, r)| cut(r.basis)).sum();
    Ok((total - others, note))
}

/// Adds the residue and the totals.
fn close(currency: Currency, mut lines: Vec<PricedLine>) -> Result<Priced, Overflow> {
    let amount = round(lines.iter().map(|l| l.exact).sum(), currency)?;
    let basis = lines.iter().try_fold(0_i64, |sum, l| sum.checked_add(l.basis)).ok_or(Overflow)?;
    let rounded: i128 = lines.iter().map(|l| i128::from(l.amount)).sum();
    let residue = i64::try_from(i128::from(amount) - rounded).map_err(|_| Overflow)?;
    if residue != 0 {
        lines.push(PricedLine {
            kind: BillLineKind::Residue,
            group: None,
            rate: None,
            basis: 0,
            exact: 0,
            amount: residue,
            note: None,
        });
    }
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
