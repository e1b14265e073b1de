//! The input of verification: the payments once, and the lines once. Everything that is proved of very many
//! rows is gathered on the way.

use std::collections::BTreeMap;
use std::sync::Arc;

use entity::{CloudAccountId, Currency, CustomerId, ImportId, Month};
use rustc_hash::{FxHashMap, FxHashSet};

use super::fingerprint::Balance;
use super::seen::SeenLines;
use crate::kernel::error::Result;
use crate::kernel::stream::Reader;
use crate::performance::fact::{self, Fact, Part};
use crate::performance::fact_stream;
use crate::performance::history::{CustomerHistory, History};
use crate::performance::line::LineKey;
use crate::performance::line_stream::{self, KeptLine, Which};
use crate::settlement::sums::LineTotal;

/// Customers and months of origin that wait to be computed anew.
pub(super) type Waiting = Arc<FxHashSet<(CustomerId, Month)>>;

/// Payments that an import brought in a currency.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Brought {
    /// Payments that say something of a charge.
    pub(super) payments: i64,
    /// Payments that take earlier ones back.
    pub(super) backs: i64,
    /// Sum that was to be paid, in micros.
    pub(super) micros: i128,
}

/// Sums over all payments.
#[derive(Debug)]
pub(super) struct Payments {
    /// To be held against the lines.
    pub(super) balance: Balance,
    /// Sums to be paid, by month, without customers that wait.
    pub(super) payable: BTreeMap<(Month, Currency), i128>,
    /// Payments of each import, to be held against its receipt.
    pub(super) brought: FxHashMap<(ImportId, Currency), Brought>,
    /// Numbers of their lines in their files: no two may be one.
    pub(super) seen: SeenLines,
}

impl Payments {
    fn new(balance: Balance) -> Self {
        Self { balance, payable: BTreeMap::new(), brought: FxHashMap::default(), seen: SeenLines::default() }
    }

    /// Adds another part.
    pub(super) fn merge(&mut self, other: Self) {
        self.balance.merge(other.balance);
        self.seen.merge(other.seen);
        for (key, micros) in other.payable {
            *self.payable.entry(key).or_default() += micros;
        }
        for (key, brought) in other.brought {
            let sum = self.brought.entry(key).or_default();
            sum.payments += brought.payments;
            sum.backs += brought.backs;
            sum.micros += brought.micros;
        }
    }
}

/// Reads the payments of `month`, or all of them.
pub(super) fn payments(
    reader: &mut Reader,
    history: &History,
    waiting: &Waiting,
    balance: Balance,
    month: Option<Month>,
    part: Part,
) -> Result<Payments> {
    let mut gathered = Payments::new(balance);
    let mut whose = Whose { history, waiting, of: None };
    fact_stream::of_month(reader, month, part, |fact| {
        gathered.seen.meet(fact.import_id, fact.line_no);
        let brought = gathered.brought.entry((fact.import_id, fact.currency)).or_default();
        brought.payments += i64::from(fact.count > 0);
        brought.backs += i64::from(fact.count < 0);
        brought.micros += i128::from(fact.payable);
        let (customer, waits) = whose.find(fact);
        // Its lines are about to change: neither side counts it.
        if waits {
            return Ok(());
        }
        *gathered.payable.entry((fact.month, fact.currency)).or_default() += i128::from(fact.payable);
        let Some(customer) = customer else { return Ok(()) };
        let (owner, split) = fact::judge(history, &customer, fact)?;
        for (reason, amount) in split {
            let key = LineKey::new(
                fact.month,
                owner.as_ref(),
                fact.product_id,
                fact.charging_mode,
                fact.currency,
                reason,
            );
            gathered.balance.add(customer.id, &key, amount, fact.count);
        }
        Ok(())
    })?;
    Ok(gathered)
}

/// The history of an account's customer, if it has one, and whether that one's changes wait.
type Found = (Option<CustomerHistory>, bool);

/// Finds the customer of each payment: neighbouring rows mostly belong to the same account.
struct Whose<'a> {
    history: &'a History,
    waiting: &'a FxHashSet<(CustomerId, Month)>,
    of: Option<((CloudAccountId, Month), Found)>,
}

impl Whose<'_> {
    fn find(&mut self, fact: &Fact<'_>) -> (Option<CustomerHistory>, bool) {
        let at = (fact.account, fact.month);
        if let Some((last, found)) = self.of
            && last == at
        {
            return found;
        }
        let customer = self.history.customer_of(fact.account);
        let waits = customer.is_some_and(|c| self.waiting.contains(&(c.id, fact.month)));
        self.of = Some((at, (customer, waits)));
        (customer, waits)
    }
}

