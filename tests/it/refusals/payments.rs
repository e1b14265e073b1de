//! Mutations of payment requests leave one row of the audit trail each.

use domain::kernel::many::BulkPolicy;
use domain::kernel::store::exec;
use domain::money::incentive::issue::{Issue, SeenBill, issue};
use domain::money::incentive::request::{Request, request as request_incentive};
use domain::money::incentive::terms::{self, SetPreference, SetTerms};
use domain::money::payment::business;
use domain::money::payment::countersign::{self, NewApprover, Vote};
use domain::money::payment::create::{Item, NewRequest, create};
use domain::money::payment::invoice::register::{NewInvoice, register, withdraw};
use domain::money::payment::invoice::reject::{Reject, reject};
use domain::money::payment::moves::{Moves, Seen, move_requests};
use domain::money::payout::Gateway;
use domain::money::payout::retry::retry;
use domain::money::payout::sandbox::{TellSandbox, tell};
use domain::{Actor, Context, Principal, Role};
use entity::{
    Certification, Currency, LedgerAccount, PaymentKind, PaymentOperation, PaymentRequestId, PaymentSource,
    PaymentState, PayoutOrderId, PayoutSandboxOutcome, PayoutWay,
};

use tests::partner::business_of;

use super::*;

/// Runs each of them.
pub(super) async fn audited(p: &Programme, trail: &mut Trail<'_>) {
    let (store, context) = (&p.world.store, &p.world.context);
    trail.recount().await;
    let input = business_of(p.provider, 0, Certification::Certified);
    trail.one_row("businessInformationSet", business::set(store, context, None, input)).await;
    let currency: Currency = "CNY".parse().unwrap();
    let approver = |subject: &str| NewApprover {
        category: "*".into(),
        currency,
        min_amount: 0,
        subject: subject.into(),
    };
    trail
        .one_row("countersignApproverAdd", countersign::add_approver(store, context, None, approver("a")))
        .await;
    let id = countersign::add_approver(store, context, None, approver("b")).await.unwrap();
    trail.recount().await;
    trail.one_row("countersignApproverRemove", countersign::remove_approver(store, context, None, id)).await;
    let id = request(p, currency).await;
    let seen = Seen { id, expected_version: 1 };
    let operation = PaymentOperation::StartCountersign;
    let input = Moves { operation, requests: vec![seen], reason: None, policy: BulkPolicy::AllOrNothing };
    let actor = |subject: &str, role| {
        let principal = Principal::Operator { roles: vec![role] };
        Context { actor: Actor { subject: subject.into(), principal }, request_id: None }
    };
    trail
        .one_row("paymentRequestMove", move_requests(store, &actor("o", Role::Operations), None, input))
        .await;
    let vote = Vote { request_id: id, round: 1, vote: entity::CountersignVote::Approve, reason: None };
    trail.one_row("countersignVote", countersign::vote(store, &actor("a", Role::Finance), None, vote)).await;
    let context = &actor("f", Role::Administrator);
    exec(store.db(), "UPDATE payment_request SET state = 'PENDING_INVOICE'", []).await.unwrap();
    let invoice = |number: &str| NewInvoice {
        request_id: id,
        invoice_no: number.into(),
        issued_on: 20_261_015,
        kind: entity::PartnerInvoiceKind::VatSpecialPaper,
        tax_rate_ppm: 0,
        net: 500_000,
        tax: 0,
        total: 500_000,
        taxpayer_no: "91310000".into(),
        file_id: None,
    };
    let first = trail.one_row("partnerInvoiceRegister", register(store, context, None, invoice("1"))).await;
    trail.one_row("partnerInvoiceWithdraw", withdraw(store, context, None, first)).await;
    for number in ["2", "3"] {
        register(store, context, None, invoice(number)).await.unwrap();
    }
    let rows =
        domain::kernel::store::query(store.db(), "SELECT version FROM payment_request", []).await.unwrap();
    let seen = Seen { id, expected_version: rows[0].try_get_by_index(0).unwrap() };
    let operation = PaymentOperation::SignForInvoices;
    let input = Moves { operation, requests: vec![seen], reason: None, policy: BulkPolicy::AllOrNothing };
    move_requests(store, context, None, input).await.unwrap();
    let row =
        query_one(store.db(), "SELECT id, version FROM partner_invoice WHERE state = 'SIGNED_FOR'", []).await;
    let row = row.unwrap().unwrap();
    let input = Reject {
        invoice_id: entity::PartnerInvoiceId(row.try_get_by_index(0).unwrap()),
        expected_version: row.try_get_by_index(1).unwrap(),
        reason: "wrong".into(),
    };
    trail.recount().await;
    trail.one_row("partnerInvoiceReject", reject(store, context, None, input)).await;
    let input = SetTerms { expected_version: 1, holding_days: Some(0), ..SetTerms::default() };
    trail.one_row("payoutTermsSet", terms::set(store, context, None, input)).await;
    let input = SetPreference {
        partner_id: p.provider,
        expected_version: 0,
        automatic: false,
        consulting_way: PayoutWay::BankTransfer,
        resale_way: PayoutWay::CouponQuota,
    };
    trail.one_row("payoutPreferenceSet", terms::prefer(store, context, None, input)).await;
    exec(store.db(), "UPDATE incentive_bill SET state = 'ISSUING', version = 1", []).await.unwrap();
    let bill = query_one(store.db(), "SELECT id, currency FROM incentive_bill WHERE amount > 0", []).await;
    let bill = bill.unwrap().unwrap();
    let id = IncentiveBillId(bill.try_get_by_index(0).unwrap());
    let bills = vec![SeenBill { id, expected_version: 1 }];
    trail
        .one_row(
            "incentiveBillIssue",
            issue(store, context, None, Issue { bills, policy: BulkPolicy::AllOrNothing }),
        )
        .await;
    let input = Request {
        partner_id: p.provider,
        currency: bill.try_get_by_index(1).unwrap(),
        way: PayoutWay::TopUpOwedInvoice,
        entitlements: None,
        submit: false,
    };
    trail.one_row("paymentRequestCreate", request_incentive(store, context, None, input)).await;
    let told = TellSandbox { partner_id: None, outcome: PayoutSandboxOutcome::Succeed };
    trail.one_row("payoutSandboxTell", tell(store, &Gateway::Sandbox, context, None, told)).await;
    let sql = "INSERT INTO payout_order (id, request_id, step, cycle, idempotency_key, state, attempts, retry_at, lease_until, \
               generation, created_at) SELECT 1, id, 'PAY', 1, 'key', 'PENDING', 0, 0, 0, 0, 0 FROM payment_request LIMIT 1";
    exec(store.db(), sql, []).await.unwrap();
    trail.one_row("payoutOrderRetry", retry(store, context, None, PayoutOrderId(1))).await;
}

/// A marketplace request of one unit, earned before.
async fn request(p: &Programme, currency: Currency) -> PaymentRequestId {
    use domain::money::ledger::{Entry, Posting, post};
    let (store, context) = (&p.world.store, &p.world.context);
    let tx = store.begin().await.unwrap();
    let now = store.clock.now();
    let entry = |account, amount| Entry { account, currency, amount };
    let entries = vec![entry(LedgerAccount::Earned, -1_000_000), entry(LedgerAccount::Payable, 1_000_000)];
    let posting = Posting { partner_id: p.provider, kind: "TEST", entity: "test".into(), entries };
    post(&tx, now, posting).await.unwrap();
    let new = NewRequest {
        partner_id: p.provider,
        kind: PaymentKind::Marketplace,
        way: PayoutWay::BankTransfer,
        category: "GOODS".into(),
        month: month("2026-09"),
        currency,
        state: PaymentState::AwaitCountersign,
        items: vec![Item { source: PaymentSource::SettlementBill, id: 1, amount: 1_000_000 }],
    };
    let request = create(&tx, store, context, now, new).await.unwrap();
    tx.commit().await.unwrap();
    request.id
}
