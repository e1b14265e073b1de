//! What the customers of opportunities really consumed and paid, by month, next to what was expected.

use std::collections::BTreeMap;

use entity::{Currency, Day, Month, OpportunityId, opportunity};
use sea_orm::Value;

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::{Store, placeholders_behind, query};
use crate::money::opportunity_incentive::basis::{self, PAID};
use crate::opportunity::state::machine::has_passed;
use crate::programme::calendar::Calendar;
use crate::reading;

/// Months over which what was expected is spread, from the month of expected delivery, else of signing.
pub const EXPECTED_MONTHS: i32 = 12;
/// Most months that are shown, from the month in which it passed: three years.
pub const SHOWN_MONTHS: i32 = 36;

/// A month of an opportunity, in one currency; micros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthOf {
    /// The opportunity.
    pub opportunity_id: OpportunityId,
    /// The month.
    pub month: Month,
    /// The currency.
    pub currency: Currency,
    /// What was expected of the month.
    pub expected: i64,
    /// What the customer consumed, list price less discounts.
    pub consumed: i64,
    /// What it paid of that in cash.
    pub paid: i64,
}

/// What is expected of each month: equal parts, of no more decimals than the currency has, that come to the whole. PURE.
#[must_use]
pub fn expected(opportunity: &opportunity::Model) -> Vec<(Month, i64)> {
    let day = opportunity.expected_delivery_on.or(opportunity.expected_sign_on);
    let (Some(amount), Some(day)) = (opportunity.expected_amount, day) else { return vec![] };
    let step = i128::from(10_i64.pow(6 - opportunity.currency.minor_digits().min(6)));
    let until = |months: i32| match months {
        EXPECTED_MONTHS => i128::from(amount),
        _ => i128::from(amount) * i128::from(months) / i128::from(EXPECTED_MONTHS) / step * step,
    };
    let first = Month(day.0 / 100);
    let part = |n: i32| i64::try_from(until(n + 1) - until(n)).unwrap_or(0);
    (0..EXPECTED_MONTHS).map(|n| (first.plus(n), part(n))).collect()
}

/// The months of the opportunities a caller sees, in one statement; those of which nothing is expected and nothing is known
/// have none. A partner sees what was consumed while the customer was its own.
pub async fn by_month(store: &Store, scope: Scope, ids: &[OpportunityId]) -> Result<Vec<MonthOf>> {
    let calendar = Calendar::load(store.db()).await?;
    let ids = ids.iter().map(|id| id.0.into()).collect();
    let opportunities = reading::opportunity::rows::list(scope).by_ids(store, "opportunity.id", ids).await?;
    let passed: Vec<_> = opportunities.iter().filter(|row| has_passed(row.state)).collect();
    let since =
        |row: &opportunity::Model| row.passed_at.map(|at| Month(Day::of(calendar.day_of(at)).0 / 100));
    let own = if let Scope::Partner(id, _) = scope { Some(id) } else { None };
    let mut found = Months::new();
    for row in &passed {
        for (month, amount) in expected(row) {
            month_of(&mut found, row.id, month, row.currency).expected = amount;
        }
    }
    let mut all: Vec<Month> = passed
        .iter()
        .filter_map(|row| since(row))
        .flat_map(|first| basis::months(first, SHOWN_MONTHS))
        .collect();
    all.sort_unstable();
    all.dedup();
    if !all.is_empty() {
        let sql = format!(
            "SELECT oa.opportunity_id, p.month, p.currency, CAST(SUM(p.payable) AS BIGINT), CAST(SUM({PAID}) AS BIGINT) \
             FROM opportunity_account oa JOIN consumption_payment p ON p.account_id = oa.account_id \
             LEFT JOIN invoice i ON i.id = p.invoice_id WHERE oa.opportunity_id IN {} AND p.month IN {}{} \
             GROUP BY oa.opportunity_id, p.month, p.currency",
            placeholders_behind(0, passed.len()),
            placeholders_behind(passed.len(), all.len()),
            own.map_or(String::new(), |_| format!(" AND {}", basis::while_of(passed.len() + all.len() + 1)))
        );
        let ids = passed.iter().map(|row| row.id.0.into());
        let values: Vec<Value> =
            ids.chain(all.iter().map(|month| month.0.into())).chain(own.map(|id| id.0.into())).collect();
        for row in query(store.db(), &sql, values).await? {
            let id = OpportunityId(row.try_get_by_index(0)?);
            let month = Month(row.try_get_by_index(1)?);
            let first = passed.iter().find(|row| row.id == id).and_then(|row| since(row));
            if first.is_none_or(|first| month < first || month >= first.plus(SHOWN_MONTHS)) {
                continue;
            }
            let of = month_of(&mut found, id, month, row.try_get_by_index(2)?);
            (of.consumed, of.paid) = (row.try_get_by_index(3)?, row.try_get_by_index(4)?);
        }
    }
    Ok(found.into_values().collect())
}

type Months = BTreeMap<(OpportunityId, Month, Currency), MonthOf>;

fn month_of(months: &mut Months, id: OpportunityId, month: Month, currency: Currency) -> &mut MonthOf {
    let none = MonthOf { opportunity_id: id, month, currency, expected: 0, consumed: 0, paid: 0 };
    months.entry((id, month, currency)).or_insert(none)
}
