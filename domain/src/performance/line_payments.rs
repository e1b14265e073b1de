//! A line down to its payments.

use entity::Columns as _;
use sea_orm::Value;

use super::explain::{LineExplanation, Places, allot};
use super::history::{CustomerHistory, History};
use super::line::LineKey;
use super::refs::{LineRef, PaymentRef};
use super::view::{PaymentView, page_of_customer};
use crate::kernel::error::Result;
use crate::kernel::store::{Store, query};

/// Most payments read to fill one page: a line may be thin among many payments of its customer.
const READ_AT_MOST: usize = 20_000;
/// Payments read at once.
const READ: usize = 1_000;

/// The payments that stand in a line, by what is known now of who had the customer, behind `after`, at most
/// `limit`. A payment that came after its month was final stands in the correction line, not in the final one.
pub async fn line_payments(
    store: &Store,
    LineExplanation { line, rules, .. }: &LineExplanation,
    after: Option<&PaymentRef>,
    limit: usize,
) -> Result<Vec<PaymentView>> {
    let LineKey { origin_month, product_id, .. } = line.key;
    let history = History::of_customer(store.db(), line.customer_id, product_id, origin_month, rules).await?;
    let Some(customer) = history.customer(line.customer_id) else { return Ok(Vec::new()) };
    let mut places = Places::default();
    let (mut found, mut read, mut last) = (Vec::new(), 0, after.copied());
    // Most lines hold most of what their customer paid for the product: a page and a half is enough for one.
    let mut ask = (limit * 2).min(READ);
    while found.len() < limit && read < READ_AT_MOST {
        let page = of_customer(store, line, last.as_ref(), ask).await?;
        read += page.len();
        let full = page.len() == ask;
        last = page.last().map(|p| p.reference).or(last);
        for payment in page {
            if found.len() < limit
                && stands_in(store, &history, &customer, &mut places, &payment, line).await?
            {
                found.push(payment);
            }
        }
        if !full {
            break;
        }
        ask = READ;
    }
    Ok(found)
}

/// Whether some of `payment` stands in `line`.
async fn stands_in(
    store: &Store,
    history: &History,
    customer: &CustomerHistory,
    places: &mut Places,
    payment: &PaymentView,
    line: &LineRef,
) -> Result<bool> {
    let (_, allotted) = allot(history, customer, payment)?;
    if !allotted.iter().any(|(key, _)| *key == line.key) {
        return Ok(false);
    }
    let place = places.of(store, customer.id, &line.key, payment.imported_at).await?;
    Ok(place.unwrap_or(line.key.origin_month) == line.month)
}

async fn of_customer(
    store: &Store,
    line: &LineRef,
    after: Option<&PaymentRef>,
    limit: usize,
) -> Result<Vec<PaymentView>> {
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
    let condition =
        format!("p.month = $1 AND p.product_id = $3 AND p.charging_mode = $4 AND p.currency = $5 {behind}");
    let sql = page_of_customer(store.backend(), &condition, limit);
    let rows = query(store.db(), &sql, values).await?;
    rows.iter().map(|row| Ok(PaymentView::of(row)?)).collect()
}
