//! Mutations of reviews and feedback leave one row of the audit trail each.

use domain::kernel::store::exec;
use domain::money::incentive::feedback::close::{Answer, Withdraw, answer, withdraw};
use domain::money::incentive::feedback::create::{NewFeedback, create};
use domain::money::incentive::release::{Release, release};

use super::*;

/// Runs each of them.
pub(super) async fn audited(p: &Programme, trail: &mut Trail<'_>) {
    let (store, context) = (&p.world.store, &p.world.context);
    trail.recount().await;
    let sql = "UPDATE incentive_bill SET state = 'PARKED', version = 1";
    exec(store.db(), sql, []).await.unwrap();
    let bill = query_one(store.db(), "SELECT id FROM incentive_bill", []).await.unwrap().unwrap();
    let bill_id = IncentiveBillId(bill.try_get_by_index(0).unwrap());
    let input = Release { bill_id, expected_version: 1, reason: "right".into() };
    trail.one_row("incentiveBillRelease", release(store, context, None, input)).await;
    let said = |line_no| NewFeedback { bill_id, line_no, text: "wrong".into() };
    let whole = trail.one_row("billFeedbackCreate", create(store, context, None, said(None))).await;
    let line = create(store, context, None, said(Some(1))).await.unwrap();
    trail.recount().await;
    let input = Answer {
        feedback_id: whole,
        expected_version: 1,
        accept: false,
        answer: "right".into(),
        correction_entity: None,
    };
    trail.one_row("billFeedbackAnswer", answer(store, context, None, input)).await;
    let input = Withdraw { feedback_id: line, expected_version: 1 };
    trail.one_row("billFeedbackWithdraw", withdraw(store, context, None, input)).await;
}
