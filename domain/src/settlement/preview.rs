//! Previews: what a run of a month would write now, held against what stands. The same code prices both, and a
//! preview writes nothing (docs/settlement.md, "Previews").

pub mod difference;
mod standing;
pub mod tried;

use std::collections::BTreeMap;

use entity::{Currency, Month, PartnerId, incentive_bill};
use sea_orm::{AccessMode, DatabaseTransaction, DbBackend, IsolationLevel, TransactionTrait};

use super::bounds::{Bounds, Parked};
use super::catalogue::Catalogue;
use super::freeze::SHARD_PARTNERS;
use super::shard_price::{Aside, ShardPrice, price_range};
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Store, query, query_one};
use crate::programme::incentive_policy::NewPolicy;
use crate::programme::settings;
use difference::{LineChange, Why, differing};
use standing::Standing;

/// What is previewed.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The month.
    pub month: Month,
    /// Policies that are tried, over the real ones.
    pub policies: Vec<NewPolicy>,
    /// Only this partner's bills.
    pub partner: Option<PartnerId>,
    /// Only bills that would change.
    pub changed_only: bool,
}

/// Where a bill stands in a preview: its partner and currency.
pub type Place = (PartnerId, Currency);

/// What a bill would come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Performance in micros.
    pub basis: i64,
    /// Incentive in micros.
    pub amount: i64,
    /// Why it would be parked if it became formal.
    pub parked: Option<Parked>,
}

/// A bill as it stands, and as it would be.
#[derive(Clone, Debug)]
pub struct PreviewBill {
    /// Whose bill, in which currency.
    pub place: Place,
    /// The bill that stands.
    pub standing: Option<incentive_bill::Model>,
    /// What it would come to; none if there would be none.
    pub outcome: Option<Outcome>,
    /// Why its partner cannot be billed.
    pub aside: Option<Aside>,
    /// Why it would change, each once; UNCHANGED alone if it would not.
    pub why: Vec<Why>,
    /// The lines that would change.
    pub lines: Vec<LineChange>,
}

impl PreviewBill {
    /// What stands, in micros.
    #[must_use]
    pub fn amount_before(&self) -> i64 {
        self.standing.as_ref().map_or(0, |bill| bill.amount)
    }

    /// What would stand, in micros.
    #[must_use]
    pub fn amount_after(&self) -> i64 {
        self.outcome.map_or(0, |outcome| outcome.amount)
    }

    /// `true` unless it would be as it is.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.why != [Why::Unchanged]
    }
}

/// A page of a preview.
#[derive(Clone, Debug)]
pub struct PreviewPage {
    /// The bills in the order of partner and currency.
    pub bills: Vec<PreviewBill>,
    /// There are more behind them.
    pub more: bool,
    /// Customers whose changes wait to be worked in: a run does that first, a preview does without.
    pub changes_waiting: i64,
}

/// What a preview comes to in one currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CurrencyTotal {
    /// Bills that stand.
    pub bills_before: i64,
    /// Bills that would stand.
    pub bills_after: i64,
    /// Partners whose bill would change.
    pub changed: i64,
    /// Bills that would be parked if they became formal.
    pub parked: i64,
    /// Bills whose partner cannot be billed.
    pub set_aside: i64,
    /// Sum of what stands, in micros.
    pub before: i64,
    /// Sum of what would stand, in micros.
    pub after: i64,
}

/// What a preview comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreviewTotals {
    /// Bills of the whole preview, those that do not change only if they were asked for.
    pub bills: i64,
    /// By currency.
    pub currencies: BTreeMap<Currency, CurrencyTotal>,
}

/// The bills behind `after`, at most `limit`.
pub async fn page(store: &Store, ask: &Ask, after: Option<Place>, limit: usize) -> Result<PreviewPage> {
    let desk = Desk::open(store, ask).await?;
    let mut from = desk.start(after.map(|(partner, _)| partner));
    let mut bills = Vec::new();
    while bills.len() <= limit {
        let Some(to) = desk.end_of_range(from).await? else { break };
        let found = desk.bills((from, to)).await?;
        bills.extend(found.into_iter().filter(|bill| after.is_none_or(|after| bill.place > after)));
        from = to;
    }
    let more = bills.len() > limit;
    bills.truncate(limit);
    let changes_waiting = desk.changes_waiting().await?;
    desk.close().await?;
    Ok(PreviewPage { bills, more, changes_waiting })
}

/// What the whole preview comes to: prices every partner, a range at a time.
pub async fn totals(store: &Store, ask: &Ask) -> Result<PreviewTotals> {
    let desk = Desk::open(store, ask).await?;
    let mut from = desk.start(None);
    let mut totals = PreviewTotals::default();
    while let Some(to) = desk.end_of_range(from).await? {
        for bill in desk.bills((from, to)).await? {
            totals.add(&bill).ok_or_else(|| {
                Error::Invariant(format!("the bills in {} do not fit 64 bits of micros", bill.place.1))
            })?;
        }
        from = to;
    }
    desk.close().await?;
    Ok(totals)
}

