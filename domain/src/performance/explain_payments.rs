//! Payments up to the lines they count in: what explains many of them is read for all of them at once.

use entity::{CustomerId, ImportId, Month, Reason, RowReader};
use rustc_hash::{FxHashMap, FxHashSet};
use sea_orm::{ConnectionTrait, QueryResult, Value};

use super::classify::{Owner, Rules, classify, every_reason};
use super::credit_sql::credited;
use super::history::{CustomerHistory, History, MonthRules};
use super::line::LineKey;
use super::places::Places;
use super::refs::LineRef;
use super::view::PaymentView;
use crate::kernel::error::{Error, Result};
use crate::kernel::scope::Scope;
use crate::kernel::store::{Store, join_from_keys, many_placeholders, query};
use crate::programme::month::Posting;

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

/// Payments explained with one reading: what names them in a statement stays far below the databases' limits.
const AT_ONCE: usize = 500;

/// Explains payments that were read already; none for one that the scope does not see. A partner sees a payment only
/// if it had the customer when it was consumed, or the reseller that had it was its own then; payments of nobody's accounts are the vendor's alone.
pub async fn explain_payments(
    store: &Store,
    scope: Scope,
    payments: &[PaymentView],
) -> Result<Vec<Option<PaymentExplanation>>> {
    let mut found = Vec::with_capacity(payments.len());
    for chunk in payments.chunks(AT_ONCE) {
        let facts = Facts::load(store, chunk).await?;
        for payment in chunk {
            let explanation = facts.explain(payment)?;
            found.push(Some(explanation).filter(|explanation| seen(scope, explanation)));
        }
    }
    Ok(found)
}

/// What explains some payments.
struct Facts {
    posting: Posting,
    history: History,
    places: Places,
    /// Share of credits in payments, by import and line.
    credited: FxHashMap<(ImportId, i64), i64>,
    /// Customers and months of which a change waits to be worked in.
    dirty: FxHashSet<(CustomerId, Month)>,
}

impl Facts {
    async fn load(store: &Store, payments: &[PaymentView]) -> Result<Self> {
        let db = store.db();
        let owned: Vec<(CustomerId, &PaymentView)> =
            payments.iter().filter_map(|payment| Some((payment.customer_id?, payment))).collect();
        let products = owned.iter().map(|(_, p)| (p.counted.product_id, p.reference.month)).collect();
        let rules = MonthRules::load(db, products).await?;
        let history = History::of_customers(db, owned.iter().map(|(id, _)| *id).collect(), &rules).await?;
        let lines = owned.iter().map(|(id, p)| (*id, p.reference.month, p.counted.product_id)).collect();
        let places = Places::load(store, lines).await?;
        let dirty = dirty(db, owned.iter().map(|(id, p)| (*id, p.reference.month)).collect()).await?;
        let posting = Posting::load(db).await?;
        let credited = credited(db, payments).await?;
        Ok(Self { posting, history, places, credited, dirty })
    }

    fn explain(&self, payment: &PaymentView) -> Result<PaymentExplanation> {
        let mut payment = payment.clone();
        payment.counted.credited =
            self.credited.get(&(payment.import_id, payment.line_no)).copied().unwrap_or(0);
        let payment = &payment;
        let origin = payment.reference.month;
        let Some(customer) = payment.customer_id.and_then(|id| self.history.customer(id)) else {
            return Ok(PaymentExplanation {
                payment: payment.clone(),
                owner: None,
                allotments: Vec::new(),
                reasons: Vec::new(),
                unmatched: true,
                pending: false,
            });
        };
        let (owner, allotted) = allot(&self.history, &customer, payment)?;
        let rules = rules(&self.history, &customer, payment);
        let reasons = every_reason(&self.history.told(&payment.counted.payment()), owner.as_ref(), &rules);
        let allotment = |(key, amount): (LineKey, i64)| {
            let place = self.places.of(customer.id, &key, payment.imported_at);
            let month = place.unwrap_or_else(|| self.posting.month_for(origin));
            let line = Some(LineRef { month, customer_id: customer.id, key });
            Allotment { reason: key.reason, amount, line }
        };
        Ok(PaymentExplanation {
            payment: payment.clone(),
            owner,
            allotments: allotted.into_iter().map(allotment).collect(),
            reasons,
            unmatched: false,
            pending: self.dirty.contains(&(customer.id, origin)),
        })
    }
}

/// Whether the caller sees a payment: by whoever had the customer then. PURE.
fn seen(scope: Scope, explanation: &PaymentExplanation) -> bool {
    match scope {
        Scope::All => true,
        Scope::Customer(id) => explanation.payment.customer_id == Some(id),
        Scope::Partner(id, _) => {
            explanation.owner.as_ref().is_some_and(|owner| owner.partner_id == id || owner.bill_to_id == id)
        }
    }
}

/// Those of `asked` of which a change waits to be worked in.
async fn dirty<C: ConnectionTrait>(
    connection: &C,
    mut asked: Vec<(CustomerId, Month)>,
) -> Result<FxHashSet<(CustomerId, Month)>> {
    asked.sort_unstable();
    asked.dedup();
    if asked.is_empty() {
        return Ok(FxHashSet::default());
    }
    let sql = format!(
        "WITH k (customer, month) AS (VALUES {}) SELECT d.customer_id, d.month FROM k \
         {} dirty_customer d ON d.customer_id = k.customer AND d.month = k.month",
        many_placeholders(connection, asked.len(), 2),
        join_from_keys(connection)
    );
    let values = asked.iter().flat_map(|(customer, month)| [customer.0.into(), month.0.into()] as [Value; 2]);
    let rows = query(connection, &sql, values).await?;
    let read = |row: &QueryResult| {
        let mut row = RowReader::of(row);
        Ok((row.take()?, row.take()?))
    };
    rows.iter().map(read).collect()
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
    let allotted =
        classify(&history.told(&counted.payment()), owner.as_ref(), &rules(history, customer, payment))
            .ok_or_else(|| Error::Invariant("the parts of a payment do not fit".into()))?;
    let key = |reason| {
        let (product, charging) = (counted.product_id, counted.charging_mode);
        LineKey::new(origin, owner.as_ref(), product, charging, counted.currency, reason)
    };
    let lines = allotted.into_iter().map(|(reason, amount)| (key(reason), amount)).collect();
    Ok((owner, lines))
}
