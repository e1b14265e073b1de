//! What partners find wrong with their bills, and what came of it.

use entity::{BillFeedbackId, Columns, IncentiveBillId, RowReader, bill_feedback, incentive_bill};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::{Store, query};
use crate::money::incentive::feedback::hold::NONE_OPEN;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;
use crate::reading::settlement::bill::{self, Line};

/// The bill that feedback belongs to, also after it was written anew under another key.
const ITS_BILL: &str = "incentive_bill.partner_id = bill_feedback.partner_id AND incentive_bill.month = bill_feedback.month \
    AND incentive_bill.currency = bill_feedback.currency";

/// The feedback a caller sees: a partner its own.
#[must_use]
pub fn list(scope: Scope) -> Listing<bill_feedback::Model> {
    Listing::of("bill_feedback", scope.bills("bill_feedback.partner_id", 1))
}

/// The same with the bill each belongs to, as `incentive_bill`.
#[must_use]
pub fn with_bills(scope: Scope) -> Listing<bill_feedback::Model> {
    const FROM: &str = "bill_feedback JOIN incentive_bill ON incentive_bill.partner_id = bill_feedback.partner_id \
        AND incentive_bill.month = bill_feedback.month AND incentive_bill.currency = bill_feedback.currency";
    Listing::of(FROM, scope.bills("bill_feedback.partner_id", 1))
}

/// The lines by which later bills correct the month that feedback is about, of the same partner and currency.
#[must_use]
pub fn corrections(scope: Scope) -> Listing<Line> {
    const FROM: &str = "bill_feedback JOIN incentive_bill ON incentive_bill.partner_id = bill_feedback.partner_id \
        AND incentive_bill.currency = bill_feedback.currency AND incentive_bill.month > bill_feedback.month \
        JOIN incentive_bill_line ON incentive_bill_line.bill_id = incentive_bill.id \
        AND incentive_bill_line.kind = 'CORRECTION' \
        AND incentive_bill_line.origin_month = COALESCE(bill_feedback.origin_month, bill_feedback.month)";
    let accepted = Predicate::new("bill_feedback.state = 'ACCEPTED'", vec![]);
    bill::lines_from(FROM, scope).only(accepted)
}

/// Those of `bills` that open feedback holds up.
pub async fn held(store: &Store, scope: Scope, bills: &[IncentiveBillId]) -> Result<Vec<IncentiveBillId>> {
    let of = Predicate::key_in("incentive_bill.id", bills.iter().map(|id| id.0.into()).collect());
    let mine = Predicate::from(scope.bills("incentive_bill.partner_id", 1));
    let (condition, values) = mine.and(of).into_sql();
    let sql = format!("SELECT id FROM incentive_bill WHERE {condition} AND NOT {NONE_OPEN}");
    let rows = query(store.db(), &sql, values).await?;
    rows.iter().map(|row| Ok(IncentiveBillId(row.try_get_by_index(0)?))).collect()
}

/// The bills that feedback belongs to, as they are now; none where the performance is gone.
pub async fn bills(
    store: &Store,
    scope: Scope,
    feedback: &[BillFeedbackId],
) -> Result<Vec<(BillFeedbackId, incentive_bill::Model)>> {
    below(store, scope, feedback, [ITS_BILL, "incentive_bill.id"]).await
}

/// The lines that feedback is about, as they are now; none where the whole bill is meant, or the line is gone.
pub async fn lines(
    store: &Store,
    scope: Scope,
    feedback: &[BillFeedbackId],
) -> Result<Vec<(BillFeedbackId, Line)>> {
    let on = format!(
        "{ITS_BILL} JOIN incentive_bill_line ON incentive_bill_line.bill_id = incentive_bill.id \
         AND incentive_bill_line.kind = bill_feedback.line_kind \
         AND incentive_bill_line.origin_month = bill_feedback.origin_month \
         AND incentive_bill_line.partner_id = bill_feedback.line_partner_id \
         AND COALESCE(incentive_bill_line.mode, 0) = COALESCE(bill_feedback.mode, 0) \
         AND COALESCE(incentive_bill_line.product_class, '') = COALESCE(bill_feedback.product_class, '')"
    );
    // Products of different policy make several lines of one group: the one of the same number comes last.
    let by = "CASE WHEN incentive_bill_line.line_no = bill_feedback.line_no THEN 1 ELSE 0 END, incentive_bill_line.line_no";
    below(store, scope, feedback, [&on, by]).await
}

async fn below<T: Columns>(
    store: &Store,
    scope: Scope,
    feedback: &[BillFeedbackId],
    [on, by]: [&str; 2],
) -> Result<Vec<(BillFeedbackId, T)>> {
    let of = Predicate::key_in("bill_feedback.id", feedback.iter().map(|id| id.0.into()).collect());
    let (condition, values) = Predicate::from(scope.bills("bill_feedback.partner_id", 1)).and(of).into_sql();
    let sql = format!(
        "SELECT bill_feedback.id, {} FROM bill_feedback JOIN incentive_bill ON {on} WHERE {condition} ORDER BY {by}",
        T::list()
    );
    let rows = query(store.db(), &sql, values).await?;
    let read = |row: &mut RowReader<'_>| Ok((row.take()?, T::read(row)?));
    rows.iter().map(|row| read(&mut RowReader::of(row))).collect()
}
