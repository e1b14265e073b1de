//! Recomputation of one customer's month from its payments: after an association, account, invoice or
//! internal flag changed, and for the audit. What closed months say stays; the difference is posted in the
//! open month.

use entity::{
    ChargeCategory, ChargingMode, CloudAccountId, Currency, CustomerId, Month, ProductId, Timestamp,
};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, Value};

use super::classify::{Parts, Payment, Rules, classify};
use super::history::{CustomerHistory, History};
use super::line::{Deltas, KEY_COLUMNS, LineKey, LineSum, apply};
use crate::error::{Error, Result};
use crate::settlement::month::Posting;
use crate::store::{Store, Tx, exec, query};

/// Payments read at once while recomputing.
const PAGE: u64 = 5_000;
/// Dirty customers recomputed in one transaction.
const BATCH: u64 = 50;

/// The lines of one customer and origin month.
pub type Lines = FxHashMap<LineKey, LineSum>;

/// The columns that [`read_payment`] reads, in order.
pub const PAYMENT_COLUMNS: &str = "p.consumed_at, p.fingerprint, p.occurrence, p.category, p.settled, \
    i.paid_at IS NOT NULL, p.marketplace, p.cash, p.credit, p.voucher, p.cash_coupon, p.stored_value_card, p.bonus, \
    p.debt, p.write_off, p.product_id, p.charging_mode, p.currency";

/// A payment as far as counting needs it, with its place in the order of the account.
#[derive(Clone, Debug)]
pub struct Counted {
    /// When it was consumed.
    pub consumed_at: Timestamp,
    /// Identity of the row's content.
    pub fingerprint: Vec<u8>,
    /// Number among equal rows.
    pub occurrence: i32,
    category: ChargeCategory,
    settled: bool,
    invoice_paid: bool,
    marketplace: Option<String>,
    parts: Parts,
    /// The product.
    pub product_id: ProductId,
    /// How it was charged.
    pub charging_mode: ChargingMode,
    /// The currency.
    pub currency: Currency,
}

impl Counted {
    /// As the rules see it.
    #[must_use]
    pub fn payment(&self) -> Payment<'_> {
        Payment {
            consumed_at: self.consumed_at,
            category: self.category,
            settled: self.settled,
            invoice_paid: self.invoice_paid,
            marketplace: self.marketplace.as_deref(),
            parts: self.parts,
        }
    }
}

/// Reads a row that selected [`PAYMENT_COLUMNS`] beginning at column `first`.
pub fn read_payment(row: &sea_orm::QueryResult, first: usize) -> Result<Counted> {
    let at = |n: usize| first + n;
    let category: i16 = row.try_get_by_index(at(3))?;
    let charging: i16 = row.try_get_by_index(at(16))?;
    Ok(Counted {
        consumed_at: Timestamp(row.try_get_by_index(at(0))?),
        fingerprint: row.try_get_by_index(at(1))?,
        occurrence: row.try_get_by_index(at(2))?,
        category: ChargeCategory::from_code(category)
            .ok_or_else(|| Error::Invariant(format!("charge category {category}")))?,
        settled: row.try_get_by_index(at(4))?,
        invoice_paid: row.try_get_by_index(at(5))?,
        marketplace: row.try_get_by_index(at(6))?,
        parts: Parts {
            cash: row.try_get_by_index(at(7))?,
            credit: row.try_get_by_index(at(8))?,
            voucher: row.try_get_by_index(at(9))?,
            cash_coupon: row.try_get_by_index(at(10))?,
            stored_value_card: row.try_get_by_index(at(11))?,
            bonus: row.try_get_by_index(at(12))?,
            debt: row.try_get_by_index(at(13))?,
            write_off: row.try_get_by_index(at(14))?,
        },
        product_id: ProductId(row.try_get_by_index(at(15))?),
        charging_mode: ChargingMode::from_code(charging)
            .ok_or_else(|| Error::Invariant(format!("charging mode {charging}")))?,
        currency: row.try_get_by_index(at(17))?,
    })
}

/// The lines that `customer`'s payments of `origin` amount to, by what is known now.
pub async fn truth<C: ConnectionTrait>(
    connection: &C,
    history: &History,
    customer: &CustomerHistory,
    origin: Month,
) -> Result<Lines> {
    let mut lines = Lines::default();
    let sql = "SELECT id FROM cloud_account WHERE customer_id = $1 ORDER BY id";
    for row in query(connection, sql, [customer.id.0.into()]).await? {
        let account = CloudAccountId(row.try_get_by_index(0)?);
        let mut after: Option<Counted> = None;
        loop {
            let page = payments_after(connection, origin, account, after.as_ref()).await?;
            for payment in &page {
                count(history, customer, origin, payment, &mut lines)?;
            }
            if (page.len() as u64) < PAGE {
                break;
            }
            after = page.into_iter().next_back();
        }
    }
    Ok(lines)
}

async fn payments_after<C: ConnectionTrait>(
    connection: &C,
    origin: Month,
    account: CloudAccountId,
    after: Option<&Counted>,
) -> Result<Vec<Counted>> {
    let mut values: Vec<Value> = vec![origin.0.into(), account.0.into()];
    let mut condition = "";
    if let Some(after) = after {
        condition = "AND (p.consumed_at, p.fingerprint, p.occurrence) > ($3, $4, $5)";
        values.extend([
            after.consumed_at.0.into(),
            after.fingerprint.clone().into(),
            after.occurrence.into(),
        ]);
    }
    let sql = format!(
        "SELECT {PAYMENT_COLUMNS} FROM consumption_payment p LEFT JOIN invoice i ON i.id = p.invoice_id \
         WHERE p.month = $1 AND p.account_id = $2 {condition} \
         ORDER BY p.consumed_at, p.fingerprint, p.occurrence LIMIT {PAGE}"
    );
    query(connection, &sql, values).await?.iter().map(|row| read_payment(row, 0)).collect()
}

