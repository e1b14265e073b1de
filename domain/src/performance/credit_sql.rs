//! Payments of accounts with credits, held back until all of an account's month is known, and paid as credits pay them.

use entity::{CloudAccountId, Columns, ImportId, Month, RowReader, Timestamp};
use rustc_hash::{FxHashMap, FxHashSet};
use sea_orm::{ConnectionTrait, Value};

use super::classify::Payment;
use super::credit::{Row, allot};
use super::fact::{Fact, Part};
use super::view::PaymentView;
use crate::kernel::error::Result;
use crate::kernel::store::{exec, join_from_keys, many_placeholders, query};
use crate::kernel::stream::Reader;

/// Accounts and months of one look-up statement.
const LOOKUP: usize = 500;
/// Payments of credits, as the partial index has them; the code is that of the category Credit.
const CREDITS: &str = "consumption_payment p WHERE p.category = 3";

/// Payments of a stream, those of accounts with credits held back.
pub(super) struct Paying {
    with_credits: FxHashSet<(Month, CloudAccountId)>,
    held: FxHashMap<(Month, CloudAccountId), Vec<Held>>,
}

/// A payment that outlives its row.
struct Held {
    fact: Fact<'static>,
    seller: Option<Box<str>>,
}

impl Paying {
    /// Of the accounts that have credits in `month`, or in any.
    pub(super) fn of_month(reader: &mut Reader, month: Option<Month>, part: Part) -> Result<Self> {
        let mut with_credits = FxHashSet::default();
        let of = month.map_or(String::new(), |month| format!(" AND p.month = {}", month.0));
        let sql = format!(
            "SELECT DISTINCT p.month, p.account_id FROM {CREDITS}{of}{}",
            part.condition("p.account_id")
        );
        reader.each(&sql, &[], |row| {
            with_credits.insert((Month(row.int32()?), CloudAccountId(row.int()?)));
            Ok(())
        })?;
        Ok(Self { with_credits, held: FxHashMap::default() })
    }

