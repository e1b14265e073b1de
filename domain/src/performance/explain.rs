//! Why a number is what it is: a line down to its payments, a payment up to the lines it counts in.

use std::collections::hash_map::Entry;

use entity::{CustomerId, Month, PartnerId, ProductPolicyKind, Reason, Timestamp, settlement_month};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, EntityTrait, Value};

use super::classify::{Owner, Rules, classify, every_reason};
use super::history::History;
use super::line::{KEY_COLUMNS, LineKey, LineSum};
use super::recompute::PAYMENT_COLUMNS;
use super::refs::{LineRef, PaymentRef};
pub use super::view::PaymentView;
use super::view::{FROM, ORDER, VIEW_COLUMNS, read_view};
use crate::error::{Error, Result};
use crate::scope::Scope;
use crate::settlement::month::Posting;
use crate::store::{Store, query, query_one};

/// Most payments read to fill one page: a line may be thin among many payments of its customer.
const READ_AT_MOST: usize = 20_000;
/// Payments read at once.
const READ: usize = 1_000;

/// A line with what made it.
#[derive(Clone, Debug)]
pub struct LineExplanation {
    /// The line.
    pub line: LineRef,
    /// What it says.
    pub sum: LineSum,
    /// Version of the counting rules.
    pub rule_version: i32,
    /// What the product policy of the month of origin says.
    pub policy: ProductPolicyKind,
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

/// A line, if the scope sees it.
pub async fn line(store: &Store, scope: Scope, line: &LineRef) -> Result<Option<LineExplanation>> {
    let (visible, mut values) = scope.lines(1);
    let n = values.len();
    let key = &line.key;
    values.extend([
        Value::from(line.month.0),
        line.customer_id.0.into(),
        key.origin_month.0.into(),
        key.partner_id.0.into(),
        key.bill_to_id.0.into(),
        key.mode.map_or(0, entity::AssociationMode::code).into(),
        key.product_id.0.into(),
        key.charging_mode.code().into(),
        key.currency.into(),
        key.reason.code().into(),
    ]);
    let conditions: Vec<String> =
        "month customer_id origin_month partner_id bill_to_id mode product_id charging_mode \
        currency reason"
            .split_whitespace()
            .enumerate()
            .map(|(i, column)| format!("{column} = ${}", n + i + 1))
            .collect();
    let sql = format!(
        "SELECT amount, payments FROM performance_line WHERE {visible} AND {}",
        conditions.join(" AND ")
    );
    let Some(row) = query_one(store.db(), &sql, values).await? else { return Ok(None) };
    let sum = LineSum { amount: row.try_get_by_index(0)?, payments: row.try_get_by_index(1)? };
    let month = settlement_month::Entity::find_by_id(key.origin_month).one(store.db()).await?;
    let mut history = History::default();
    history.refresh(store.db()).await?;
    Ok(Some(LineExplanation {
        line: *line,
        sum,
        rule_version: month.map_or(1, |m| m.rule_version),
        policy: history.policy(key.product_id, key.origin_month),
        correction: line.month != key.origin_month,
    }))
}

/// The payments that stand in a line, by what is known now of who had the customer, behind `after`, at most
/// `limit`. A payment that came after its month was final stands in the correction line, not in the final one.
pub async fn line_payments(
    store: &Store,
    line: &LineRef,
    after: Option<&PaymentRef>,
    limit: usize,
) -> Result<Vec<PaymentView>> {
    let mut history = History::default();
    history.refresh(store.db()).await?;
    let mut places = Places::default();
    let (mut found, mut read, mut last) = (Vec::new(), 0, after.copied());
    while found.len() < limit && read < READ_AT_MOST {
        let page = of_customer(store, line, last.as_ref()).await?;
        read += page.len();
        let full = page.len() == READ;
        last = page.last().map(|p| p.reference).or(last);
        for payment in page {
            let explanation = explain(store, &mut history, &Posting::default(), &mut places, payment).await?;
            let here = |a: &Allotment| a.line == Some(*line);
            if found.len() < limit && explanation.allotments.iter().any(here) {
                found.push(explanation.payment);
            }
        }
        if !full {
            break;
        }
    }
    Ok(found)
}

async fn of_customer(store: &Store, line: &LineRef, after: Option<&PaymentRef>) -> Result<Vec<PaymentView>> {
    let mut values: Vec<Value> = vec![
        line.key.origin_month.0.into(),
        line.customer_id.0.into(),
        line.key.product_id.0.into(),
        line.key.charging_mode.code().into(),
        line.key.currency.into(),
    ];
    let mut behind = "";
    if let Some(after) = after {
        behind = "AND (p.account_id, p.consumed_at, p.fingerprint, p.occurrence) > ($6, $7, $8, $9)";
        values.extend([
            Value::from(after.account_id.0),
            after.consumed_at.0.into(),
            after.fingerprint.to_vec().into(),
            after.occurrence.into(),
        ]);
    }
    let sql = format!(
        "SELECT {VIEW_COLUMNS}, {PAYMENT_COLUMNS} FROM {FROM} WHERE p.month = $1 AND a.customer_id = $2 \
         AND p.account_id IN (SELECT id FROM cloud_account WHERE customer_id = $2) \
         AND p.product_id = $3 AND p.charging_mode = $4 AND p.currency = $5 {behind} ORDER BY {ORDER} LIMIT {READ}"
    );
    query(store.db(), &sql, values).await?.iter().map(read_view).collect()
}

/// A payment, if the scope sees its customer. Payments of nobody's accounts are the vendor's alone.
pub async fn payment(store: &Store, scope: Scope, id: &PaymentRef) -> Result<Option<PaymentExplanation>> {
    let (visible, values) = scope.customers("a.customer_id", 6);
    let sql = format!(
        "SELECT {VIEW_COLUMNS}, {PAYMENT_COLUMNS} FROM {FROM} WHERE p.month = $1 AND p.account_id = $2 \
         AND p.consumed_at = $3 AND p.fingerprint = $4 AND p.occurrence = $5 AND {visible}"
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
    let mut history = History::default();
    history.refresh(store.db()).await?;
    let posting = Posting::load(store.db()).await?;
    let explanation =
        explain(store, &mut history, &posting, &mut Places::default(), read_view(&row)?).await?;
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
    limit: u64,
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
    let sql = format!(
        "SELECT {VIEW_COLUMNS}, {PAYMENT_COLUMNS} FROM {FROM} WHERE p.month = $1 \
         AND p.account_id IN (SELECT id FROM cloud_account WHERE customer_id = $2) {behind} ORDER BY {ORDER} LIMIT {limit}"
    );
    query(store.db(), &sql, values).await?.iter().map(read_view).collect()
}

async fn explain(
    store: &Store,
    history: &mut History,
    posting: &Posting,
    places: &mut Places,
    payment: PaymentView,
) -> Result<PaymentExplanation> {
    let account = payment.reference.account_id;
    history.load_accounts(store.db(), std::iter::once(account)).await?;
    let Some(customer) = history.customer_of(account) else {
        return Ok(PaymentExplanation {
            payment,
            owner: None,
            allotments: Vec::new(),
            reasons: Vec::new(),
            unmatched: true,
            pending: false,
        });
    };
    let (origin, counted) = (payment.reference.month, &payment.counted);
    let owner = history.owner_at(&customer, counted.consumed_at);
    let rules = Rules {
        internal: customer.internal,
        policy: history.policy(counted.product_id, origin),
        cash_coupon_counts: history.cash_coupon_counts(origin),
    };
    let reasons = every_reason(&counted.payment(), owner.as_ref(), &rules);
    let allotted = classify(&counted.payment(), owner.as_ref(), &rules)
        .ok_or_else(|| Error::Invariant("the parts of a payment do not fit".into()))?;
    let mut allotments = Vec::with_capacity(allotted.len());
    for (reason, amount) in allotted {
        let key = LineKey::new(
            origin,
            owner.as_ref(),
            counted.product_id,
            counted.charging_mode,
            counted.currency,
            reason,
        );
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

/// Where lines are posted, read once.
#[derive(Debug, Default)]
struct Places {
    cut_offs: FxHashMap<Month, Option<Timestamp>>,
    months: FxHashMap<(CustomerId, LineKey), Vec<Month>>,
}

impl Places {
    /// The month whose line holds a payment of `key` that was taken in at `imported_at`: its own month if it
    /// came before the final run's cut-off and the line is there, else the first later month with the line.
    async fn of(
        &mut self,
        store: &Store,
        customer: CustomerId,
        key: &LineKey,
        imported_at: Timestamp,
    ) -> Result<Option<Month>> {
        let origin = key.origin_month;
        if let Entry::Vacant(vacant) = self.cut_offs.entry(origin) {
            let sql = "SELECT MAX(cut_off) FROM settlement_run WHERE month = $1 AND kind = 'FINAL'";
            let row = query_one(store.db(), sql, [origin.0.into()]).await?;
            let cut_off = row.map(|row| row.try_get_by_index::<Option<i64>>(0)).transpose()?.flatten();
            vacant.insert(cut_off.map(Timestamp));
        }
        if let Entry::Vacant(vacant) = self.months.entry((customer, *key)) {
            vacant.insert(posted_in(store, customer, key).await?);
        }
        let late = self.cut_offs.get(&origin).copied().flatten().is_some_and(|cut_off| imported_at > cut_off);
        let months = self.months.get(&(customer, *key)).map(Vec::as_slice).unwrap_or_default();
        Ok(months.iter().copied().find(|month| !late || *month > origin))
    }
}

/// The months in which a line of this key is posted, oldest first.
async fn posted_in(store: &Store, customer: CustomerId, key: &LineKey) -> Result<Vec<Month>> {
    let sql = format!(
        "SELECT month, {KEY_COLUMNS} FROM performance_line WHERE customer_id = $1 AND origin_month = $2 ORDER BY month"
    );
    let mut months = Vec::new();
    for row in query(store.db(), &sql, [customer.0.into(), key.origin_month.0.into()]).await? {
        if LineKey::read(&row, 1)? == *key {
            months.push(Month(row.try_get_by_index(0)?));
        }
    }
    Ok(months)
}
