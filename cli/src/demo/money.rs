//! The demonstration's way from bills to money: requests that wait in every state a person has to do with, some paid,
//! one bill disputed, a part withheld. Everything through the use cases that people have, each as the one who may.

use std::io::Write;

use domain::kernel::amount::money;
use domain::kernel::many::BulkPolicy;
use domain::money::incentive::confirm::{Confirm, confirm};
use domain::money::incentive::feedback::create::{NewFeedback, create as dispute};
use domain::money::incentive::issue::{Issue, SeenBill, issue};
use domain::money::incentive::request::{Request, request};
use domain::money::payment::countersign::{EVERY_CATEGORY, NewApprover, Vote, add_approver, vote};
use domain::money::payment::invoice::register::{NewInvoice, register};
use domain::money::payment::moves::{Moves, Seen, move_requests};
use domain::money::payout::Gateway;
use domain::money::payout::sandbox::{TellSandbox, tell};
use domain::reading::list::grouped_sql::GROUPS_LIMIT;
use domain::reading::money::payment_sum::{RequestDimension, sums};
use domain::reading::{Order, PageArgs, Predicate};
use domain::{Actor, Context, Error, Principal, Role, Store};
use entity::{
    BillState, CountersignVote, Currency, Month, PartnerId, PartnerInvoiceKind, PaymentKind,
    PaymentOperation as Op, PaymentRequestId, PaymentState, PayoutSandboxOutcome, PayoutWay,
    business_information, incentive_bill, payment_request,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// States in which requests are left, in order, with the operations on each after its payout was created.
const LEFT: &[(PaymentState, &[Op], Option<PayoutSandboxOutcome>)] = &[
    (PaymentState::PayoutRejected, &[Op::SignForInvoices, Op::PassInvoices, Op::RejectPayout], None),
    (PaymentState::InvoiceRejected, &[Op::SignForInvoices, Op::RejectInvoices], None),
    (PaymentState::PayoutCreateFailed, &[], Some(PayoutSandboxOutcome::CreateRefused)),
    (
        PaymentState::Paid,
        &[Op::SignForInvoices, Op::PassInvoices, Op::ApprovePayment, Op::RecheckPayment],
        None,
    ),
    (PaymentState::PendingInvoice, &[], None),
    (PaymentState::InvoiceInReview, &[Op::SignForInvoices], None),
    (PaymentState::PaymentRechecking, &[Op::SignForInvoices, Op::PassInvoices, Op::ApprovePayment], None),
    (
        PaymentState::PaymentFailed,
        &[Op::SignForInvoices, Op::PassInvoices, Op::ApprovePayment, Op::RecheckPayment],
        Some(PayoutSandboxOutcome::PaymentRefused),
    ),
    (PaymentState::PaymentInfoError, &[Op::SignForInvoices, Op::PassInvoices, Op::ReportPaymentInfo], None),
    (PaymentState::PaymentProcessing, &[Op::SignForInvoices, Op::PassInvoices], None),
];

pub(crate) fn operator(subject: &str, role: Role) -> Context {
    let principal = Principal::Operator { roles: vec![role] };
    Context { actor: Actor { subject: subject.into(), principal }, request_id: None }
}

pub(crate) fn member(partner_id: PartnerId) -> Context {
    let principal = Principal::Partner { partner_id };
    Context { actor: Actor { subject: "demo-member".into(), principal }, request_id: None }
}

/// Names the approvers, and brings the month's bills on their way.
pub(crate) async fn bring_on(
    store: &Store,
    context: &Context,
    month: Month,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    let requests =
        payment_request::Entity::find().order_by_asc(payment_request::Column::Id).all(store.db()).await?;
    for currency in requests.iter().map(|r| r.currency).collect::<std::collections::BTreeSet<_>>() {
        for subject in ["demo-approver", "demo-finance"] {
            let (category, subject) = (EVERY_CATEGORY.to_owned(), subject.to_owned());
            add_approver(store, context, None, NewApprover { category, currency, min_amount: 0, subject })
                .await?;
        }
    }
    countersign(store, &requests).await?;
    let bills = issue_bills(store, month).await?;
    let mut left = LEFT.iter().cycle();
    for (n, bill) in bills.iter().enumerate() {
        if let Some(id) = ask(store, bill.partner_id, bill.currency, PayoutWay::BankTransfer).await?
            && let Some((_, steps, outcome)) = left.next()
        {
            lead(store, bill.partner_id, id, steps, *outcome).await?;
        }
        // What is resale business is paid by coupons; the first cannot be issued, the last is left to be submitted.
        let outcome = (n == 0).then_some(PayoutSandboxOutcome::IssueFailed);
        behave(store, bill.partner_id, outcome).await?;
        if n + 1 < bills.len() {
            ask(store, bill.partner_id, bill.currency, PayoutWay::CouponQuota).await?;
            domain::money::payout::round(store, &Gateway::Sandbox).await?;
        } else {
            propose(store, bill.partner_id, bill.currency).await?;
        }
    }
    print(store, out).await
}

/// Marketplace requests by turns: untouched, voting, refused, agreed.
async fn countersign(store: &Store, requests: &[payment_request::Model]) -> anyhow::Result<()> {
    for (n, request) in requests.iter().filter(|r| r.state == PaymentState::AwaitCountersign).enumerate() {
        if n % 4 == 3 {
            continue;
        }
        step(store, &operator("demo-operator", Role::Operations), request.id, Op::StartCountersign).await?;
        let voices: &[(&str, CountersignVote)] = match n % 4 {
            0 => &[("demo-approver", CountersignVote::Approve), ("demo-finance", CountersignVote::Approve)],
            1 => &[("demo-approver", CountersignVote::Approve)],
            _ => &[("demo-finance", CountersignVote::Reject)],
        };
        for (subject, voice) in voices {
            let reason =
                (*voice == CountersignVote::Reject).then(|| "The fee is that of last year.".to_owned());
            let input = Vote { request_id: request.id, round: 1, vote: *voice, reason };
            vote(store, &operator(subject, Role::Finance), None, input).await?;
        }
    }
    domain::money::payout::round(store, &Gateway::Sandbox).await?;
    Ok(())
}

/// Disputes one bill and leaves it, confirms and issues the others.
async fn issue_bills(store: &Store, month: Month) -> anyhow::Result<Vec<incentive_bill::Model>> {
    let mut bills = incentive_bill::Entity::find()
        .filter(incentive_bill::Column::Month.eq(month))
        .filter(incentive_bill::Column::State.eq(BillState::PendingConfirm))
        .order_by_asc(incentive_bill::Column::Id)
        .all(store.db())
        .await?;
    if let Some(bill) = bills.pop() {
        let text = "One of our customers' invoices is missing here.".to_owned();
        let input = NewFeedback { bill_id: bill.id, line_no: None, text };
        dispute(store, &member(bill.partner_id), None, input).await?;
    }
    for bill in &bills {
        let input = Confirm { bill_id: bill.id, expected_version: bill.version };
        confirm(store, &member(bill.partner_id), None, input).await?;
    }
    let seen = |bill: &incentive_bill::Model| SeenBill { id: bill.id, expected_version: bill.version + 1 };
    if !bills.is_empty() {
        let input = Issue { bills: bills.iter().map(seen).collect(), policy: BulkPolicy::SkipFailed };
        issue(store, &operator("demo-operator", Role::Operations), None, input).await?;
    }
    Ok(bills)
}

/// A request of a partner for everything it may have paid this way; none where there is nothing.
async fn ask(
    store: &Store,
    partner_id: PartnerId,
    currency: Currency,
    way: PayoutWay,
) -> anyhow::Result<Option<PaymentRequestId>> {
    let input = Request { partner_id, currency, way, entitlements: None, submit: true };
    match request(store, &member(partner_id), None, input).await {
        Ok(id) => Ok(Some(id)),
        Err(Error::Refused(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A request that its partner has not handed in.
async fn propose(store: &Store, partner_id: PartnerId, currency: Currency) -> anyhow::Result<()> {
    let way = PayoutWay::CouponQuota;
    let input = Request { partner_id, currency, way, entitlements: None, submit: false };
    match request(store, &member(partner_id), None, input).await {
        Ok(_) | Err(Error::Refused(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Tells the sandbox how to treat a partner from now on, if something is to be told.
async fn behave(
    store: &Store,
    partner_id: PartnerId,
    outcome: Option<PayoutSandboxOutcome>,
) -> anyhow::Result<()> {
    if let Some(outcome) = outcome {
        let input = TellSandbox { partner_id: Some(partner_id), outcome };
        tell(store, &Gateway::Sandbox, &Context::system("demo"), None, input).await?;
    }
    Ok(())
}

/// Leads a request to where it is left.
async fn lead(
    store: &Store,
    partner_id: PartnerId,
    id: PaymentRequestId,
    steps: &[Op],
    outcome: Option<PayoutSandboxOutcome>,
) -> anyhow::Result<()> {
    behave(store, partner_id, outcome).await?;
    domain::money::payout::round(store, &Gateway::Sandbox).await?;
    if !steps.is_empty() {
        invoice(store, partner_id, id).await?;
    }
    for operation in steps {
        // Another person rechecks.
        let who = if *operation == Op::RecheckPayment { "demo-controller" } else { "demo-finance" };
        step(store, &operator(who, Role::Finance), id, *operation).await?;
    }
    // The sandbox accepts in one round and tells in the next.
    domain::money::payout::round(store, &Gateway::Sandbox).await?;
    domain::money::payout::round(store, &Gateway::Sandbox).await?;
    Ok(())
}

async fn invoice(store: &Store, partner_id: PartnerId, id: PaymentRequestId) -> anyhow::Result<()> {
    let request = domain::money::payment::drive::load(store, id).await?;
    let Some(business) = business_information::Entity::find_by_id(partner_id).one(store.db()).await? else {
        anyhow::bail!("{partner_id} has no business information");
    };
    let input = NewInvoice {
        request_id: id,
        invoice_no: id.to_string().chars().rev().take(20).filter(char::is_ascii_alphanumeric).collect(),
        issued_on: 20_260_101,
        kind: PartnerInvoiceKind::FullyDigitalSpecial,
        tax_rate_ppm: 0,
        net: request.amount,
        tax: 0,
        total: request.amount,
        taxpayer_no: business.taxpayer_no,
        file_id: None,
    };
    register(store, &member(partner_id), None, input).await?;
    Ok(())
}

async fn step(store: &Store, who: &Context, id: PaymentRequestId, operation: Op) -> anyhow::Result<()> {
    let request = domain::money::payment::drive::load(store, id).await?;
    let requests = vec![Seen { id, expected_version: request.version }];
    let reason = Some("As the demonstration wants it.".to_owned());
    let moves = Moves { operation, requests, reason, policy: BulkPolicy::AllOrNothing };
    move_requests(store, who, None, moves).await?;
    Ok(())
}

/// Prints the number of requests in each state.
async fn print(store: &Store, out: &mut (dyn Write + Send)) -> anyhow::Result<()> {
    let by = [RequestDimension::Kind, RequestDimension::State];
    let sums = sums(domain::Scope::All, &by);
    let groups = Order { name: String::new(), keys: vec![], descending: false };
    let page = PageArgs { limit: GROUPS_LIMIT, backward: false, after: None, before: None };
    let found = sums.page(store, &Predicate::always(), &sums.order(groups), &page).await?;
    writeln!(out, "\nPayment requests:")?;
    for (_, sum) in found.rows {
        let kind = if sum.kind == Some(PaymentKind::Marketplace) { "marketplace" } else { "incentive" };
        let amount = money(sum.amount, sum.currency);
        writeln!(
            out,
            "  {:<22} {kind:<12} {:>3}  {amount:>20}",
            sum.state.map_or("", |state| state.name()),
            sum.count
        )?;
    }
    Ok(())
}
