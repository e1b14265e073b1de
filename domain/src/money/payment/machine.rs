//! PURE. The one table of the states of payment requests: who may move which request from where to where, what must
//! hold, and what happens with the money. The API, the documents and the tests are made from it.
//!
//! Both kinds share it. Marketplace requests are countersigned first; incentive requests are put together by the
//! partner, rechecked by a second person, and paid without an invoice where the way of payment allows it.

use entity::{PartnerId, PaymentActor, PaymentKind, PaymentOperation, PaymentState, PayoutWay};

use crate::kernel::actor::{Actor, Principal, Role};

pub mod describe;

use PaymentActor::{Approver, Finance, Operations, Partner, System};
use PaymentKind::{Incentive, Marketplace};
use PaymentOperation as Op;
use PaymentState as S;

/// What must hold before a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// The partner's business information is certified.
    Certified,
    /// Somebody can be asked: the list of approvers names one who did not make the request.
    ApproversFound,
    /// Every approver of the round agreed.
    AllAgreed,
    /// The invoices are signed for and come to the amount of the request, to the smallest unit.
    InvoicesComplete,
    /// Another person than the one who approved.
    AnotherPerson,
    /// Nothing it holds has lapsed.
    NotLapsed,
}

/// What happens with the money and what the request holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing but the state.
    None,
    /// What is paid moves from payable into the payout.
    Reserve,
    /// It moves back and can be requested again by the same request.
    Unreserve,
    /// The request lets go of what it held.
    Release,
    /// The bill is void: what was earned by it is not, and its lines can be billed again.
    Void,
    /// A round of countersigning begins.
    OpenRound,
    /// It is paid.
    Pay,
}

/// Which requests a transition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// Requests of one kind.
    Kind(PaymentKind),
    /// Requests that are paid after an invoice.
    Invoiced,
    /// Requests that need none.
    Direct,
}

/// One transition.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// What moves the request.
    pub operation: PaymentOperation,
    /// From where.
    pub from: PaymentState,
    /// To where.
    pub to: PaymentState,
    /// Which requests.
    pub of: For,
    /// Who.
    pub by: &'static [PaymentActor],
    /// A reason must be given.
    pub reason: bool,
    /// What must hold.
    pub guards: &'static [Guard],
    /// What happens with the money.
    pub effect: Effect,
    /// `true` where the public pages have both states in this order; else it closes the machine.
    pub public: bool,
}

#[allow(clippy::too_many_arguments)] // The columns of the table.
const fn row(
    operation: Op,
    from: S,
    to: S,
    of: For,
    by: &'static [PaymentActor],
    reason: bool,
    guards: &'static [Guard],
    effect: Effect,
    public: bool,
) -> Transition {
    Transition { operation, from, to, of, by, reason, guards, effect, public }
}

const MARKET: For = For::Kind(Marketplace);
const INCENT: For = For::Kind(Incentive);
const WHY: bool = true;
const NO: bool = false;
const PUBLIC: bool = true;
const OURS: bool = false;
const CERTIFIED: &[Guard] = &[Guard::Certified];

