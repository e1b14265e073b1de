//! Why a number is what it is: a line down to its payments, a payment up to the lines it counts in.

use std::collections::hash_map::Entry;

use entity::{Columns as _, CustomerId, Month, PartnerId, ProductId, Reason, RowReader, Timestamp};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, Value};

use super::classify::{Owner, Rules, classify, every_reason};
use super::history::{CustomerHistory, History, MonthRules};
use super::line::{KEY_COLUMNS, LineKey, LineSum};
use super::refs::{LineRef, PaymentRef};
pub use super::view::PaymentView;
use super::view::{FROM, page_of_customer};
use crate::kernel::error::{Error, Result};
use crate::kernel::scope::Scope;
use crate::kernel::store::{Store, query, query_one};
use crate::programme::month::Posting;

/// A line with what made it.
#[derive(Clone, Debug)]
pub struct LineExplanation {
    /// The line.
    pub line: LineRef,
    /// What it says.
    pub sum: LineSum,
    /// What the programme says about its product in the month of origin.
    pub rules: MonthRules,
    /// `true` if the line corrects a closed month.
    pub correction: bool,
}

/// An amount of a payment with the reason, and the line it stands in.
#[derive(Clone, Debug)]
pub struct Allotment {
    /// Why it counted, or not.
    pub reason: Reason,
    /// Micros.
    pub amount: i64,
    /// The line; none while the account belongs to nobody.
    pub line: Option<LineRef>,
}

/// A payment with where it counted and every reason why it did not.
#[derive(Clone, Debug)]
pub struct PaymentExplanation {
    /// The payment.
    pub payment: PaymentView,
    /// Who had the customer when it was consumed.
    pub owner: Option<Owner>,
    /// Its amount by reason.
    pub allotments: Vec<Allotment>,
    /// Every reason why some of it did not count: those that alone exclude all of it first, then those of its parts.
    pub reasons: Vec<Reason>,
    /// `true` while its account belongs to no customer: it waits.
    pub unmatched: bool,
    /// `true` while a change of its customer waits to be worked in: lines may differ until then.
    pub pending: bool,
}

/// What made a line, which was read already with what it says.
pub async fn rules_of(store: &Store, line: &LineRef, sum: LineSum) -> Result<LineExplanation> {
    let LineKey { origin_month, product_id, .. } = line.key;
    let rules = MonthRules::load(store.db(), product_id, origin_month).await?;
    Ok(LineExplanation { line: *line, sum, rules, correction: line.month != origin_month })
}

/// A payment, if the scope sees its customer. Payments of nobody's accounts are the vendor's alone.
pub async fn payment(store: &Store, scope: Scope, id: &PaymentRef) -> Result<Option<PaymentExplanation>> {
    let (visible, values) = scope.customers("a.customer_id", 6);
    let sql = format!(
        "SELECT {} FROM {FROM} WHERE p.month = $1 AND p.account_id = $2 AND p.consumed_at = $3 \
         AND p.fingerprint = $4 AND p.occurrence = $5 AND {visible}",
        PaymentView::list()
    );
    let key = [
        Value::from(id.month.0),
        id.account_id.0.into(),
        id.consumed_at.0.into(),
        id.fingerprint.to_vec().into(),
        id.occurrence.into(),
    ];
    let Some(row) = query_one(store.db(), &sql, key.into_iter().chain(values)).await? else {
        return Ok(None);
    };
    let posting = Posting::load(store.db()).await?;
    let explanation = explain(store, &posting, PaymentView::of(&row)?).await?;
    if let Scope::Partner(partner) = scope
        && !sees(store.db(), partner, explanation.owner.as_ref()).await?
    {
        return Ok(None);
    }
    Ok(Some(explanation))
}

/// A partner sees a payment only if it, or its reseller, had the customer when it was consumed.
async fn sees<C: ConnectionTrait>(connection: &C, partner: PartnerId, owner: Option<&Owner>) -> Result<bool> {
    let Some(owner) = owner else { return Ok(false) };
    if owner.partner_id == partner || owner.bill_to_id == partner {
        return Ok(true);
    }
    let sql = "SELECT 1 FROM distribution_link WHERE distributor_id = $1 AND reseller_id = $2";
    Ok(query_one(connection, sql, [partner.0.into(), owner.partner_id.0.into()]).await?.is_some())
}

/// Payments of a customer and month, behind `after`, at most `limit`.
pub async fn payments(
    store: &Store,
    customer: CustomerId,
    month: Month,
    after: Option<&PaymentRef>,
    limit: usize,
) -> Result<Vec<PaymentView>> {
    let mut values: Vec<Value> = vec![month.0.into(), customer.0.into()];
    let mut behind = "";
    if let Some(after) = after {
        behind = "AND (p.account_id, p.consumed_at, p.fingerprint, p.occurrence) > ($3, $4, $5, $6)";
        values.extend([
            Value::from(after.account_id.0),
            after.consumed_at.0.into(),
            after.fingerprint.to_vec().into(),
            after.occurrence.into(),
        ]);
    }
    let sql = page_of_customer(store.backend(), &format!("p.month = $1 {behind}"), limit);
    let rows = query(store.db(), &sql, values).await?;
    rows.iter().map(|row| Ok(PaymentView::of(row)?)).collect()
}

