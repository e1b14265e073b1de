//! The enums of the way from a bill to money as GraphQL enums, by the same names.

use async_graphql::Enum;

/// Where a partner's business information stands: without it nothing is billed or paid.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::Certification")]
pub enum Certification {
    /// Nothing was handed in.
    NotSubmitted,
    /// The vendor reviews it.
    InReview,
    /// A small transfer waits to be named by the partner.
    AmountVerification,
    /// Certified: bills are made and paid.
    Certified,
    /// Refused, with a reason.
    Failed,
    /// Locked after wrong answers.
    Locked,
    /// A change is reviewed: nothing is paid until it is certified.
    ChangeInReview,
}

/// What a payment request pays.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PaymentKind")]
pub enum PaymentKind {
    /// Shares of marketplace revenue.
    Marketplace,
    /// Incentives.
    Incentive,
}

/// How a payment request is paid.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PayoutWay")]
pub enum PayoutWay {
    /// To the certified bank account.
    BankTransfer,
    /// Onto the partner's account at the vendor.
    TopUp,
    /// The same, with the invoice owed: no invoice now.
    TopUpOwedInvoice,
    /// As a quota of coupons: no invoice.
    CouponQuota,
}

/// Where a payment request stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PaymentState")]
pub enum PaymentState {
    /// Put together by the partner, not handed in.
    PendingSubmit,
    /// The partner confirms the bill first.
    PendingConfirm,
    /// Operations start the countersign.
    AwaitCountersign,
    /// Approvers vote.
    Countersigning,
    /// An approver refused.
    CountersignRejected,
    /// The product creates the payout at the gateway.
    AwaitPayout,
    /// The gateway did not create it.
    PayoutCreateFailed,
    /// The partner invoices.
    PendingInvoice,
    /// Finance reviews the invoices.
    InvoiceInReview,
    /// An invoice was refused.
    InvoiceRejected,
    /// Finance reviews the payment.
    PaymentProcessing,
    /// A second person of finance reviews it.
    PaymentRechecking,
    /// Bank or payment data are wrong.
    PaymentInfoError,
    /// Finance refused to pay.
    PayoutRejected,
    /// The transfer runs.
    Paying,
    /// The bank refused the transfer.
    PaymentFailed,
    /// Paid.
    Paid,
    /// The coupons or the top-up were not issued.
    CompletedWithError,
    /// Given up: what it held can be requested again.
    Cancelled,
}

/// What moves a payment request from state to state.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PaymentOperation")]
pub enum PaymentOperation {
    /// Made.
    Create,
    /// The partner hands it in.
    Submit,
    /// The partner gives a request up that it has not handed in.
    Withdraw,
    /// The partner confirms the bill.
    Confirm,
    /// Operations open the first round.
    StartCountersign,
    /// The last approver agreed.
    CompleteCountersign,
    /// An approver refused.
    RejectCountersign,
    /// Operations open another round.
    RestartCountersign,
    /// Operations void the bill.
    VoidBill,
    /// The gateway created the payout.
    CreatePayout,
    /// The gateway did not create it.
    FailPayoutCreation,
    /// Once more.
    RetryPayoutCreation,
    /// Coupons or top-up were issued at once, without an invoice.
    IssueDirectly,
    /// They could not be issued.
    FailIssue,
    /// Once more.
    RetryIssue,
    /// Finance signed for the invoices.
    SignForInvoices,
    /// Finance passes the invoices.
    PassInvoices,
    /// Finance refuses them.
    RejectInvoices,
    /// The partner replaces what was refused.
    ReplaceInvoices,
    /// Finance approves the payment.
    ApprovePayment,
    /// A second person approves it.
    RecheckPayment,
    /// Bank or payment data are wrong.
    ReportPaymentInfo,
    /// They are right again.
    ResumePayment,
    /// Finance refuses to pay.
    RejectPayout,
    /// The partner has to invoice first.
    ReopenInvoicing,
    /// Operations hand the payment in again.
    RestartPayment,
    /// The partner requests again.
    RequestAgain,
    /// The bank confirms.
    SettlePayment,
    /// The bank refuses.
    FailPayment,
    /// Once more.
    RetryPayment,
}

/// As what somebody moves a payment request.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PaymentActor")]
pub enum PaymentActor {
    /// The product itself: worker and gateway.
    System,
    /// Vendor operations.
    Operations,
    /// Vendor finance.
    Finance,
    /// An approver of the round.
    Approver,
    /// The partner whose request it is.
    Partner,
}

/// The voice of an approver.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::CountersignVote")]
pub enum CountersignVote {
    /// Agrees.
    Approve,
    /// Refuses: the round is over.
    Reject,
}

/// What a payment request is made of.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PaymentSource")]
pub enum PaymentSource {
    /// Incentive that a partner may request.
    Entitlement,
    /// A marketplace settlement bill.
    SettlementBill,
}

/// An account of the ledger. Each partner has one of each in every currency; together they are zero.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::LedgerAccount")]
pub enum LedgerAccount {
    /// The other side of what the partner earned: never above zero as a whole.
    Earned,
    /// Owed to the partner and free to be requested.
    Payable,
    /// Earned, but customers have not paid yet.
    Frozen,
    /// Owed by the partner, to be set off: at or below zero.
    Carried,
    /// In a payment request that is under way.
    InPayout,
    /// Paid out.
    Paid,
    /// Lapsed because it was not requested in time.
    Lapsed,
}

/// Where incentive that may be requested comes from.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::EntitlementKind")]
pub enum EntitlementKind {
    /// Issued with a bill.
    Earned,
    /// Was frozen until customers paid.
    Released,
    /// What was left of negatives after something lapsed against them.
    Offset,
}

/// Where incentive that may be requested stands; whether a request holds it, the request says.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::EntitlementState")]
pub enum EntitlementState {
    /// Can be requested.
    Open,
    /// Lapsed: not requested in time.
    Expired,
    /// Set off.
    Offset,
}

/// Where a frozen part of a bill stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::FreezeState")]
pub enum FreezeState {
    /// The customer has not paid.
    Frozen,
    /// The customer paid: it can be requested.
    Released,
    /// A correction of a later bill brought it instead.
    Corrected,
}

/// What an invoice of a partner is: a VAT special one.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PartnerInvoiceKind")]
pub enum PartnerInvoiceKind {
    /// VAT special invoice on paper.
    VatSpecialPaper,
    /// VAT special invoice, electronic.
    VatSpecialElectronic,
    /// Fully digital special invoice.
    FullyDigitalSpecial,
}

/// Where an invoice of a partner stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PartnerInvoiceState")]
pub enum PartnerInvoiceState {
    /// Registered by the partner; on its way.
    Registered,
    /// Received by the vendor.
    SignedFor,
    /// Reviewed and right.
    Passed,
    /// Refused; another replaces it.
    Rejected,
    /// Taken back, or its request was given up.
    Withdrawn,
}
