//! Opportunities added up for a dashboard, in one statement.

use entity::{Currency, Month, OpportunityKind, OpportunityStage, OpportunityState, RowReader};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;
use crate::reading::opportunity::rows::visible;

/// Opportunities of one kind, state, stage, month of signing and currency, added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PipelineSum {
    /// Who shares them.
    pub kind: OpportunityKind,
    /// Where they stand.
    pub state: OpportunityState,
    /// How far the sales are; none where no progress was told.
    pub stage: Option<OpportunityStage>,
    /// When they are expected to be signed; none where nobody said.
    pub sign_month: Option<Month>,
    /// The currency.
    pub currency: Currency,
    /// How many.
    pub count: i64,
    /// Their expected revenue, in micros; what has none adds nothing.
    pub expected: i64,
    /// The same, each by how likely it is won: what has no probability yet adds nothing. In micros, rounded once, half
    /// up.
    pub weighted: i64,
}

/// Parts of SQL: the group of a row, and what is added up. Amounts times percents do not fit a row's integer: hundreds
/// and the rest are added up by themselves.
const GROUP: &str = "kind, state, stage, expected_sign_on / 100, currency";
const COLUMNS: &str = "kind, state, stage, expected_sign_on / 100, currency, COUNT(*), \
    CAST(COALESCE(SUM(expected_amount), 0) AS BIGINT), \
    CAST(COALESCE(SUM(expected_amount / 100 * win_percent), 0) AS BIGINT), \
    CAST(COALESCE(SUM(expected_amount % 100 * win_percent), 0) AS BIGINT)";

/// The opportunities a caller sees that `filter` lets through, added up.
pub async fn sums(store: &Store, scope: Scope, filter: Predicate) -> Result<Vec<PipelineSum>> {
    let list = Listing::new(COLUMNS, "opportunity", visible(scope), read);
    list.grouped_by(GROUP.into()).all(store, filter.seen_by(scope), GROUP).await
}

fn read(row: &mut RowReader<'_>) -> Result<PipelineSum> {
    Ok(PipelineSum {
        kind: row.take()?,
        state: row.take()?,
        stage: row.take()?,
        sign_month: row.take()?,
        currency: row.take()?,
        count: row.take()?,
        expected: row.take()?,
        weighted: weighted(row.take()?, row.take()?),
    })
}

/// The weighted sum of `hundreds` of micros and what is `rest` of them, both times percents. PURE.
const fn weighted(hundreds: i64, rest: i64) -> i64 {
    hundreds.saturating_add(rest.saturating_add(50) / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weighted_sum_is_rounded_once_half_up() {
        for (amounts, expected) in [
            (&[(100, 50)][..], 50),
            (&[(1, 50)], 1),
            (&[(1, 49)], 0),
            (&[(1, 50), (1, 50)], 1),
            (&[(199, 33), (1, 33)], 66),
            (&[(i64::MAX, 100)], i64::MAX),
        ] {
            let sum = |part: fn(i64) -> i64| amounts.iter().map(|(a, p)| part(*a) * p).sum();
            assert_eq!(weighted(sum(|a| a / 100), sum(|a| a % 100)), expected, "{amounts:?}");
        }
    }
}