/// Every transition, in the order of the way to money.
#[rustfmt::skip]
pub const TABLE: &[Transition] = &[
    row(Op::Submit, S::PendingSubmit, S::AwaitPayout, INCENT, &[Partner, System], NO, &[Guard::Certified, Guard::NotLapsed], Effect::Reserve, PUBLIC),
    row(Op::Withdraw, S::PendingSubmit, S::Cancelled, INCENT, &[Partner, System], NO, &[], Effect::Release, OURS),
    row(Op::Confirm, S::PendingConfirm, S::AwaitCountersign, MARKET, &[Partner], NO, &[], Effect::None, OURS),
    row(Op::StartCountersign, S::AwaitCountersign, S::Countersigning, MARKET, &[Operations], NO, &[Guard::ApproversFound], Effect::OpenRound, PUBLIC),
    row(Op::CompleteCountersign, S::Countersigning, S::AwaitPayout, MARKET, &[Approver], NO, &[Guard::AllAgreed], Effect::None, PUBLIC),
    row(Op::RejectCountersign, S::Countersigning, S::CountersignRejected, MARKET, &[Approver], WHY, &[], Effect::None, PUBLIC),
    row(Op::RestartCountersign, S::CountersignRejected, S::Countersigning, MARKET, &[Operations], WHY, &[Guard::ApproversFound], Effect::OpenRound, OURS),
    row(Op::VoidBill, S::CountersignRejected, S::Cancelled, MARKET, &[Operations], WHY, &[], Effect::Void, OURS),
    row(Op::CreatePayout, S::AwaitPayout, S::PendingInvoice, For::Invoiced, &[System], NO, CERTIFIED, Effect::None, PUBLIC),
    row(Op::FailPayoutCreation, S::AwaitPayout, S::PayoutCreateFailed, For::Invoiced, &[System], WHY, &[], Effect::None, PUBLIC),
    row(Op::RetryPayoutCreation, S::PayoutCreateFailed, S::AwaitPayout, For::Invoiced, &[Operations, System], NO, &[], Effect::None, PUBLIC),
    row(Op::IssueDirectly, S::AwaitPayout, S::Paid, For::Direct, &[System], NO, &[], Effect::Pay, PUBLIC),
    row(Op::FailIssue, S::AwaitPayout, S::CompletedWithError, For::Direct, &[System], WHY, &[], Effect::None, PUBLIC),
    row(Op::RetryIssue, S::CompletedWithError, S::AwaitPayout, For::Direct, &[Operations], WHY, &[], Effect::None, OURS),
    row(Op::SignForInvoices, S::PendingInvoice, S::InvoiceInReview, For::Invoiced, &[Finance], NO, &[Guard::InvoicesComplete], Effect::None, PUBLIC),
    row(Op::PassInvoices, S::InvoiceInReview, S::PaymentProcessing, For::Invoiced, &[Finance], NO, &[Guard::InvoicesComplete], Effect::None, PUBLIC),
    row(Op::RejectInvoices, S::InvoiceInReview, S::InvoiceRejected, For::Invoiced, &[Finance], WHY, &[], Effect::None, OURS),
    row(Op::ReplaceInvoices, S::InvoiceRejected, S::PendingInvoice, For::Invoiced, &[Partner], NO, &[], Effect::None, OURS),
    row(Op::ApprovePayment, S::PaymentProcessing, S::Paying, MARKET, &[Finance], NO, CERTIFIED, Effect::None, OURS),
    row(Op::ApprovePayment, S::PaymentProcessing, S::PaymentRechecking, INCENT, &[Finance], NO, &[], Effect::None, PUBLIC),
    row(Op::RecheckPayment, S::PaymentRechecking, S::Paying, INCENT, &[Finance], NO, &[Guard::Certified, Guard::AnotherPerson], Effect::None, PUBLIC),
    row(Op::ReportPaymentInfo, S::PaymentProcessing, S::PaymentInfoError, For::Invoiced, &[Finance], WHY, &[], Effect::None, PUBLIC),
    row(Op::ReportPaymentInfo, S::PaymentRechecking, S::PaymentInfoError, INCENT, &[Finance], WHY, &[], Effect::None, OURS),
    row(Op::ReportPaymentInfo, S::PaymentFailed, S::PaymentInfoError, For::Invoiced, &[Operations, Finance], WHY, &[], Effect::None, OURS),
    row(Op::ResumePayment, S::PaymentInfoError, S::PaymentProcessing, For::Invoiced, &[Operations], NO, CERTIFIED, Effect::None, OURS),
    row(Op::RejectPayout, S::PaymentProcessing, S::PayoutRejected, For::Invoiced, &[Finance], WHY, &[], Effect::None, PUBLIC),
    row(Op::RejectPayout, S::PaymentRechecking, S::PayoutRejected, INCENT, &[Finance], WHY, &[], Effect::None, PUBLIC),
    row(Op::ReopenInvoicing, S::PayoutRejected, S::PendingInvoice, MARKET, &[Operations], WHY, &[], Effect::None, PUBLIC),
    row(Op::RestartPayment, S::PayoutRejected, S::PaymentProcessing, MARKET, &[Operations], WHY, &[], Effect::None, PUBLIC),
    row(Op::RequestAgain, S::PayoutRejected, S::PendingSubmit, INCENT, &[Partner], NO, &[], Effect::Unreserve, PUBLIC),
    row(Op::SettlePayment, S::Paying, S::Paid, For::Invoiced, &[System], NO, &[], Effect::Pay, OURS),
    row(Op::FailPayment, S::Paying, S::PaymentFailed, For::Invoiced, &[System], WHY, &[], Effect::None, OURS),
    row(Op::RetryPayment, S::PaymentFailed, S::Paying, For::Invoiced, &[Operations, Finance], NO, CERTIFIED, Effect::None, OURS),
];

