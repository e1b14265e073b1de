//! PURE. The one table of the states of payment requests: who may move which request from where to where, what must
//! hold, and what happens with the money. The API, the documents and the tests are made from it.
//!
//! Both kinds share it. Marketplace requests are countersigned first; incentive requests are put together by the
//! partner, rechecked by a second person, and paid without an invoice where the way of payment allows it.

use entity::{PartnerId, PaymentActor, PaymentKind, PaymentOperation, PaymentState, PayoutWay};

use crate::kernel::actor::{Actor, Principal, Role};
use crate::kernel::machine::{Machine, NoReason, Transition, Why, from, on};

pub mod describe;

use PaymentActor::{Approver, Finance, Operations, Partner, System};
use PaymentKind::{Incentive, Marketplace};
use PaymentOperation as Op;
use PaymentState as S;

/// Conditions that must hold before a transition.
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

/// Consequences of a transition: for the money and what the request holds, and for who waits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The money moves from payable into the payout.
    Reserve,
    /// It moves back and can be requested again by the same request.
    Unreserve,
    /// The request lets go of what it held.
    Release,
    /// The bill is void: what was earned by it is not, and its lines can be billed again.
    Void,
    /// It is paid.
    Pay,
    /// Its invoices are signed for.
    SignInvoices,
    /// Its invoices are passed.
    PassInvoices,
    /// Its invoices are taken back.
    WithdrawInvoices,
    /// A round of countersigning begins.
    OpenRound,
    /// The deadline of the state it left ends, that of the state it is in begins.
    TurnClock,
    /// An event says where it stands.
    Tell,
}

/// Which requests a transition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// Every request there is.
    All,
    /// Requests of one kind.
    Kind(PaymentKind),
    /// Requests that are paid after an invoice.
    Invoiced,
    /// Requests that need none.
    Direct,
}

const MARKET: For = For::Kind(Marketplace);
const INCENT: For = For::Kind(Incentive);
const CERTIFIED: &[Guard] = &[Guard::Certified];

/// The machine of payment requests.
#[derive(Clone, Copy, Debug)]
pub struct Requests;

/// A transition that is told, and turns the clock; what it brings besides is said where it stands.
const fn row(operation: Op, from: S, to: S, of: For, by: &'static [PaymentActor]) -> Transition<Requests> {
    on::<Requests>(operation, from, to).of(of).by(by).then(&[Effect::TurnClock, Effect::Tell])
}

impl Machine for Requests {
    type State = PaymentState;
    type Operation = PaymentOperation;
    type Party = PaymentActor;
    type Reason = NoReason;
    type Sort = (PaymentKind, PayoutWay);
    type Of = For;
    type Guard = Guard;
    type Effect = Effect;

