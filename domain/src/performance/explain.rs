//! Why a number is what it is: a line down to its payments, a payment up to the lines it counts in.

use entity::{Columns as _, CustomerId, Month};
use sea_orm::Value;

pub use super::explain_payments::{Allotment, PaymentExplanation, explain_payments};
use super::history::MonthRules;
use super::line::LineSum;
use super::refs::{LineRef, PaymentRef};
pub use super::view::PaymentView;
use super::view::{FROM, page_of_customer};
use crate::kernel::error::{Error, Result};
use crate::kernel::scope::Scope;
use crate::kernel::store::{Store, query, query_one};

/// A line with what made it.
#[derive(Clone, Debug)]
pub struct LineExplanation {
    /// The line.
    pub line: LineRef,
    /// What it says.
    pub sum: LineSum,
    /// What the programme says about its product in the month of origin.
    pub rules: MonthRules,
    /// `true` if the line corrects a closed month.
    pub correction: bool,
}

/// What made lines, which were read already with what they say.
pub async fn rules_of_lines(store: &Store, lines: &[(LineRef, LineSum)]) -> Result<Vec<LineExplanation>> {
    let of = |line: &LineRef| (line.key.product_id, line.key.origin_month);
    let rules = MonthRules::load(store.db(), lines.iter().map(|(line, _)| of(line)).collect()).await?;
    let explanation = |(line, sum): &(LineRef, LineSum)| {
        let found = rules.get(&of(line)).copied();
        let rules = found.ok_or_else(|| Error::Invariant("the programme's row is missing".into()))?;
        Ok(LineExplanation { line: *line, sum: *sum, rules, correction: line.month != line.key.origin_month })
    };
    lines.iter().map(explanation).collect()
}

/// What made a line, which was read already with what it says.
pub async fn rules_of(store: &Store, line: &LineRef, sum: LineSum) -> Result<LineExplanation> {
    let found = rules_of_lines(store, &[(*line, sum)]).await?.pop();
    found.ok_or_else(|| Error::Invariant("a line has no explanation".into()))
}

/// A payment, if the scope sees its customer. Payments of nobody's accounts are the vendor's alone.
pub async fn payment(store: &Store, scope: Scope, id: &PaymentRef) -> Result<Option<PaymentExplanation>> {
    let sql = format!(
        "SELECT {} FROM {FROM} WHERE p.month = $1 AND p.account_id = $2 AND p.consumed_at = $3 \
         AND p.fingerprint = $4 AND p.occurrence = $5",
        PaymentView::list()
    );
    let key = [
        Value::from(id.month.0),
        id.account_id.0.into(),
        id.consumed_at.0.into(),
        id.fingerprint.to_vec().into(),
        id.occurrence.into(),
    ];
    let Some(row) = query_one(store.db(), &sql, key).await? else { return Ok(None) };
    Ok(explain_payments(store, scope, &[PaymentView::of(&row)?]).await?.pop().flatten())
}

/// Payments of a customer and month, behind `after`, at most `limit`.
pub async fn payments(
    store: &Store,
    customer: CustomerId,
    month: Month,
    after: Option<&PaymentRef>,
    limit: usize,
) -> Result<Vec<PaymentView>> {
    let mut values: Vec<Value> = vec![month.0.into(), customer.0.into()];
    let mut behind = "";
    if let Some(after) = after {
        behind = "AND (p.account_id, p.consumed_at, p.fingerprint, p.occurrence) > ($3, $4, $5, $6)";
        values.extend([
            Value::from(after.account_id.0),
            after.consumed_at.0.into(),
            after.fingerprint.to_vec().into(),
            after.occurrence.into(),
        ]);
    }
    let sql = page_of_customer(store.backend(), "$2", &format!("p.month = $1 {behind}"), limit);
    let rows = query(store.db(), &sql, values).await?;
    rows.iter().map(|row| Ok(PaymentView::of(row)?)).collect()
}