/// Sums over the lines posted in a month.
#[derive(Debug)]
pub(super) struct Lines {
    /// To be held against the payments.
    pub(super) balance: Balance,
    /// Amounts that counted and that did not, by month of origin, without customers that wait.
    pub(super) sums: BTreeMap<(Month, Currency), (i128, i128)>,
    /// Lines by month of origin, without customers that wait.
    pub(super) lines: BTreeMap<Month, u64>,
    totals: FxHashMap<LineKey, LineTotal>,
}

impl Lines {
    fn new(balance: Balance) -> Self {
        Self { balance, sums: BTreeMap::new(), lines: BTreeMap::new(), totals: FxHashMap::default() }
    }

    /// Lines summed over customers and charging modes, in the order of [`crate::settlement::sums::line_totals`].
    pub(super) fn totals(&mut self) -> Vec<LineTotal> {
        let mut totals: Vec<LineTotal> = std::mem::take(&mut self.totals).into_values().collect();
        totals.sort_unstable_by(|a, b| order(a).cmp(&order(b)));
        totals
    }
}

fn order(t: &LineTotal) -> impl Ord + use<'_> {
    let mode = t.mode.map_or(0, entity::AssociationMode::code);
    (t.bill_to_id, t.partner_id, t.origin_month, mode, t.product_id, t.currency.as_str(), t.reason.code())
}

/// Reads the lines posted in `month`; with `corrections`, also those of this month of origin posted later.
pub(super) fn lines(
    reader: &mut Reader,
    waiting: &Waiting,
    balance: Balance,
    month: Month,
    corrections: bool,
    part: Part,
) -> Result<Lines> {
    let mut gathered = Lines::new(balance);
    line_stream::lines(reader, Which::PostedIn(month), part, |line| {
        gathered.compare(waiting, line);
        gathered.total(line)
    })?;
    if corrections {
        line_stream::lines(reader, Which::PostedAfter(month), part, |line| {
            gathered.compare(waiting, line);
            Ok(())
        })?;
    }
    Ok(gathered)
}

impl Lines {
    fn compare(&mut self, waiting: &Waiting, line: &KeptLine) {
        let (key, sum) = (&line.key, line.sum);
        if waiting.contains(&(line.customer_id, key.origin_month)) {
            return;
        }
        self.balance.take(line.customer_id, key, sum.amount, sum.payments);
        let (counted, not) = self.sums.entry((key.origin_month, key.currency)).or_default();
        let of = if key.reason == entity::Reason::Counted { counted } else { not };
        *of += i128::from(sum.amount);
        *self.lines.entry(key.origin_month).or_default() += 1;
    }

    fn total(&mut self, line: &KeptLine) -> Result<()> {
        // Charging modes are summed up: any one stands for all.
        let key = LineKey { charging_mode: entity::ChargingMode::ALL[0], ..line.key };
        let total = self.totals.entry(key).or_insert(LineTotal {
            bill_to_id: key.bill_to_id,
            partner_id: key.partner_id,
            origin_month: key.origin_month,
            mode: key.mode,
            product_id: key.product_id,
            currency: key.currency,
            reason: key.reason,
            lines: 0,
            amount: 0,
            payments: 0,
        });
        let mut sum = crate::performance::line::LineSum { amount: total.amount, payments: total.payments };
        sum.add(line.sum.amount, line.sum.payments)?;
        (total.lines, total.amount, total.payments) = (total.lines + 1, sum.amount, sum.payments);
        Ok(())
    }

    /// Adds another part.
    pub(super) fn merge(&mut self, other: Self) -> Result<()> {
        self.balance.merge(other.balance);
        for (key, (counted, not)) in other.sums {
            let sum = self.sums.entry(key).or_default();
            *sum = (sum.0 + counted, sum.1 + not);
        }
        for (month, lines) in other.lines {
            *self.lines.entry(month).or_default() += lines;
        }
        for (key, theirs) in other.totals {
            let Some(total) = self.totals.get_mut(&key) else {
                self.totals.insert(key, theirs);
                continue;
            };
            let mut sum =
                crate::performance::line::LineSum { amount: total.amount, payments: total.payments };
            sum.add(theirs.amount, theirs.payments)?;
            total.lines += theirs.lines;
            (total.amount, total.payments) = (sum.amount, sum.payments);
        }
        Ok(())
    }
}