    const EVERY: For = For::All;
    /// In the order of the way to money.
    #[rustfmt::skip]
    const TABLE: &'static [Transition<Self>] = &[
        row(Op::Submit, S::PendingSubmit, S::AwaitPayout, INCENT, &[Partner, System]).if_all(&[Guard::Certified, Guard::NotLapsed])
            .then(&[Effect::Reserve, Effect::TurnClock, Effect::Tell]),
        row(Op::Withdraw, S::PendingSubmit, S::Cancelled, INCENT, &[Partner, System])
            .then(&[Effect::Release, Effect::TurnClock, Effect::Tell]).own(),
        row(Op::Confirm, S::PendingConfirm, S::AwaitCountersign, MARKET, &[Partner]).own(),
        row(Op::StartCountersign, S::AwaitCountersign, S::Countersigning, MARKET, &[Operations]).if_all(&[Guard::ApproversFound])
            .then(&[Effect::OpenRound, Effect::TurnClock, Effect::Tell]),
        row(Op::CompleteCountersign, S::Countersigning, S::AwaitPayout, MARKET, &[Approver]).if_all(&[Guard::AllAgreed]),
        row(Op::RejectCountersign, S::Countersigning, S::CountersignRejected, MARKET, &[Approver]).why(Why::Words),
        row(Op::RestartCountersign, S::CountersignRejected, S::Countersigning, MARKET, &[Operations]).why(Why::Words).if_all(&[Guard::ApproversFound])
            .then(&[Effect::OpenRound, Effect::TurnClock, Effect::Tell]).own(),
        row(Op::VoidBill, S::CountersignRejected, S::Cancelled, MARKET, &[Operations]).why(Why::Words)
            .then(&[Effect::Void, Effect::TurnClock, Effect::Tell]).own(),
        row(Op::CreatePayout, S::AwaitPayout, S::PendingInvoice, For::Invoiced, &[System]).if_all(CERTIFIED),
        row(Op::FailPayoutCreation, S::AwaitPayout, S::PayoutCreateFailed, For::Invoiced, &[System]).why(Why::Words),
        row(Op::RetryPayoutCreation, S::PayoutCreateFailed, S::AwaitPayout, For::Invoiced, &[Operations, System]),
        row(Op::IssueDirectly, S::AwaitPayout, S::Paid, For::Direct, &[System])
            .then(&[Effect::Pay, Effect::TurnClock, Effect::Tell]),
        row(Op::FailIssue, S::AwaitPayout, S::CompletedWithError, For::Direct, &[System]).why(Why::Words),
        row(Op::RetryIssue, S::CompletedWithError, S::AwaitPayout, For::Direct, &[Operations]).why(Why::Words).own(),
        row(Op::SignForInvoices, S::PendingInvoice, S::InvoiceInReview, For::Invoiced, &[Finance]).if_all(&[Guard::InvoicesComplete])
            .then(&[Effect::SignInvoices, Effect::TurnClock, Effect::Tell]),
        row(Op::PassInvoices, S::InvoiceInReview, S::PaymentProcessing, For::Invoiced, &[Finance]).if_all(&[Guard::InvoicesComplete])
            .then(&[Effect::PassInvoices, Effect::TurnClock, Effect::Tell]),
        row(Op::RejectInvoices, S::InvoiceInReview, S::InvoiceRejected, For::Invoiced, &[Finance]).why(Why::Words).own(),
        row(Op::ReplaceInvoices, S::InvoiceRejected, S::PendingInvoice, For::Invoiced, &[Partner]).own(),
        row(Op::ApprovePayment, S::PaymentProcessing, S::Paying, MARKET, &[Finance]).if_all(CERTIFIED).own(),
        row(Op::ApprovePayment, S::PaymentProcessing, S::PaymentRechecking, INCENT, &[Finance]),
        row(Op::RecheckPayment, S::PaymentRechecking, S::Paying, INCENT, &[Finance]).if_all(&[Guard::Certified, Guard::AnotherPerson]),
        row(Op::ReportPaymentInfo, S::PaymentProcessing, S::PaymentInfoError, For::Invoiced, &[Finance]).why(Why::Words),
        row(Op::ReportPaymentInfo, S::PaymentRechecking, S::PaymentInfoError, INCENT, &[Finance]).why(Why::Words).own(),
        row(Op::ReportPaymentInfo, S::PaymentFailed, S::PaymentInfoError, For::Invoiced, &[Operations, Finance]).why(Why::Words).own(),
        row(Op::ResumePayment, S::PaymentInfoError, S::PaymentProcessing, For::Invoiced, &[Operations]).if_all(CERTIFIED).own(),
        row(Op::RejectPayout, S::PaymentProcessing, S::PayoutRejected, For::Invoiced, &[Finance]).why(Why::Words),
        row(Op::RejectPayout, S::PaymentRechecking, S::PayoutRejected, INCENT, &[Finance]).why(Why::Words),
        row(Op::ReopenInvoicing, S::PayoutRejected, S::PendingInvoice, MARKET, &[Operations]).why(Why::Words),
        row(Op::RestartPayment, S::PayoutRejected, S::PaymentProcessing, MARKET, &[Operations]).why(Why::Words),
        row(Op::RequestAgain, S::PayoutRejected, S::PendingSubmit, INCENT, &[Partner])
            .then(&[Effect::Unreserve, Effect::WithdrawInvoices, Effect::TurnClock, Effect::Tell]),
        row(Op::SettlePayment, S::Paying, S::Paid, For::Invoiced, &[System])
            .then(&[Effect::Pay, Effect::TurnClock, Effect::Tell]).own(),
        row(Op::FailPayment, S::Paying, S::PaymentFailed, For::Invoiced, &[System]).why(Why::Words).own(),
        row(Op::RetryPayment, S::PaymentFailed, S::Paying, For::Invoiced, &[Operations, Finance]).if_all(CERTIFIED).own(),
    ];

    fn includes(of: For, (kind, way): Self::Sort) -> bool {
        match of {
            For::All => true,
            For::Kind(of) => of == kind,
            For::Invoiced => needs_invoice(way),
            For::Direct => !needs_invoice(way),
        }
    }

    fn parties(actor: &Actor, partner: Option<PartnerId>) -> Vec<PaymentActor> {
        match &actor.principal {
            Principal::System => vec![System],
            Principal::Partner { partner_id } if Some(*partner_id) == partner => vec![Partner],
            Principal::Partner { .. } | Principal::Customer { .. } => vec![],
            Principal::Operator { .. } => {
                let role = |role, as_what| actor.has_role(role).then_some(as_what);
                let held = [role(Role::Operations, Operations), role(Role::Finance, Finance)];
                held.into_iter().flatten().chain([Approver]).collect()
            }
        }
    }
}

/// `true` if the partner invoices the vendor before it is paid.
#[must_use]
pub const fn needs_invoice(way: PayoutWay) -> bool {
    matches!(way, PayoutWay::BankTransfer | PayoutWay::TopUp)
}

/// The places at which requests wait for people like `actor`: somebody of them can bring the request on, and not only
/// take it back or refuse it. PURE.
#[must_use]
pub fn awaiting(actor: &Actor) -> Vec<(PaymentKind, PayoutWay, S)> {
    // Whoever asks for its own partner is that partner.
    let mut parties = Requests::parties(actor, actor.partner());
    // An approver acts where it was asked, by its vote.
    parties.retain(|party| !matches!(party, Approver | System));
    let brings_on = |t: &Transition<Requests>| {
        !t.why.needs_words() && t.operation != Op::Withdraw && t.by.iter().any(|by| parties.contains(by))
    };
    let mut places = Vec::new();
    for kind in PaymentKind::ALL {
        for way in PayoutWay::ALL {
            for state in S::ALL {
                // What a partner does there is no operation of the request: it registers its invoices.
                let invoices =
                    parties.contains(&Partner) && *state == S::PendingInvoice && needs_invoice(*way);
                if from::<Requests>((*kind, *way), *state).any(|t| brings_on(t) || invoices) {
                    places.push((*kind, *way, *state));
                }
            }
        }
    }
    places
}

/// `true` while the money of a request is in its payout.
#[must_use]
pub const fn holds_money(state: S) -> bool {
    !matches!(state, S::PendingSubmit | S::Paid | S::Cancelled)
}

/// `true` while a request goes on only after somebody mends what was refused or failed.
#[must_use]
pub const fn is_stuck(state: S) -> bool {
    matches!(
        state,
        S::CountersignRejected
            | S::PayoutCreateFailed
            | S::InvoiceRejected
            | S::PaymentInfoError
            | S::PayoutRejected
            | S::PaymentFailed
            | S::CompletedWithError
    )
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