impl PreviewTotals {
    fn add(&mut self, bill: &PreviewBill) -> Option<()> {
        self.bills += 1;
        let total = self.currencies.entry(bill.place.1).or_default();
        total.bills_before += i64::from(bill.standing.is_some());
        total.bills_after += i64::from(bill.outcome.is_some());
        total.changed += i64::from(bill.changes());
        total.parked += i64::from(bill.outcome.is_some_and(|outcome| outcome.parked.is_some()));
        total.set_aside += i64::from(bill.aside.is_some());
        total.before = total.before.checked_add(bill.amount_before())?;
        total.after = total.after.checked_add(bill.amount_after())?;
        Some(())
    }
}

/// What a preview reads with: everything as of one instant.
struct Desk<'a> {
    ask: &'a Ask,
    tx: DatabaseTransaction,
    catalogue: Catalogue,
    bounds: Bounds,
}

impl<'a> Desk<'a> {
    async fn open(store: &Store, ask: &'a Ask) -> Result<Self> {
        let tried = tried::policies(&ask.policies)?;
        let tx = if store.backend() == DbBackend::Postgres {
            let (level, mode) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
            store.db().begin_with_config(Some(level), Some(mode)).await?
        } else {
            store.db().begin().await?
        };
        let bounds = Bounds::of(&settings::load(&tx).await?);
        let catalogue = Catalogue::load(&tx).await?.trying(ask.month, tried);
        Ok(Self { ask, tx, catalogue, bounds })
    }

    async fn close(self) -> Result<()> {
        Ok(self.tx.rollback().await?)
    }

    /// The id behind which the first range begins: bills of `first` are in it.
    fn start(&self, first: Option<PartnerId>) -> i64 {
        let first = first.max(self.ask.partner);
        first.map_or(0, |partner| partner.0.saturating_sub(1).max(0))
    }

    /// The last id of the range of partners behind `from`; none behind the last partner.
    async fn end_of_range(&self, from: i64) -> Result<Option<i64>> {
        let last = self.ask.partner.map_or(i64::MAX, |partner| partner.0);
        let sql = format!(
            "SELECT MAX(id) FROM (SELECT id FROM partner WHERE id > $1 AND id <= $2 ORDER BY id LIMIT {SHARD_PARTNERS}) ids"
        );
        let row = query_one(&self.tx, &sql, [from.into(), last.into()]).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.flatten())
    }

    /// The bills of a range of partners, those that change if only these are asked for.
    async fn bills(&self, range: (i64, i64)) -> Result<Vec<PreviewBill>> {
        let month = self.ask.month;
        let priced = price_range(&self.tx, &self.catalogue, self.bounds, month, range).await?;
        let standing = standing::read(&self.tx, month, range).await?;
        let bills = meet(priced, standing);
        Ok(bills.into_iter().filter(|bill| bill.changes() || !self.ask.changed_only).collect())
    }

    async fn changes_waiting(&self) -> Result<i64> {
        let sql = "SELECT COUNT(DISTINCT customer_id) FROM dirty_customer";
        let rows = query(&self.tx, sql, []).await?;
        rows.first().map_or(Ok(0), |row| Ok(row.try_get_by_index(0)?))
    }
}

/// Puts together what stands and what would be. PURE.
fn meet(priced: ShardPrice, mut standing: BTreeMap<Place, Standing>) -> Vec<PreviewBill> {
    let mut places: BTreeMap<Place, PreviewBill> = BTreeMap::new();
    for bill in priced.bills {
        let place = (bill.partner, bill.currency);
        let (row, before) = standing.remove(&place).map_or((None, vec![]), |s| (Some(s.bill), s.lines));
        let after = bill.priced.lines.iter().map(|line| difference::shown(line, bill.partner));
        let outcome = Outcome { basis: bill.priced.basis, amount: bill.priced.amount, parked: bill.parked };
        places.insert(place, compared(place, row, Some(outcome), differing(before, after.collect())));
    }
    for (place, Standing { bill, lines }) in standing {
        places.insert(place, compared(place, Some(bill), None, differing(lines, vec![])));
    }
    for aside in priced.aside {
        let counted = priced.totals.iter().filter(|t| t.counts() && t.bill_to_id == aside.partner);
        for total in counted {
            let place = (aside.partner, total.currency);
            let bill = places.entry(place).or_insert_with(|| compared(place, None, None, vec![]));
            bill.why.retain(|why| *why != Why::Unchanged && *why != Why::SetAside);
            bill.why.push(Why::SetAside);
            bill.aside = Some(aside.clone());
        }
    }
    places.into_values().collect()
}

/// A bill with the reasons of its lines. PURE.
fn compared(
    place: Place,
    standing: Option<incentive_bill::Model>,
    outcome: Option<Outcome>,
    lines: Vec<LineChange>,
) -> PreviewBill {
    let mut why = match (&standing, outcome) {
        (None, Some(_)) => vec![Why::NewBill],
        // An estimate of nothing is gone already.
        (Some(_), None) if !lines.is_empty() => vec![Why::Gone],
        _ => lines.iter().flat_map(|line| line.why.iter().copied()).collect(),
    };
    why.sort_unstable();
    why.dedup();
    if why.is_empty() {
        why.push(Why::Unchanged);
    }
    PreviewBill { place, standing, outcome, aside: None, why, lines }
}
