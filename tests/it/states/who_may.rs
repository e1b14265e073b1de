//! Rules of who may move rows that have states, written by hand from the documents and not from the tables: a party too many or
//! too few in a table, a transition too many, or one that is missing, fails here.

use std::collections::BTreeSet;
use std::fmt::Debug;

use domain::kernel::machine::diagram::document;
use domain::kernel::machine::{Machine, Word};
use domain::money::incentive::feedback::machine::Feedback;
use domain::money::incentive::machine::Bills;
use domain::money::opportunity_incentive::machine::Claims;
use domain::money::payment::machine::Requests;
use domain::opportunity::state::machine::Opportunities;

/// Operation, states it leads from, parties, and the state it leads to.
type Line = (&'static str, &'static [&'static str], &'static [&'static str], &'static str);

/// The table of a machine is these lines and no others. Lines that differ by the kind of row alone are one.
fn is<M: Machine>(lines: &[Line]) {
    let row = |operation: &str, from: &str, by: &mut Vec<&str>, to: &str| {
        by.sort_unstable();
        format!("{operation} {from} → {to} by {}", by.join(", "))
    };
    let mut expected = BTreeSet::new();
    for (operation, from, by, to) in lines {
        for from in *from {
            assert!(expected.insert(row(operation, from, &mut by.to_vec(), to)), "twice: {operation} {from}");
        }
    }
    let found: BTreeSet<_> = M::TABLE
        .iter()
        .map(|t| {
            let mut by = t.by.iter().map(|party| party.word()).collect();
            row(t.operation.word(), t.from.word(), &mut by, t.to.word())
        })
        .collect();
    none("not in the documents", found.difference(&expected));
    none("not in the table", expected.difference(&found));
}

fn none<T: Debug>(what: &str, rows: impl Iterator<Item = T>) {
    let rows: Vec<_> = rows.collect();
    assert!(rows.is_empty(), "{what}: {rows:#?}");
}

const PARTNER: &[&str] = &["PARTNER"];
const REVIEWER: &[&str] = &["REVIEWER"];
const OPERATIONS: &[&str] = &["OPERATIONS"];
const FINANCE: &[&str] = &["FINANCE"];
const SYSTEM: &[&str] = &["SYSTEM"];
const APPROVER: &[&str] = &["APPROVER"];

/// The text of a document between the marks of a machine.
fn written(file: &str, machine: &str) -> String {
    let path = format!("{}/../docs/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let behind = text.split_once(&format!("<!-- {machine} machine: begin -->\n")).unwrap().1;
    behind.split_once(&format!("<!-- {machine} machine: end -->")).unwrap().0.to_owned()
}

#[test]
fn the_machines_of_the_documents_are_those_of_the_code() {
    for (file, machine, table) in [
        ("opportunities.md", "opportunity", document::<Opportunities>()),
        ("opportunities.md", "claim", document::<Claims>()),
        ("settlement.md", "payment", document::<Requests>()),
        ("domain.md", "bill", document::<Bills>()),
        ("domain.md", "feedback", document::<Feedback>()),
    ] {
        assert_eq!(written(file, machine), table, "write the {machine} machine into docs/{file}");
    }
}

/// docs/domain.md, "Opportunities" 1, 4, 5, 7, 10, 11, 13, and docs/opportunities.md, "Clocks".
#[test]
fn opportunities_are_moved_by_these() {
    // Both sell and deliver together from then on.
    let together: &[&str] = &["PARTNER", "REVIEWER", "OPERATIONS"];
    // The product itself passes an opportunity on to the next partner.
    let offering: &[&str] = &["OPERATIONS", "SYSTEM"];
    let unanswered: &[&str] = &["TO_OFFER", "REFUSED", "REFUSED_TIMEOUT"];
    is::<Opportunities>(&[
        ("SUBMIT", &["DRAFT", "REVIEW_REJECTED"], PARTNER, "IN_REVIEW"),
        ("WITHDRAW", &["IN_REVIEW", "VERIFYING"], PARTNER, "DRAFT"),
        ("PASS_REVIEW", &["IN_REVIEW"], REVIEWER, "VERIFYING"),
        ("SEND_BACK", &["IN_REVIEW"], REVIEWER, "REVIEW_REJECTED"),
        ("VERIFY", &["VERIFYING"], REVIEWER, "VERIFIED"),
        ("REJECT", &["VERIFYING"], REVIEWER, "REJECTED"),
        ("EXPIRE", &["VERIFYING"], SYSTEM, "REJECTED"),
        ("YIELD_TO_OTHER", &["IN_REVIEW", "VERIFYING"], SYSTEM, "REJECTED"),
        ("YIELD_TO_OTHER", unanswered, SYSTEM, "CLOSED"),
        ("YIELD_TO_OTHER", &["PENDING_ACCEPT"], SYSTEM, "CLOSED"),
        ("OFFER", unanswered, offering, "PENDING_ACCEPT"),
        ("ACCEPT", &["PENDING_ACCEPT"], PARTNER, "ACCEPTED"),
        ("REFUSE", &["PENDING_ACCEPT"], PARTNER, "REFUSED"),
        ("TIME_OUT", &["PENDING_ACCEPT"], SYSTEM, "REFUSED_TIMEOUT"),
        ("RECALL", &["PENDING_ACCEPT"], OPERATIONS, "TO_OFFER"),
        ("START", &["VERIFIED", "ACCEPTED"], together, "IN_PROGRESS"),
        ("WIN", &["IN_PROGRESS"], together, "WON"),
        ("DELIVER", &["WON"], together, "DELIVERED"),
        ("LOSE", &["VERIFIED", "ACCEPTED", "IN_PROGRESS"], together, "LOST"),
        ("CLOSE", &["REVIEW_REJECTED"], PARTNER, "CLOSED"),
        ("CLOSE", unanswered, OPERATIONS, "CLOSED"),
        ("CLOSE", &["VERIFIED", "ACCEPTED", "IN_PROGRESS", "WON"], together, "CLOSED"),
    ]);
}

/// docs/domain.md, "Incentive for opportunities": the vendor reviews and publishes, the partner confirms or disputes, and
/// the claim follows the request that holds it.
#[test]
fn claims_are_moved_by_these() {
    is::<Claims>(&[
        ("PUBLISH", &["IN_REVIEW"], OPERATIONS, "PUBLISHED_TO_CONFIRM"),
        ("REJECT", &["IN_REVIEW"], OPERATIONS, "REJECTED"),
        ("RESUBMIT", &["REJECTED"], PARTNER, "IN_REVIEW"),
        ("DISPUTE", &["PUBLISHED_TO_CONFIRM"], PARTNER, "IN_REVIEW"),
        ("CONFIRM", &["PUBLISHED_TO_CONFIRM"], PARTNER, "AWAIT_PAYOUT_REQUEST"),
        ("REQUEST", &["AWAIT_PAYOUT_REQUEST"], SYSTEM, "IN_PAYOUT"),
        ("RELEASE", &["IN_PAYOUT"], SYSTEM, "AWAIT_PAYOUT_REQUEST"),
        ("PAY", &["IN_PAYOUT"], SYSTEM, "COMPLETED"),
    ]);
}

/// docs/domain.md, "Payment requests" and "Partners' invoices", and docs/settlement.md: the partner asks and invoices,
/// approvers countersign, finance reviews and pays, operations put right what went wrong, the gateway answers the product.
#[test]
fn payment_requests_are_moved_by_these() {
    let money: &[&str] = &["OPERATIONS", "FINANCE"];
    let again: &[&str] = &["OPERATIONS", "SYSTEM"];
    is::<Requests>(&[
        ("SUBMIT", &["PENDING_SUBMIT"], &["PARTNER", "SYSTEM"], "AWAIT_PAYOUT"),
        // What of it lapsed before it was submitted is taken back by the product.
        ("WITHDRAW", &["PENDING_SUBMIT"], &["PARTNER", "SYSTEM"], "CANCELLED"),
        ("CONFIRM", &["PENDING_CONFIRM"], PARTNER, "AWAIT_COUNTERSIGN"),
        ("START_COUNTERSIGN", &["AWAIT_COUNTERSIGN"], OPERATIONS, "COUNTERSIGNING"),
        ("COMPLETE_COUNTERSIGN", &["COUNTERSIGNING"], APPROVER, "AWAIT_PAYOUT"),
        ("REJECT_COUNTERSIGN", &["COUNTERSIGNING"], APPROVER, "COUNTERSIGN_REJECTED"),
        ("RESTART_COUNTERSIGN", &["COUNTERSIGN_REJECTED"], OPERATIONS, "COUNTERSIGNING"),
        ("VOID_BILL", &["COUNTERSIGN_REJECTED"], OPERATIONS, "CANCELLED"),
        ("CREATE_PAYOUT", &["AWAIT_PAYOUT"], SYSTEM, "PENDING_INVOICE"),
        ("FAIL_PAYOUT_CREATION", &["AWAIT_PAYOUT"], SYSTEM, "PAYOUT_CREATE_FAILED"),
        ("RETRY_PAYOUT_CREATION", &["PAYOUT_CREATE_FAILED"], again, "AWAIT_PAYOUT"),
        ("ISSUE_DIRECTLY", &["AWAIT_PAYOUT"], SYSTEM, "PAID"),
        ("FAIL_ISSUE", &["AWAIT_PAYOUT"], SYSTEM, "COMPLETED_WITH_ERROR"),
        ("RETRY_ISSUE", &["COMPLETED_WITH_ERROR"], OPERATIONS, "AWAIT_PAYOUT"),
        ("SIGN_FOR_INVOICES", &["PENDING_INVOICE"], FINANCE, "INVOICE_IN_REVIEW"),
        ("PASS_INVOICES", &["INVOICE_IN_REVIEW"], FINANCE, "PAYMENT_PROCESSING"),
        ("REJECT_INVOICES", &["INVOICE_IN_REVIEW"], FINANCE, "INVOICE_REJECTED"),
        ("REPLACE_INVOICES", &["INVOICE_REJECTED"], PARTNER, "PENDING_INVOICE"),
        // A marketplace payment is approved once, an incentive payment is rechecked by another.
        ("APPROVE_PAYMENT", &["PAYMENT_PROCESSING"], FINANCE, "PAYING"),
        ("APPROVE_PAYMENT", &["PAYMENT_PROCESSING"], FINANCE, "PAYMENT_RECHECKING"),
        ("RECHECK_PAYMENT", &["PAYMENT_RECHECKING"], FINANCE, "PAYING"),
        ("REPORT_PAYMENT_INFO", &["PAYMENT_PROCESSING", "PAYMENT_RECHECKING"], FINANCE, "PAYMENT_INFO_ERROR"),
        ("REPORT_PAYMENT_INFO", &["PAYMENT_FAILED"], money, "PAYMENT_INFO_ERROR"),
        ("RESUME_PAYMENT", &["PAYMENT_INFO_ERROR"], OPERATIONS, "PAYMENT_PROCESSING"),
        ("REJECT_PAYOUT", &["PAYMENT_PROCESSING", "PAYMENT_RECHECKING"], FINANCE, "PAYOUT_REJECTED"),
        ("REOPEN_INVOICING", &["PAYOUT_REJECTED"], OPERATIONS, "PENDING_INVOICE"),
        ("RESTART_PAYMENT", &["PAYOUT_REJECTED"], OPERATIONS, "PAYMENT_PROCESSING"),
        ("REQUEST_AGAIN", &["PAYOUT_REJECTED"], PARTNER, "PENDING_SUBMIT"),
        ("SETTLE_PAYMENT", &["PAYING"], SYSTEM, "PAID"),
        ("FAIL_PAYMENT", &["PAYING"], SYSTEM, "PAYMENT_FAILED"),
        ("RETRY_PAYMENT", &["PAYMENT_FAILED"], money, "PAYING"),
    ]);
}

/// docs/domain.md, "Incentive bill" and "Safety bounds": administrators and the product may what the others may.
#[test]
fn formal_bills_are_moved_by_these() {
    let confirming: &[&str] = &["PARTNER", "OPERATIONS", "FINANCE", "ADMINISTRATOR", "SYSTEM"];
    is::<Bills>(&[
        ("RELEASE", &["PARKED"], &["FINANCE", "ADMINISTRATOR", "SYSTEM"], "PENDING_CONFIRM"),
        ("CONFIRM", &["PENDING_CONFIRM"], confirming, "ISSUING"),
        ("ISSUE", &["ISSUING"], &["OPERATIONS", "ADMINISTRATOR", "SYSTEM"], "ISSUED"),
    ]);
}

/// docs/domain.md, "Feedback" 3: the vendor answers, the partner takes back its own.
#[test]
fn feedback_ends_by_these() {
    let vendor: &[&str] = &["OPERATIONS", "FINANCE", "ADMINISTRATOR", "SYSTEM"];
    let owner: &[&str] = &["PARTNER", "ADMINISTRATOR", "SYSTEM"];
    is::<Feedback>(&[
        ("ACCEPT", &["OPEN"], vendor, "ACCEPTED"),
        ("REJECT", &["OPEN"], vendor, "REJECTED"),
        ("WITHDRAW", &["OPEN"], owner, "WITHDRAWN"),
    ]);
}
