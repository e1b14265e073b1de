//! Lines down to their payments.

use entity::{Columns as _, CustomerId, Month, ProductId, RowReader};
use sea_orm::Value;

use super::credit_sql::credited;
use super::explain::LineExplanation;
use super::explain_payments::allot;
use super::history::History;
use super::places::Places;
use super::refs::PaymentRef;
use super::view::{PaymentView, page_of_customer};
use crate::kernel::error::Result;
use crate::kernel::store::{Store, query};

/// Most payments read to fill one page: a line may be thin among many payments of its customer.
const READ_AT_MOST: usize = 20_000;
/// Payments of a line read at once.
const READ: usize = 1_000;
/// Payments read in one statement, those of all its lines: some megabytes.
const ROWS_AT_ONCE: usize = 10_000;
/// Lines whose payments one statement reads: SQLite puts at most 500 queries together, and plans each.
const LINES_AT_ONCE: usize = 100;

/// The payments that stand in a line, by what is known now of who had the customer, behind `after`, at most
/// `limit`. A payment that came after its month was final stands in the correction line, not in the final one.
pub async fn line_payments(
    store: &Store,
    line: &LineExplanation,
    after: Option<&PaymentRef>,
    limit: usize,
) -> Result<Vec<PaymentView>> {
    Ok(payments_of_lines(store, std::slice::from_ref(line), after, limit).await?.pop().unwrap_or_default())
}

/// The same for many lines, in the statements that the longest walk needs: each reads the next payments of all lines
/// that are not full yet.
pub async fn payments_of_lines(
    store: &Store,
    lines: &[LineExplanation],
    after: Option<&PaymentRef>,
    limit: usize,
) -> Result<Vec<Vec<PaymentView>>> {
    let facts = Facts::load(store, lines).await?;
    let begin = |line| Walk { line, found: Vec::new(), read: 0, last: after.copied(), done: limit == 0 };
    let mut walks: Vec<Walk<'_>> = lines.iter().map(begin).collect();
    // Most lines hold most of what their customer paid for the product: a page and a half is enough for one.
    let mut ask = (limit * 2).clamp(1, READ);
    loop {
        let mut open: Vec<&mut Walk<'_>> = walks.iter_mut().filter(|walk| !walk.done).collect();
        if open.is_empty() {
            break;
        }
        for walks in open.chunks_mut((ROWS_AT_ONCE / ask).clamp(1, LINES_AT_ONCE)) {
            let pages = read_pages(store, walks, ask).await?;
            for (walk, page) in walks.iter_mut().zip(pages) {
                walk.take(&facts, page, ask, limit)?;
            }
        }
        ask = READ;
    }
    Ok(walks.into_iter().map(|walk| walk.found).collect())
}

/// What decides which payments stand in which lines.
struct Facts {
    history: History,
    places: Places,
}

impl Facts {
    async fn load(store: &Store, lines: &[LineExplanation]) -> Result<Self> {
        let of = |line: &LineExplanation| -> (CustomerId, Month, ProductId) {
            (line.line.customer_id, line.line.key.origin_month, line.line.key.product_id)
        };
        let rules = lines.iter().map(|line| {
            let (_, month, product) = of(line);
            ((product, month), line.rules)
        });
        let customers = lines.iter().map(|line| line.line.customer_id).collect();
        let history = History::of_customers(store.db(), customers, &rules.collect()).await?;
        Ok(Self { history, places: Places::load(store, lines.iter().map(of).collect()).await? })
    }

    /// Whether some of `payment` stands in `line`.
    fn stands_in(&self, payment: &PaymentView, line: &LineExplanation) -> Result<bool> {
        let line = &line.line;
        let Some(customer) = self.history.customer(line.customer_id) else { return Ok(false) };
        let (_, allotted) = allot(&self.history, &customer, payment)?;
        if !allotted.iter().any(|(key, _)| *key == line.key) {
            return Ok(false);
        }
        let place = self.places.of(customer.id, &line.key, payment.imported_at);
        Ok(place.unwrap_or(line.key.origin_month) == line.month)
    }
}

/// The way through a customer's payments for those of one line.
struct Walk<'a> {
    line: &'a LineExplanation,
    found: Vec<PaymentView>,
    /// Payments read so far.
    read: usize,
    /// The last of them.
    last: Option<PaymentRef>,
    done: bool,
}

impl Walk<'_> {
    /// Takes the payments of a page that stand in the line; fewer than were asked for are the last ones.
    fn take(&mut self, facts: &Facts, page: Vec<PaymentView>, asked: usize, limit: usize) -> Result<()> {
        self.read += page.len();
        self.last = page.last().map(|payment| payment.reference).or(self.last);
        let last = page.len() < asked;
        for payment in page {
            if self.found.len() < limit && facts.stands_in(&payment, self.line)? {
                self.found.push(payment);
            }
        }
        self.done = last || self.found.len() >= limit || self.read >= READ_AT_MOST;
        Ok(())
    }

    /// The statement that reads the next `limit` payments of the line's customer, product, charging and currency; its
    /// values are added to `values`.
    fn statement(&self, store: &Store, values: &mut Vec<Value>, limit: usize) -> String {
        let (line, n) = (&self.line.line, values.len());
        values.extend([
            Value::from(line.key.origin_month.0),
            line.customer_id.0.into(),
            line.key.product_id.0.into(),
            line.key.charging_mode.code().into(),
            line.key.currency.into(),
        ]);
        let mut condition = format!(
            "p.month = ${} AND p.product_id = ${} AND p.charging_mode = ${} AND p.currency = ${}",
            n + 1,
            n + 3,
            n + 4,
            n + 5
        );
        if let Some(last) = &self.last {
            condition += &format!(
                " AND (p.account_id, p.consumed_at, p.fingerprint, p.occurrence) > (${}, ${}, ${}, ${})",
                n + 6,
                n + 7,
                n + 8,
                n + 9
            );
            values.extend([
                Value::from(last.account_id.0),
                last.consumed_at.0.into(),
                last.fingerprint.to_vec().into(),
                last.occurrence.into(),
            ]);
        }
        page_of_customer(store.backend(), &format!("${}", n + 2), &condition, limit)
    }
}

/// The next payments of each walk, in the order of their key.
async fn read_pages(store: &Store, walks: &[&mut Walk<'_>], limit: usize) -> Result<Vec<Vec<PaymentView>>> {
    let mut values = Vec::new();
    let part = |(number, walk): (usize, &&mut Walk<'_>)| {
        format!("SELECT {number}, q.* FROM ({}) q", walk.statement(store, &mut values, limit))
    };
    let sql = walks.iter().enumerate().map(part).collect::<Vec<_>>().join(" UNION ALL ");
    let mut pages: Vec<Vec<PaymentView>> = walks.iter().map(|_| Vec::new()).collect();
    for row in query(store.db(), &sql, values).await? {
        let mut row = RowReader::of(&row);
        let number: i32 = row.take()?;
        if let Some(page) = usize::try_from(number).ok().and_then(|number| pages.get_mut(number)) {
            page.push(PaymentView::read(&mut row)?);
        }
    }
    let all: Vec<PaymentView> = pages.iter().flatten().cloned().collect();
    let credited = credited(store.db(), &all).await?;
    // A union keeps no order.
    for page in &mut pages {
        page.sort_unstable_by_key(|payment| payment.reference);
        for payment in page {
            let touched = credited.get(&(payment.import_id, payment.line_no));
            payment.counted.credited = touched.copied().unwrap_or(0);
        }
    }
    Ok(pages)
}
