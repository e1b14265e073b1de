//! Observations that are compared: everything a business can see of a history, in names and numbers of plans.

use std::collections::BTreeMap;
use std::fmt::Debug;

use crate::plan::{Charging, Mode, Policy};
use crate::time::Month;

/// The reason why an amount counted or did not, by its code.
pub type Reason = i16;

/// The key of a performance line. Nobody is `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineKey {
    /// The month whose books hold it.
    pub posted: Month,
    /// The month it belongs to.
    pub origin: Month,
    /// The partner whose performance it is.
    pub partner: String,
    /// The partner that is billed.
    pub bill_to: String,
    /// Number of the customer.
    pub customer: String,
    /// The mode; none of nobody's.
    pub mode: Option<Mode>,
    /// The product with its provider.
    pub product: String,
    /// The way it is charged.
    pub charging: Charging,
    /// The currency of the amounts.
    pub currency: String,
    /// The reason why it counted or not.
    pub reason: Reason,
}

/// Micros and payments.
pub type Sum = (i64, i64);

/// A line of an incentive bill.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BillLine {
    /// BASE, CORRECTION or RESIDUE.
    pub kind: String,
    /// The month whose performance it prices, or whose rounding it evens out.
    pub origin: Month,
    /// The performance it prices; none of a residue.
    pub group: Option<Group>,
    /// First month of the policy, number and ppm of the rate.
    pub rate: Option<(Month, i16, i32)>,
    /// Performance in micros.
    pub basis: i64,
    /// Incentive before rounding, in 10⁻¹².
    pub exact: i128,
    /// Incentive in micros.
    pub amount: i64,
    /// The reason why it is not simply rate × basis.
    pub note: Option<String>,
}

/// Performance of a month of origin that is priced alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// Number of the partner whose performance it is.
    pub partner: usize,
    /// The mode of the association.
    pub mode: Mode,
    /// Class of products.
    pub class: String,
    /// Product policy of the month of origin.
    pub policy: Policy,
}

/// An incentive bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// The state it is in.
    pub state: String,
    /// The reason for which it is or would be parked.
    pub parked: Option<String>,
    /// Performance in micros.
    pub basis: i64,
    /// Incentive in micros.
    pub amount: i64,
    /// Its lines, sorted.
    pub lines: Vec<BillLine>,
}

/// The receipt of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Rows read, refused, recognised, taken in, and taken in of nobody.
    pub read: i64,
    /// Rows that were refused.
    pub rejected: i64,
    /// Rows that say what is in already.
    pub duplicate: i64,
    /// Rows that say something else of a charge that is in already.
    pub updated: i64,
    /// Rows of new charges.
    pub accepted: i64,
    /// Taken in of accounts that are nobody's.
    pub unmatched: i64,
    /// By currency: billionths of all valid rows, of the accepted ones, and micros stored.
    pub totals: BTreeMap<String, (i128, i128, i64)>,
}

/// Everything there is to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Months that were settled in some way, with state and whether they are closed.
    pub months: BTreeMap<Month, (String, bool)>,
    /// Performance lines that say something.
    pub lines: BTreeMap<LineKey, Sum>,
    /// The payments that wait for an owner, by month, account and currency.
    pub unmatched: BTreeMap<(Month, String, String), Sum>,
    /// Incentive bills by month, partner and currency.
    pub bills: BTreeMap<(Month, String, String), Bill>,
}

impl Seen {
    /// The differences in words; nothing if all is equal.
    #[must_use]
    pub fn differences(&self, found: &Self) -> Vec<String> {
        let mut words = Vec::new();
        compare("month", &self.months, &found.months, &mut words);
        compare("line", &self.lines, &found.lines, &mut words);
        compare("unmatched", &self.unmatched, &found.unmatched, &mut words);
        compare("bill", &self.bills, &found.bills, &mut words);
        words
    }
}

fn compare<K: Ord + Debug, V: PartialEq + Debug>(
    what: &str,
    expected: &BTreeMap<K, V>,
    found: &BTreeMap<K, V>,
    words: &mut Vec<String>,
) {
    for (key, value) in expected {
        match found.get(key) {
            Some(other) if other == value => {}
            Some(other) => {
                words.push(format!("{what} {key:?}\n    expected {value:?}\n    found    {other:?}"))
            }
            None => words.push(format!("{what} {key:?}\n    expected {value:?}\n    found    nothing")),
        }
    }
    for (key, value) in found {
        if !expected.contains_key(key) {
            words.push(format!("{what} {key:?}\n    expected nothing\n    found    {value:?}"));
        }
    }
}
