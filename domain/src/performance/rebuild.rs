//! The lines of some customers computed from their payments, beside those that are kept.

use entity::{CloudAccountId, CustomerId, Month};
use rustc_hash::FxHashMap;

use super::fact::judge;
use super::fact_stream;
use super::history::History;
use super::line::{LineKey, LineSum};
use super::line_stream::lines_of_customers;
use crate::kernel::error::Result;
use crate::kernel::stream::Reader;

/// A line as the payments say, and as it is kept in whatever months it was posted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// What payments amount to.
    pub truth: LineSum,
    /// What stands in the books.
    pub kept: LineSum,
}

impl Pair {
    /// What has to be added to the books; none if nothing.
    pub fn missing(&self) -> Result<Option<LineSum>> {
        let mut missing = self.truth;
        missing.take(self.kept)?;
        Ok((missing != LineSum::default()).then_some(missing))
    }
}

/// Lines of customers.
pub type Pairs = FxHashMap<(CustomerId, LineKey), Pair>;

/// The lines of `customers`, which `history` has to know, and their `accounts` for a month of origin.
pub fn rebuild(
    reader: &mut Reader,
    history: &History,
    origin: Month,
    customers: &[CustomerId],
    accounts: &[CloudAccountId],
) -> Result<Pairs> {
    let mut pairs = Pairs::default();
    fact_stream::of_accounts(reader, origin, accounts, |fact| {
        let Some(customer) = history.customer_of(fact.account) else { return Ok(()) };
        let (owner, split) = judge(history, &customer, fact)?;
        for (reason, amount) in split {
            let key = LineKey::new(
                origin,
                owner.as_ref(),
                fact.product_id,
                fact.charging_mode,
                fact.currency,
                reason,
            );
            pairs.entry((customer.id, key)).or_default().truth.add(amount, fact.count)?;
        }
        Ok(())
    })?;
    lines_of_customers(reader, origin, customers, |line| {
        let pair = pairs.entry((line.customer_id, line.key)).or_default();
        pair.kept.add(line.sum.amount, line.sum.payments)
    })?;
    Ok(pairs)
}
