//! The full rebuild: every line computed anew from the payments and compared with the kept one.

use entity::{CustomerId, Month};

use super::Check;
use crate::error::{Error, Result};
use crate::performance::history::History;
use crate::performance::line::LineSum;
use crate::performance::recompute::{Lines, posted, truth};
use crate::settlement::month::Posting;
use crate::store::{Store, query};

/// Customers compared at once.
const CUSTOMERS: usize = 500;

/// For every customer: lines of the month of origin, wherever posted = what its payments amount to now.
pub(super) async fn lines_are_what_payments_amount_to(store: &Store, month: Month) -> Result<Check> {
    let mut history = History::default();
    history.refresh(store.db()).await?;
    let posting = Posting::load(store.db()).await?;
    let (mut after, mut lines, mut example) = (-1_i64, 0_usize, None);
    loop {
        let customers = customers(store, after).await?;
        let Some(last) = customers.last() else { break };
        after = last.0;
        history.load_customers(store.db(), customers.iter().copied()).await?;
        for id in &customers {
            let customer =
                history.customer(*id).ok_or_else(|| Error::Invariant(format!("customer {id} vanished")))?;
            let truth = truth(store.db(), &history, &customer, month).await?;
            let mut kept = posted(store.db(), *id, month, posting.months()).await?;
            kept.retain(|_, sum| *sum != LineSum::default());
            lines += kept.len();
            if example.is_none() {
                example = first_difference(*id, &truth, &kept);
            }
        }
    }
    let found = if example.is_some() { "at least 1 differs" } else { "0 differ" };
    let mut check = Check::equal("lines = full rebuild from payments", format!("{lines} lines"), found);
    check.holds = example.is_none();
    Ok(check.of(month, None).example(example))
}

async fn customers(store: &Store, after: i64) -> Result<Vec<CustomerId>> {
    let sql = format!("SELECT id FROM customer WHERE id > $1 ORDER BY id LIMIT {CUSTOMERS}");
    let rows = query(store.db(), &sql, [after.into()]).await?;
    rows.iter().map(|row| Ok(CustomerId(row.try_get_by_index(0)?))).collect()
}

fn first_difference(customer: CustomerId, truth: &Lines, kept: &Lines) -> Option<String> {
    let keys = truth.keys().chain(kept.keys().filter(|key| !truth.contains_key(*key)));
    let mut differing: Vec<_> = keys.filter(|key| truth.get(*key) != kept.get(*key)).collect();
    differing.sort_unstable();
    let key = differing.first()?;
    let show = |lines: &Lines| {
        lines
            .get(*key)
            .map_or("none".to_owned(), |s| format!("{} in {} payments", super::money(s.amount), s.payments))
    };
    Some(format!(
        "{customer}, {}, {}, {}: payments say {}, lines say {}",
        key.partner_id,
        key.product_id,
        key.reason.name(),
        show(truth),
        show(kept)
    ))
}
