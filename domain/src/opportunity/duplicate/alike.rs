//! PURE. The likeness of two opportunities and its grounds: by customer, product family and the time in which
//! they are bought (docs/domain.md, "Opportunities"). How alike two opportunities are, and why: by customer,
//! product family and the time in which they are bought (docs/domain.md, "Opportunities").

use entity::DuplicateGround;
use serde::{Deserialize, Serialize};

use super::subject::Subject;
use crate::opportunity::membership::offering::OTHER;
use crate::programme::company::names::{self, WHOLE};

/// From this on two opportunities are shown as alike, in parts per million: below it names share little more than a
/// trade.
pub const SUSPICIOUS_PPM: i32 = 650_000;
/// Weight of a proper name against a whole name, in parts per million: places and trades do tell companies
/// apart.
const CORE_PPM: i32 = 900_000;
/// Part of the likeness that is left where one of them names no product family.
const FAMILY_UNKNOWN_PPM: i32 = 850_000;
/// Part of the likeness that is left where one of them does not say when it is bought.
const TIME_UNKNOWN_PPM: i32 = 850_000;

/// A ground on which two opportunities seem to be the same, with a number where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// The ground itself, of a closed list.
    pub ground: DuplicateGround,
    /// Likeness of the names in parts per million, or number of months both windows share; 0 for others.
    pub value: i32,
}

/// Likeness of two opportunities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// In parts per million.
    pub score_ppm: i32,
    /// Grounds that the score rests on.
    pub grounds: Vec<Ground>,
}

/// The likeness of two opportunities; nothing if they are not worth a look.
#[must_use]
pub fn compare(a: &Subject, b: &Subject) -> Option<Alike> {
    let shared_months = a.shared_months(b);
    // What tells them apart at once is looked at before the names are.
    if a.differs_in_law(b) || shared_months == Some(0) {
        return None;
    }
    let (family, family_ppm) = if a.demand_tag == b.demand_tag {
        (DuplicateGround::SameFamily, WHOLE)
    } else if a.demand_tag == OTHER || b.demand_tag == OTHER {
        (DuplicateGround::FamilyUnknown, FAMILY_UNKNOWN_PPM)
    } else {
        return None;
    };
    let (customer, customer_ppm) = customers(a, b);
    let time_ppm = if shared_months.is_some() { WHOLE } else { TIME_UNKNOWN_PPM };
    let score_ppm = part(part(customer_ppm, family_ppm), time_ppm);
    let mut grounds = vec![customer, Ground { ground: family, value: 0 }];
    grounds.extend(shared_months.map(|value| Ground { ground: DuplicateGround::WindowOverlaps, value }));
    (score_ppm >= SUSPICIOUS_PPM).then_some(Alike { score_ppm, grounds })
}

/// The ground and the likeness of two customers, who may be one in law.
fn customers(a: &Subject, b: &Subject) -> (Ground, i32) {
    let known = |ground| (Ground { ground, value: 0 }, WHOLE);
    if a.credit_code.is_some() && a.credit_code == b.credit_code {
        return known(DuplicateGround::CreditCode);
    }
    if a.customer_id.is_some() && a.customer_id == b.customer_id {
        return known(DuplicateGround::SameCustomer);
    }
    if a.same_customer(b) {
        return known(DuplicateGround::NameEqual);
    }
    if names::differ_in_numbers(&a.name_key, &b.name_key) {
        return (Ground { ground: DuplicateGround::NameSimilar, value: 0 }, 0);
    }
    let whole = names::dice(&a.name_key, &b.name_key);
    let core = names::dice(&names::core(&a.customer_name), &names::core(&b.customer_name));
    let second = part(core, CORE_PPM);
    if whole >= second {
        (Ground { ground: DuplicateGround::NameSimilar, value: whole }, whole)
    } else {
        (Ground { ground: DuplicateGround::NameProperSimilar, value: core }, second)
    }
}

/// `of` parts per million of a number of them.
fn part(number: i32, of: i32) -> i32 {
    i32::try_from(i64::from(number) * i64::from(of) / i64::from(WHOLE)).unwrap_or(WHOLE)
}

#[cfg(test)]
mod tests;
