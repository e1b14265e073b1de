//! Settling a month, and what becomes of its bills.

use super::{Oracle, Verdict};
use crate::plan::Run;
use crate::seen::Bill;
use crate::time::Month;

/// Months before that say what is usual.
const MONTHS_BACK: i32 = 3;
/// One whole, in parts per million.
const WHOLE: i128 = 1_000_000;
/// States of a month in their order.
const ESTIMATED: u8 = 1;
const DRAFT: u8 = 2;
const FINAL: u8 = 3;

impl Oracle {
    pub(super) fn settle(&mut self, month: Month, run: Run) -> Verdict {
        if run == Run::Final && self.gap_before(month) {
            return Verdict::Nothing;
        }
        if self.is_closed(month) || (run != Run::Estimate && self.now < month.ends(&self.zone)) {
            return Verdict::Refused;
        }
        let earlier_open = self.months.iter().any(|(other, books)| *other < month && !books.closed);
        if run == Run::Final && earlier_open {
            return Verdict::Refused;
        }
        // Whoever makes it final acknowledges what the checklist holds against it.
        if run == Run::Final && self.undecided_until(month) {
            self.saw("final with a seller nobody decided about");
        }
        self.month(month);
        let lines = self.lines();
        let bills = self.price(month, &lines);
        self.bills.retain(|(of, ..), _| *of != month);
        for ((partner, currency), mut bill) in bills {
            bill.parked = self.parked(month, partner, &currency, bill.amount);
            let formal = if bill.parked.is_some() { "PARKED" } else { "PENDING_CONFIRM" };
            bill.state = if run == Run::Final { formal } else { "ESTIMATED" }.to_owned();
            self.saw(&format!("bill: {}", bill.state));
            self.bills.insert((month, partner, currency), bill);
        }
        let books = self.month(month);
        let state = match run {
            Run::Estimate => ESTIMATED,
            Run::Draft => DRAFT,
            Run::Final => FINAL,
        };
        books.state = books.state.max(state);
        if run == Run::Final {
            books.closed = true;
            books.frozen = lines.into_iter().filter(|(key, _)| key.posted == month).collect();
        }
        Verdict::Done
    }

    /// Whether something was sold up to a month by somebody nobody decided about.
    fn undecided_until(&self, month: Month) -> bool {
        self.payments.iter().any(|payment| payment.month <= month && self.undecided(payment))
    }

    /// Whether a month between the first known one and this one was never heard of: whether its row is there already is
    /// nobody's business.
    fn gap_before(&self, month: Month) -> bool {
        let Some(first) = self.months.keys().next() else { return true };
        let mut at = *first;
        while at <= month {
            if !self.months.contains_key(&at) {
                return true;
            }
            at = at.next();
        }
        false
    }

    /// The reason for which a bill is far off the median of the formal bills of the three months before.
    fn parked(&self, month: Month, partner: usize, currency: &str, amount: i64) -> Option<String> {
        let factor = i128::from(self.plan.park_factor_ppm);
        let recent = |bill: &Bill| !["ESTIMATED", "PARKED"].contains(&bill.state.as_str());
        let mut usual: Vec<i128> = self
            .bills
            .iter()
            .filter(|((m, p, c), bill)| {
                *m >= month.plus(-MONTHS_BACK) && *m < month && *p == partner && c == currency && recent(bill)
            })
            .map(|(_, bill)| i128::from(bill.amount))
            .collect();
        if factor == 0 || usual.is_empty() {
            return None;
        }
        usual.sort_unstable();
        let middle = usual.len() / 2;
        let typical =
            if usual.len() % 2 == 1 { usual[middle] } else { (usual[middle - 1] + usual[middle]) / 2 };
        let amount = i128::from(amount);
        if amount.abs().max(typical.abs()) < i128::from(self.plan.park_floor) {
            return None;
        }
        // Times the factor on both sides, so that nothing is divided.
        let (low, high) = (typical * WHOLE * WHOLE, typical * factor * factor);
        let bill = amount * WHOLE * factor;
        let why = if bill > low.max(high) {
            "ABOVE_USUAL"
        } else if bill >= low.min(high) {
            return None;
        } else if amount < 0 && typical >= 0 {
            "NEGATIVE"
        } else {
            "BELOW_USUAL"
        };
        Some(why.to_owned())
    }

    /// Everything formal of a month is released, confirmed and issued.
    pub(super) fn issue(&mut self, month: Month) -> Verdict {
        let formal: Vec<_> = self
            .bills
            .iter()
            .filter(|((of, ..), bill)| {
                *of == month && ["PARKED", "PENDING_CONFIRM"].contains(&bill.state.as_str())
            })
            .map(|(key, _)| key.clone())
            .collect();
        if formal.is_empty() {
            return Verdict::Nothing;
        }
        for key in formal {
            self.bills.entry(key).and_modify(|bill| bill.state = "ISSUED".to_owned());
        }
        Verdict::Done
    }
}