async fn explain(store: &Store, posting: &Posting, payment: PaymentView) -> Result<PaymentExplanation> {
    let (origin, counted) = (payment.reference.month, &payment.counted);
    let mut history = History::default();
    if let Some(customer) = payment.customer_id {
        let rules = MonthRules::load(store.db(), counted.product_id, origin).await?;
        history = History::of_customer(store.db(), customer, counted.product_id, origin, &rules).await?;
    }
    let Some(customer) = payment.customer_id.and_then(|id| history.customer(id)) else {
        return Ok(PaymentExplanation {
            payment,
            owner: None,
            allotments: Vec::new(),
            reasons: Vec::new(),
            unmatched: true,
            pending: false,
        });
    };
    let mut places = Places::default();
    let (owner, allotted) = allot(&history, &customer, &payment)?;
    let reasons = every_reason(&counted.payment(), owner.as_ref(), &rules(&history, &customer, &payment));
    let mut allotments = Vec::with_capacity(allotted.len());
    for (key, amount) in allotted {
        let reason = key.reason;
        let place = places.of(store, customer.id, &key, payment.imported_at).await?;
        let month = place.unwrap_or_else(|| posting.month_for(origin));
        allotments.push(Allotment {
            reason,
            amount,
            line: Some(LineRef { month, customer_id: customer.id, key }),
        });
    }
    let sql = "SELECT 1 FROM dirty_customer WHERE customer_id = $1 AND month = $2";
    let pending = query_one(store.db(), sql, [customer.id.0.into(), origin.0.into()]).await?.is_some();
    Ok(PaymentExplanation { payment, owner, allotments, reasons, unmatched: false, pending })
}

fn rules(history: &History, customer: &CustomerHistory, payment: &PaymentView) -> Rules {
    let origin = payment.reference.month;
    Rules {
        internal: customer.internal,
        policy: history.policy(payment.counted.product_id, origin),
        cash_coupon_counts: history.cash_coupon_counts(origin),
    }
}

/// Who had a customer, and what of a payment belongs to which line.
pub(super) type Allotted = (Option<Owner>, Vec<(LineKey, i64)>);

/// Divides a payment by the rules of its time.
pub(super) fn allot(
    history: &History,
    customer: &CustomerHistory,
    payment: &PaymentView,
) -> Result<Allotted> {
    let (origin, counted) = (payment.reference.month, &payment.counted);
    let owner = history.owner_at(customer, counted.consumed_at);
    let allotted = classify(&counted.payment(), owner.as_ref(), &rules(history, customer, payment))
        .ok_or_else(|| Error::Invariant("the parts of a payment do not fit".into()))?;
    let key = |reason| {
        let (product, charging) = (counted.product_id, counted.charging_mode);
        LineKey::new(origin, owner.as_ref(), product, charging, counted.currency, reason)
    };
    let lines = allotted.into_iter().map(|(reason, amount)| (key(reason), amount)).collect();
    Ok((owner, lines))
}

/// Where lines are posted, read once for a customer, a month of origin and a product.
#[derive(Debug, Default)]
pub(super) struct Places(FxHashMap<(CustomerId, Month, ProductId), Posted>);

/// The cut-off of a month's final run, and the months in which each line that belongs to it is posted, oldest first.
#[derive(Debug, Default)]
struct Posted {
    cut_off: Option<Timestamp>,
    months: FxHashMap<LineKey, Vec<Month>>,
}

impl Places {
    /// The month whose line holds a payment of `key` that was taken in at `imported_at`: its own month if it
    /// came before the final run's cut-off and the line is there, else the first later month with the line.
    pub(super) async fn of(
        &mut self,
        store: &Store,
        customer: CustomerId,
        key: &LineKey,
        imported_at: Timestamp,
    ) -> Result<Option<Month>> {
        let origin = key.origin_month;
        let posted = match self.0.entry((customer, origin, key.product_id)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(vacant) => vacant.insert(Posted::load(store, customer, key).await?),
        };
        let late = posted.cut_off.is_some_and(|cut_off| imported_at > cut_off);
        let months = posted.months.get(key).map(Vec::as_slice).unwrap_or_default();
        Ok(months.iter().copied().find(|month| !late || *month > origin))
    }
}

impl Posted {
    /// Reads the lines of a customer that share month of origin and product with `key`.
    async fn load(store: &Store, customer: CustomerId, key: &LineKey) -> Result<Self> {
        let sql = format!(
            "SELECT (SELECT MAX(cut_off) FROM settlement_run WHERE month = $2 AND kind = 'FINAL'), month, {KEY_COLUMNS} \
             FROM performance_line WHERE customer_id = $1 AND origin_month = $2 AND product_id = $3 ORDER BY month"
        );
        let values = [customer.0.into(), key.origin_month.0.into(), key.product_id.0.into()];
        let mut posted = Self::default();
        for row in query(store.db(), &sql, values).await? {
            let mut row = RowReader::of(&row);
            posted.cut_off = row.take()?;
            let month = row.take()?;
            posted.months.entry(LineKey::read(&mut row)?).or_default().push(month);
        }
        Ok(posted)
    }
}