/// `true` if the partner invoices the vendor before it is paid.
#[must_use]
pub const fn needs_invoice(way: PayoutWay) -> bool {
    matches!(way, PayoutWay::BankTransfer | PayoutWay::TopUp)
}

impl For {
    /// `true` if a request of this kind and way is meant.
    #[must_use]
    pub fn includes(self, kind: PaymentKind, way: PayoutWay) -> bool {
        match self {
            Self::Kind(of) => of == kind,
            Self::Invoiced => needs_invoice(way),
            Self::Direct => !needs_invoice(way),
        }
    }
}

/// The transitions of a request from where it stands.
pub fn from(kind: PaymentKind, way: PayoutWay, state: S) -> impl Iterator<Item = &'static Transition> {
    TABLE.iter().filter(move |t| t.from == state && t.of.includes(kind, way))
}

/// The transition that `operation` makes of a request from where it stands.
#[must_use]
pub fn find(kind: PaymentKind, way: PayoutWay, state: S, operation: Op) -> Option<&'static Transition> {
    from(kind, way, state).find(|t| t.operation == operation)
}

/// As what `actor` may act on a request of `partner`.
#[must_use]
pub fn roles(actor: &Actor, partner: PartnerId) -> Vec<PaymentActor> {
    match &actor.principal {
        Principal::System => vec![System],
        Principal::Partner { partner_id } if *partner_id == partner => vec![Partner],
        Principal::Partner { .. } | Principal::Customer { .. } => vec![],
        Principal::Operator { .. } => {
            let role = |role, as_what| actor.has_role(role).then_some(as_what);
            let held = [role(Role::Operations, Operations), role(Role::Finance, Finance)];
            held.into_iter().flatten().chain([Approver]).collect()
        }
    }
}

impl Transition {
    /// As what `actor` may make it for a request of `partner`; none if it may not.
    #[must_use]
    pub fn actor(&self, actor: &Actor, partner: PartnerId) -> Option<PaymentActor> {
        roles(actor, partner).into_iter().find(|role| self.by.contains(role))
    }
}

/// `true` while the money of a request is in its payout.
#[must_use]
pub const fn holds_money(state: S) -> bool {
    !matches!(state, S::PendingSubmit | S::Paid | S::Cancelled)
}

entity::listed! {
    /// The stages of the way to money.
    Stage as "PaymentStage"; [] {
        /// The request is made.
        Submit [] = "SUBMIT",
        /// The vendor countersigns.
        Countersign [] = "COUNTERSIGN",
        /// The partner invoices, the vendor reviews the invoices.
        InvoiceReview [] = "INVOICE_REVIEW",
        /// Finance reviews the payment.
        PaymentReview [] = "PAYMENT_REVIEW",
        /// The money is under way.
        Payment [] = "PAYMENT",
        /// The end.
        Done [] = "DONE",
    }
}

/// The stage of a state.
#[must_use]
pub const fn stage(state: S) -> Stage {
    match state {
        S::PendingSubmit | S::PendingConfirm => Stage::Submit,
        S::AwaitCountersign
        | S::Countersigning
        | S::CountersignRejected
        | S::AwaitPayout
        | S::PayoutCreateFailed => Stage::Countersign,
        S::PendingInvoice | S::InvoiceInReview | S::InvoiceRejected => Stage::InvoiceReview,
        S::PaymentProcessing | S::PaymentRechecking | S::PaymentInfoError | S::PayoutRejected => {
            Stage::PaymentReview
        }
        S::Paying | S::PaymentFailed => Stage::Payment,
        S::Paid | S::CompletedWithError | S::Cancelled => Stage::Done,
    }
}

#[cfg(test)]
mod tests;