fn count(
    history: &History,
    customer: &CustomerHistory,
    origin: Month,
    payment: &Counted,
    lines: &mut Lines,
) -> Result<()> {
    let owner = history.owner_at(customer, payment.consumed_at);
    let rules = Rules {
        internal: customer.internal,
        policy: history.policy(payment.product_id, origin),
        cash_coupon_counts: history.cash_coupon_counts(origin),
    };
    let allotted = classify(&payment.payment(), owner.as_ref(), &rules)
        .ok_or_else(|| Error::Invariant("the parts of a payment do not fit".into()))?;
    for (reason, amount) in allotted {
        let key = LineKey::new(
            origin,
            owner.as_ref(),
            payment.product_id,
            payment.charging_mode,
            payment.currency,
            reason,
        );
        lines.entry(key).or_default().add(amount, 1)?;
    }
    Ok(())
}

/// The lines of `customer` and `origin` in the given posting months, summed by key.
pub async fn posted<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
    origin: Month,
    months: impl Iterator<Item = Month>,
) -> Result<Lines> {
    let mut lines = Lines::default();
    // The plus keeps SQLite, which guesses without statistics, from reading the whole month for one customer.
    let sql = format!(
        "SELECT {KEY_COLUMNS}, amount, payments FROM performance_line \
         WHERE +month = $1 AND customer_id = $2 AND origin_month = $3"
    );
    for month in months.filter(|month| *month >= origin) {
        let values = [month.0.into(), customer.0.into(), origin.0.into()];
        for row in query(connection, &sql, values).await? {
            let key = LineKey::read(&row, 0)?;
            lines.entry(key).or_default().add(row.try_get_by_index(8)?, row.try_get_by_index(9)?)?;
        }
    }
    Ok(lines)
}

/// Makes the lines of `customer` and `origin` true again. Needs the exclusive history lock.
async fn recompute(
    tx: &Tx,
    history: &mut History,
    posting: &mut Posting,
    id: CustomerId,
    origin: Month,
) -> Result<()> {
    history.load_customers(tx.orm(), std::iter::once(id)).await?;
    let customer =
        history.customer(id).ok_or_else(|| Error::Invariant(format!("dirty customer {id} vanished")))?;
    let month = posting.resolve(tx.orm(), origin).await?;
    let mut open = truth(tx.orm(), history, &customer, origin).await?;
    for (key, frozen) in posted(tx.orm(), id, origin, posting.closed()).await? {
        open.entry(key).or_default().add(-frozen.amount, -frozen.payments)?;
    }
    exec(
        tx.orm(),
        "DELETE FROM performance_line WHERE month = $1 AND customer_id = $2 AND origin_month = $3",
        [month.0.into(), id.0.into(), origin.0.into()],
    )
    .await?;
    let deltas: Deltas = open
        .into_iter()
        .filter(|(_, sum)| *sum != LineSum::default())
        .map(|(key, sum)| ((month, id, key), sum))
        .collect();
    apply(tx.orm(), deltas).await?;
    exec(
        tx.orm(),
        "DELETE FROM dirty_customer WHERE customer_id = $1 AND month = $2",
        [id.0.into(), origin.0.into()],
    )
    .await?;
    Ok(())
}

/// Recomputes some dirty customers in one transaction. Returns how many; 0 means that none is left.
pub async fn recompute_some(store: &Store) -> Result<usize> {
    let tx = store.begin().await?;
    tx.lock_history(true).await?;
    let sql =
        format!("SELECT customer_id, month FROM dirty_customer ORDER BY month, customer_id LIMIT {BATCH}");
    let dirty = query(tx.orm(), &sql, []).await?;
    let mut history = History::default();
    history.refresh(tx.orm()).await?;
    let mut posting = Posting::load(tx.orm()).await?;
    for row in &dirty {
        let (customer, origin) = (CustomerId(row.try_get_by_index(0)?), Month(row.try_get_by_index(1)?));
        recompute(&tx, &mut history, &mut posting, customer, origin).await?;
    }
    crate::crash::point("recompute.batch");
    tx.commit().await?;
    Ok(dirty.len())
}

/// Recomputes until no customer is dirty.
pub async fn recompute_all(store: &Store) -> Result<usize> {
    let mut total = 0;
    loop {
        match recompute_some(store).await? {
            0 => return Ok(total),
            some => total += some,
        }
    }
}

/// Marks every month from `from` on in which `customer` has payments as dirty. A bill may name a cycle
/// later than the consumption, so the months after the change are marked too: recomputing is harmless.
pub async fn mark_dirty<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
    from: Timestamp,
    now: Timestamp,
) -> Result<()> {
    exec(
        connection,
        "INSERT INTO dirty_customer (customer_id, month, marked_at) \
         SELECT a.customer_id, m.month, $3 FROM settlement_month m \
         JOIN cloud_account a ON a.customer_id = $1 WHERE m.ends_at > $2 \
         AND EXISTS (SELECT 1 FROM consumption_payment p WHERE p.month = m.month AND p.account_id = a.id) \
         GROUP BY a.customer_id, m.month \
         ON CONFLICT DO NOTHING",
        [customer.0.into(), from.0.into(), now.0.into()],
    )
    .await?;
    Ok(())
}