    /// Gives a payment to `each`, or holds it back.
    pub(super) fn take(
        &mut self,
        fact: &Fact<'_>,
        each: &mut impl FnMut(&Fact<'_>) -> Result<()>,
    ) -> Result<()> {
        let at = (fact.month, fact.account);
        if self.with_credits.is_empty() || !self.with_credits.contains(&at) {
            return each(fact);
        }
        let held = Held { fact: fact.without_texts(), seller: fact.payment.marketplace.map(Into::into) };
        self.held.entry(at).or_default().push(held);
        Ok(())
    }

    /// Gives what was held back to `each`, as it was paid.
    pub(super) fn end(self, mut each: impl FnMut(&Fact<'_>) -> Result<()>) -> Result<()> {
        for held in self.held.into_values() {
            let void = void(held.iter().map(|held| {
                let fact = &held.fact;
                ((fact.payment.consumed_at, fact.charge.0, fact.charge.1), fact.version)
            }));
            let row = |(held, void): (&Held, &bool)| row(&held.fact, *void);
            let rows: Vec<Row> = held.iter().zip(&void).map(row).collect();
            for (held, (allotted, row)) in held.iter().zip(allot(&rows).into_iter().zip(&rows)) {
                let mut payment = Payment { marketplace: held.seller.as_deref(), ..held.fact.payment };
                payment.parts = payment.parts.paid_by_credits(row.category, allotted);
                each(&Fact { payment, ..held.fact })?;
            }
        }
        Ok(())
    }
}

fn row(fact: &Fact<'_>, void: bool) -> Row {
    Row {
        order: (fact.payment.consumed_at, fact.import_id, fact.line_no),
        currency: fact.currency,
        invoice: fact.invoice,
        product: fact.product_id,
        category: fact.payment.category,
        cash: fact.payment.parts.cash,
        voucher: fact.payment.parts.voucher,
        void,
    }
}

/// Says of each payment whether it says nothing any more: all but the newest word on a charge, and that too where it takes back.
fn void(payments: impl Iterator<Item = ((Timestamp, [u8; 16], i32), i32)> + Clone) -> Vec<bool> {
    let mut newest = FxHashMap::default();
    for (charge, version) in payments.clone() {
        let last = newest.entry(charge).or_insert(version);
        *last = version.max(*last);
    }
    payments.map(|(charge, version)| version % 2 == 0 || newest.get(&charge) != Some(&version)).collect()
}

/// Finds the share of credits in each of `payments`, by import and line; payments that no credit touches are not in it.
pub(super) async fn credited<C: ConnectionTrait>(
    connection: &C,
    payments: &[PaymentView],
) -> Result<FxHashMap<(ImportId, i64), i64>> {
    let mut of: Vec<(Month, CloudAccountId)> =
        payments.iter().map(|p| (p.reference.month, p.reference.account_id)).collect();
    of.sort_unstable();
    of.dedup();
    let mut credited = FxHashMap::default();
    for some in of.chunks(LOOKUP) {
        let sql = format!(
            "WITH k (month, account) AS (VALUES {}) SELECT {} FROM k {} consumption_payment p \
             ON p.month = k.month AND p.account_id = k.account WHERE EXISTS (SELECT 1 FROM consumption_payment c \
             WHERE c.category = 3 AND c.month = k.month AND c.account_id = k.account)",
            many_placeholders(connection, some.len(), 2),
            Charge::list(),
            join_from_keys(connection)
        );
        let values =
            some.iter().flat_map(|(month, account)| [month.0.into(), account.0.into()] as [Value; 2]);
        let mut accounts: FxHashMap<(Month, CloudAccountId), Vec<Charge>> = FxHashMap::default();
        for row in query(connection, &sql, values).await? {
            let charge = Charge::read(&mut RowReader::of(&row))?;
            accounts.entry((charge.month, charge.account_id)).or_default().push(charge);
        }
        for charges in accounts.into_values() {
            let void = void(charges.iter().map(Charge::word));
            let rows: Vec<Row> = charges.iter().zip(&void).map(|(charge, void)| charge.row(*void)).collect();
            let touched = allot(&rows).into_iter().zip(&charges).filter(|(allotted, _)| *allotted != 0);
            credited.extend(touched.map(|(allotted, c)| ((c.import_id, c.line_no), allotted)));
        }
    }
    Ok(credited)
}

/// A payment as credits see it.
#[derive(Clone, Debug, Columns)]
#[columns(table = "p")]
struct Charge {
    month: Month,
    account_id: CloudAccountId,
    consumed_at: Timestamp,
    fingerprint: Vec<u8>,
    charge: i32,
    version: i32,
    import_id: ImportId,
    line_no: i64,
    currency: entity::Currency,
    invoice_id: Option<entity::InvoiceId>,
    product_id: entity::ProductId,
    category: entity::ChargeCategory,
    cash: i64,
    voucher: i64,
}

impl Charge {
    fn word(&self) -> ((Timestamp, [u8; 16], i32), i32) {
        let mut print = [0; 16];
        for (byte, stored) in print.iter_mut().zip(&self.fingerprint) {
            *byte = *stored;
        }
        ((self.consumed_at, print, self.charge), self.version)
    }

    fn row(&self, void: bool) -> Row {
        Row {
            order: (self.consumed_at, self.import_id, self.line_no),
            currency: self.currency,
            invoice: self.invoice_id,
            product: self.product_id,
            category: self.category,
            cash: self.cash,
            voucher: self.voucher,
            void,
        }
    }
}

/// The statement that marks the customers of accounts with credits among those from one account and month to another:
/// what credits pay is worked in when all of the account's month is known.
pub(super) fn mark(from: (Month, CloudAccountId), to: (Month, CloudAccountId), now: Timestamp) -> String {
    format!(
        "INSERT INTO dirty_customer (customer_id, month, marked_at) SELECT DISTINCT a.customer_id, p.month, {} \
         FROM consumption_payment p JOIN cloud_account a ON a.id = p.account_id \
         WHERE p.category = 3 AND a.customer_id IS NOT NULL AND (p.month, p.account_id) >= ({}, {}) \
         AND (p.month, p.account_id) <= ({}, {}) ON CONFLICT DO NOTHING",
        now.0, from.0.0, from.1.0, to.0.0, to.1.0
    )
}

/// Marks the customers of accounts with credits that an import touched in `month`, once all of its payments can be
/// seen: whoever of two imports ends last sees what both brought. A mark that is being worked in is waited for.
pub(super) async fn mark_touched<C: ConnectionTrait>(
    connection: &C,
    import: ImportId,
    month: Month,
    now: Timestamp,
) -> Result<()> {
    let sql = "INSERT INTO dirty_customer (customer_id, month, marked_at) SELECT DISTINCT a.customer_id, c.month, $3 \
               FROM (SELECT DISTINCT p.month, p.account_id FROM consumption_payment p \
               WHERE p.category = 3 AND p.month = $2) c JOIN cloud_account a ON a.id = c.account_id \
               WHERE a.customer_id IS NOT NULL AND EXISTS (SELECT 1 FROM consumption_payment q \
               WHERE q.month = c.month AND q.account_id = c.account_id AND q.import_id = $1) \
               ORDER BY 1, 2 ON CONFLICT (customer_id, month) DO UPDATE SET marked_at = excluded.marked_at";
    exec(connection, sql, [import.0.into(), month.0.into(), Value::from(now.0)]).await?;
    Ok(())
}
