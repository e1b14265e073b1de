//! The closed list of refusals as a GraphQL enum.

use async_graphql::Enum;

/// Why a request was refused. New values may be added; treat one you do not know as a plain refusal.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "domain::Code")]
pub enum UserErrorCode {
    /// A value that cannot be read or is out of bounds.
    Invalid,
    /// Something that is named does not exist, or belongs to somebody else.
    NotFound,
    /// The same thing exists already.
    AlreadyExists,
    /// The caller may not do this.
    NotAllowed,
    /// The key was used for another input.
    IdempotencyKeyReused,
    /// Somebody else changed it first.
    VersionConflict,
    /// The customer has a partner in that time.
    AssociationOverlaps,
    /// The reseller has a distributor in that time.
    LinkOverlaps,
    /// This distributor may not have customers of its own.
    DistributorMayNotAssociate,
    /// A reseller without a distributor cannot take customers.
    ResellerWithoutDistributor,
    /// The partner is of the wrong kind.
    WrongPartnerKind,
    /// Distributor and reseller are of different regions.
    RegionMismatch,
    /// The account belongs to another customer.
    AccountLinked,
    /// The month is final.
    MonthClosed,
    /// An earlier month is not final.
    EarlierMonthOpen,
    /// The month has not ended.
    MonthNotOver,
    /// A run of this month and kind exists.
    RunExists,
    /// An import is under way.
    ImportRunning,
    /// Not possible in this state.
    WrongState,
    /// A row of a calendar is wrong.
    CalendarRow,
    /// The database is not a demonstration's.
    ClockNotSettable,
    /// A clock never goes back.
    ClockMovesOn,
    /// Nobody said where files are kept.
    NoFileStore,
    /// The file is too large.
    FileTooLarge,
    /// The file is not of an accepted kind, or not what its name says.
    FileKind,
    /// So much waits already that more would only wait.
    LimitReached,
    /// Another policy covers the same months.
    PolicyOverlaps,
    /// Nobody is on the list of approvers for such a bill.
    NoApprover,
    /// Nobody approves what he made, or twice.
    FourEyes,
    /// The caller was not asked to vote, or has voted.
    NotAsked,
    /// A refusal needs a reason.
    ReasonRequired,
    /// The business information is not certified.
    NotCertified,
    /// The invoices do not come to the amount, or are not signed for.
    InvoicesIncomplete,
    /// The taxpayer of an invoice is not the certified one.
    TaxpayerDiffers,
    /// Invoices would come to more than the request.
    InvoicesExceed,
    /// Nothing is left to be paid.
    NothingToPay,
    /// What would be paid is less than the least amount.
    BelowMinimum,
    /// The way of payment is not for this business.
    WayNotAllowed,
    /// The holding period is not over.
    NotYetAvailable,
    /// Another request holds it.
    AlreadyRequested,
    /// Somebody finds something wrong with the bill.
    FeedbackOpen,
    /// Who the customer is, or where, is not said.
    CustomerMissing,
    /// Nobody is named at the customer, or no way to reach that person.
    ContactMissing,
    /// Nothing was done for it yet.
    ActivityMissing,
    /// It is not described.
    DescriptionTooShort,
    /// There is no budget and no plan of one.
    BudgetMissing,
    /// Nobody who decides is named.
    DecisionMakerMissing,
    /// The need is not said.
    NeedMissing,
    /// When it is bought is not said.
    PurchaseTimeMissing,
    /// It was to be bought already.
    PurchaseTimePast,
    /// It is bought too late.
    PurchaseTooFar,
    /// It brings no revenue worth the work.
    RevenueTooSmall,
    /// The customer has not agreed.
    ConsentMissing,
    /// This may not be changed there.
    FieldNotEditable,
    /// The partner did not join the frame of shared opportunities.
    PceNotJoined,
    /// The reviewer has not claimed it.
    NotClaimed,
    /// Another reviewer works on it.
    ClaimedByOther,
    /// The reviewer does not work in the office that looks after it.
    NotOfItsOffice,
    /// No offering of the partner goes with it.
    OfferingMissing,
    /// Another opportunity that it repeats passed.
    DuplicateOpportunity,
    /// Another opportunity that it repeats has to be decided first.
    DuplicateUndecided,
    /// Nobody works in the office.
    OfficeWithoutPeople,
    /// It seems to repeat an opportunity that passed, and nobody decided on the two.
    DuplicateSuspected,
    /// The person is hidden by the side that entered it.
    ContactHidden,
    /// The rule holds two opportunities to be the same, whatever somebody finds.
    DuplicateByRule,
    /// Another version of the terms is in force.
    TermsOutdated,
    /// Not everything was ticked.
    CommitmentMissing,
    /// An opportunity cannot be offered to this partner.
    NotEligible,
    /// There is nobody to whom an opportunity could be offered.
    NoRecipient,
    /// The offer was not answered in time.
    OfferExpired,
    /// The account is of another customer.
    AccountOfOther,
    /// The order belongs to another opportunity.
    OrderOfOther,
    /// The vendor's own opportunities earn no claim.
    PceNotPartners,
    /// The customer has not signed.
    PceNotSigned,
    /// The partner is not on the list of core partners.
    PceNotCore,
    /// The offering is not on the white list.
    PceOfferingNotListed,
    /// No account is linked.
    PceNoAccount,
    /// No order is linked.
    PceNoOrder,
    /// The customer is no enterprise.
    PceNotEnterprise,
    /// The names differ.
    PceNameDiffers,
    /// No policy is for the month of signing.
    PceNoPolicy,
    /// It was claimed already.
    PceClaimedAlready,
    /// Another claim rests on the same.
    PceGroundTaken,
    /// An incentive claim rests on the opportunity.
    PceClaimUnderWay,
    /// It comes to nothing.
    PceNothingEarned,
    /// Payouts do not go to the sandbox here.
    NoSandbox,
}
