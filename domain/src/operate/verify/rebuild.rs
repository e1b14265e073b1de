//! The full rebuild: every line computed anew from the payments and compared with the kept one.

use entity::{CloudAccountId, CustomerId, Month};

use super::Check;
use super::gather::Payments;
use super::work::{Books, Work};
use crate::kernel::error::Result;
use crate::kernel::store::{placeholders, query};
use crate::performance::rebuild::{Pair, rebuild};

/// Customers looked at once where something differs.
const LOOK: usize = 500;

/// For every customer: lines of the month of origin, wherever posted = what its payments amount to now. The
/// fingerprint of both says whether anything differs; then the customers it may be are computed line by line.
pub(super) async fn lines_are_what_payments_amount_to(
    work: &mut Work,
    month: Month,
    payments: &Payments,
    books: &Books,
) -> Result<Check> {
    let lines = books.lines.get(&month).copied().unwrap_or(0);
    let differs = payments.balance.differs(month);
    let found = if differs { "at least 1 differs" } else { "0 differ" };
    let mut check = Check::equal("lines = full rebuild from payments", format!("{lines} lines"), found);
    check.holds = !differs;
    let example = if differs { first_difference(work, month, payments).await? } else { None };
    Ok(check.of(month, None).example(example))
}

/// Names the first line that differs, of the customers whose bucket differs.
async fn first_difference(work: &mut Work, month: Month, payments: &Payments) -> Result<Option<String>> {
    // A line may belong to a customer that does not exist.
    let sql = "SELECT id FROM customer UNION SELECT customer_id FROM performance_line WHERE origin_month = $1 ORDER BY 1";
    let mut suspects = Vec::new();
    for row in query(work.tx(), sql, [month.0.into()]).await? {
        let customer = CustomerId(row.try_get_by_index(0)?);
        if payments.balance.differs_for(month, customer) && !work.waits(customer, month) {
            suspects.push(customer);
        }
    }
    for customers in suspects.chunks(LOOK) {
        let accounts = accounts_of(work, customers).await?;
        let (history, customers) = (work.history(), customers.to_vec());
        let pairs =
            work.with_reader(move |reader| rebuild(reader, &history, month, &customers, &accounts)).await?;
        let differing = pairs.iter().filter(|(_, pair)| pair.truth != pair.kept);
        if let Some(((customer, key), pair)) = differing.min_by_key(|(at, _)| **at) {
            return Ok(Some(format!(
                "{customer}, {}, {}, {}: {}",
                key.partner_id,
                key.product_id,
                key.reason.name(),
                both(pair)
            )));
        }
    }
    Ok(None)
}

async fn accounts_of(work: &Work, customers: &[CustomerId]) -> Result<Vec<CloudAccountId>> {
    let list = placeholders(1, customers.len());
    let sql = format!("SELECT id FROM cloud_account WHERE customer_id IN {list} ORDER BY id");
    let rows = query(work.tx(), &sql, customers.iter().map(|c| c.0.into())).await?;
    rows.iter().map(|row| Ok(CloudAccountId(row.try_get_by_index(0)?))).collect()
}

fn both(pair: &Pair) -> String {
    let show = |sum: crate::performance::line::LineSum| {
        if sum == crate::performance::line::LineSum::default() {
            return "none".to_owned();
        }
        format!("{} in {} payments", super::money(sum.amount), sum.payments)
    };
    format!("payments say {}, lines say {}", show(pair.truth), show(pair.kept))
}
