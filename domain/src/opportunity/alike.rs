//! PURE. How alike two opportunities are, and why: by customer, product family and the time in which they are bought
//! (docs/domain.md, "Opportunities").

use entity::{DuplicateGround, Month, opportunity};
use serde::{Deserialize, Serialize};

use super::names::{self, WHOLE};
use super::pass::{self, same_customer};
use crate::pce::offering::OTHER;

/// From this on two opportunities are shown as alike, in parts per million: below it names share little more than a
/// trade.
pub const SUSPICIOUS_PPM: i32 = 650_000;
/// What a name proper counts of a whole name, in parts per million: places and trades do tell companies apart.
const CORE_PPM: i32 = 900_000;
/// What is left where one of them names no product family.
const FAMILY_UNKNOWN_PPM: i32 = 850_000;
/// What is left where one of them does not say when it is bought.
const TIME_UNKNOWN_PPM: i32 = 850_000;

/// Why two opportunities seem to be the same, with a number where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// Why.
    pub ground: DuplicateGround,
    /// How alike names are in parts per million, or how many months both windows share; 0 for others.
    pub value: i32,
}

/// How alike two opportunities are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// In parts per million.
    pub score_ppm: i32,
    /// Why.
    pub grounds: Vec<Ground>,
}

/// Months that are in the windows of both; none if one does not say when it is bought.
fn shared_months(a: &opportunity::Model, b: &opportunity::Model) -> Option<i32> {
    let middle = |row: &opportunity::Model| row.expected_sign_on.map(|day| Month(day.0 / 100));
    let index = |month: Month| month.0 / 100 * 12 + month.0 % 100;
    let apart = (index(middle(a)?) - index(middle(b)?)).abs();
    Some((2 * pass::WINDOW_MONTHS + 1 - apart).max(0))
}

/// How alike two opportunities are; nothing if they are not worth a look.
#[must_use]
pub fn compare(a: &opportunity::Model, b: &opportunity::Model) -> Option<Alike> {
    let mut grounds = vec![];
    let mut add = |ground, value| grounds.push(Ground { ground, value });
    let customer = customers(a, b, &mut add)?;
    let known = |row: &opportunity::Model| row.demand_tag != OTHER;
    let family = if a.demand_tag == b.demand_tag {
        add(DuplicateGround::SameFamily, 0);
        WHOLE
    } else if known(a) && known(b) {
        return None;
    } else {
        add(DuplicateGround::FamilyUnknown, 0);
        FAMILY_UNKNOWN_PPM
    };
    let time = match shared_months(a, b) {
        Some(0) => return None,
        Some(months) => {
            add(DuplicateGround::WindowOverlaps, months);
            WHOLE
        }
        None => TIME_UNKNOWN_PPM,
    };
    let score_ppm = part(part(customer, family), time);
    (score_ppm >= SUSPICIOUS_PPM).then_some(Alike { score_ppm, grounds })
}

/// How alike the customers are; nothing if they are two companies in law, whatever they are called.
fn customers(
    a: &opportunity::Model,
    b: &opportunity::Model,
    add: &mut impl FnMut(DuplicateGround, i32),
) -> Option<i32> {
    let codes = (a.credit_code.as_ref(), b.credit_code.as_ref());
    if matches!(codes, (Some(a), Some(b)) if a != b) {
        return None;
    }
    let ground = if codes.0.is_some() && codes.1.is_some() {
        DuplicateGround::CreditCode
    } else if a.customer_id.is_some() && a.customer_id == b.customer_id {
        DuplicateGround::SameCustomer
    } else if same_customer(a, b) {
        DuplicateGround::NameEqual
    } else {
        let whole = names::dice(&a.name_key, &b.name_key);
        let core = names::dice(&names::core(&a.customer_name), &names::core(&b.customer_name));
        let second = part(core, CORE_PPM);
        if whole >= second {
            add(DuplicateGround::NameSimilar, whole);
        } else {
            add(DuplicateGround::NameProperSimilar, core);
        }
        return Some(whole.max(second));
    };
    add(ground, 0);
    Some(WHOLE)
}

/// `of` parts per million of a number of them.
fn part(number: i32, of: i32) -> i32 {
    i32::try_from(i64::from(number) * i64::from(of) / i64::from(WHOLE)).unwrap_or(WHOLE)
}

#[cfg(test)]
mod tests;
