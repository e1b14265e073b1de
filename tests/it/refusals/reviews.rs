//! Mutations of reviews and feedback leave one row of the audit trail each.

use domain::incentive::feedback::close::{Answer, Withdraw, answer, withdraw};
use domain::incentive::feedback::create::{NewFeedback, create};
use domain::incentive::release::{Release, release};
use domain::store::exec;

use super::*;

/// Runs each of them and says which.
pub(super) async fn audited(p: &Programme) -> Vec<&'static str> {
    let (store, context) = (&p.world.store, &p.world.context);
    let mut audited = p.count("audit_event").await;
    let mut operations = Vec::new();
    macro_rules! one_row {
        ($operation:literal, $call:expr) => {{
            let answer = $call.await.unwrap();
            audited += 1;
            assert_eq!(p.count("audit_event").await, audited, $operation);
            operations.push($operation);
            answer
        }};
    }
    let sql = "UPDATE incentive_bill SET state = 'PARKED', version = 1";
    exec(store.db(), sql, []).await.unwrap();
    let bill = query_one(store.db(), "SELECT id FROM incentive_bill", []).await.unwrap().unwrap();
    let bill_id = IncentiveBillId(bill.try_get_by_index(0).unwrap());
    let input = Release { bill_id, expected_version: 1, reason: "right".into() };
    one_row!("incentiveBillRelease", release(store, context, None, input));
    let said = |line_no| NewFeedback { bill_id, line_no, text: "wrong".into() };
    let whole = one_row!("billFeedbackCreate", create(store, context, None, said(None)));
    let line = create(store, context, None, said(Some(1))).await.unwrap();
    audited = p.count("audit_event").await;
    let input = Answer {
        feedback_id: whole,
        expected_version: 1,
        accept: false,
        answer: "right".into(),
        correction_entity: None,
    };
    one_row!("billFeedbackAnswer", answer(store, context, None, input));
    let input = Withdraw { feedback_id: line, expected_version: 1 };
    one_row!("billFeedbackWithdraw", withdraw(store, context, None, input));
    operations
}
