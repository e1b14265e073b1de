//! The enums of opportunities as GraphQL enums, by the same names.

use async_graphql::Enum;

/// Who shares an opportunity.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::OpportunityKind")]
pub enum OpportunityKind {
    /// A partner shares it with the vendor, which reviews and verifies it.
    Po,
    /// The vendor shares it with a partner, which accepts it.
    Ho,
}

/// Where an opportunity stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::OpportunityState")]
pub enum OpportunityState {
    /// Saved by the partner, not sent.
    Draft,
    /// The vendor reviews whether it is complete and reasonable.
    InReview,
    /// Sent back with comments.
    ReviewRejected,
    /// The vendor verifies it with the customer.
    Verifying,
    /// Verified: no other that repeats it passes.
    Verified,
    /// Verification failed, was not done in time, or another that it repeats passed.
    Rejected,
    /// The vendor's own, offered to nobody yet.
    ToOffer,
    /// A partner has to accept or refuse it.
    PendingAccept,
    /// The partner refused it.
    Refused,
    /// The partner did not answer in time; it was taken back.
    RefusedTimeout,
    /// A partner accepted it.
    Accepted,
    /// Partner and vendor sell together.
    InProgress,
    /// The customer signed.
    Won,
    /// Delivery is complete.
    Delivered,
    /// Lost.
    Lost,
    /// Given up.
    Closed,
}

/// What happens to an opportunity.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::OpportunityOperation")]
pub enum OpportunityOperation {
    /// It was made.
    Create,
    /// Something it says was changed.
    Edit,
    /// A reviewer works on it from now on.
    Claim,
    /// A reviewer lets it go.
    Release,
    /// Another office or person looks after it.
    Reassign,
    /// The partner sends it.
    Submit,
    /// The partner takes it back.
    Withdraw,
    /// Review finds it complete and reasonable.
    PassReview,
    /// Review sends it back.
    SendBack,
    /// It is verified.
    Verify,
    /// It is rejected.
    Reject,
    /// Nobody verified it in time.
    Expire,
    /// Another that it repeats passed.
    YieldToOther,
    /// It is offered to a partner.
    Offer,
    /// The partner accepts it.
    Accept,
    /// The partner refuses it.
    Refuse,
    /// The partner did not answer in time.
    TimeOut,
    /// The vendor takes an offer back.
    Recall,
    /// Selling together begins, with the first report of progress.
    Start,
    /// Progress was told.
    Progress,
    /// The customer signed.
    Win,
    /// It was lost.
    Lose,
    /// It is given up.
    Close,
    /// Delivery is complete.
    Deliver,
}

/// As what somebody acts on an opportunity.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::OpportunityActor")]
pub enum OpportunityActor {
    /// The partner it belongs to or is offered to.
    Partner,
    /// A reviewer of the vendor.
    Reviewer,
    /// Operations of the vendor.
    Operations,
    /// The product itself.
    System,
}

/// Which side somebody is on.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::OpportunitySide")]
pub enum OpportunitySide {
    /// The partner.
    Partner,
    /// The vendor.
    Vendor,
}

/// Why an opportunity was refused or ended. The first three are those of verification by the public pages.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::OpportunityReason")]
pub enum OpportunityReason {
    /// The customer says that it does not exist, or was traded already.
    NotExistOrTraded,
    /// The customer has no budget, or no clear time of ordering.
    NoBudgetOrDate,
    /// The need has nothing to do with the vendor's cloud and brings no additional revenue.
    UnrelatedNoIncrement,
    /// It repeats one that passed.
    Duplicate,
    /// It was not verified in time.
    Expired,
    /// Something is missing.
    Incomplete,
    /// It is not reasonable.
    Unreasonable,
    /// The partner has no capacity.
    NoCapacity,
    /// The partner does not work there, or not on this.
    OutOfScope,
    /// The partner is in conflict of interest with the customer.
    Conflict,
    /// A competitor won.
    Competitor,
    /// It was too expensive.
    Price,
    /// The solution did not fit.
    NoFit,
    /// The customer gave the project up, or put it off.
    CustomerGaveUp,
    /// Something else, said in words.
    Other,
}

/// How far the customer's budget is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::BudgetState")]
pub enum BudgetState {
    /// There is none.
    None,
    /// A first plan of investment exists.
    Planned,
    /// It was asked for.
    Applied,
    /// It is granted.
    Approved,
}

/// How far the purchase is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PurchasePhase")]
pub enum PurchasePhase {
    /// Top-level design.
    TopLevelDesign,
    /// The need is planned.
    Planning,
    /// A tender is prepared.
    TenderPreparation,
    /// Offers are compared.
    Selection,
    /// The contract is prepared.
    Contracting,
}

/// The support a partner asks for.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::SupportKind")]
pub enum SupportKind {
    /// The architecture is validated.
    ArchitectureValidation,
    /// Business is demonstrated.
    BusinessDemo,
    /// Technical consulting.
    TechnicalConsulting,
    /// Support of the strategy.
    StrategySupport,
    /// Resources are configured.
    ResourceConfiguration,
    /// None: the vendor is to know of it.
    VisibilityOnly,
}

/// What was done for the customer already.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PresalesActivity")]
pub enum PresalesActivity {
    /// The customer was met.
    CustomerMeeting,
    /// The need was worked out with it.
    NeedAlignment,
    /// A solution was discussed.
    SolutionDiscussion,
    /// It was shown something.
    Demonstration,
    /// Something was tried out.
    ProofOfConcept,
    /// An offer was made.
    Quotation,
}

/// How far the sale is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::OpportunityStage")]
pub enum OpportunityStage {
    /// The need is worked out.
    Requirement,
    /// A solution is made.
    Solution,
    /// Offers are compared.
    Bidding,
    /// The contract is negotiated.
    Negotiation,
    /// The contract is signed.
    Contract,
    /// It is delivered.
    Delivery,
}

/// What an opportunity says that people may change.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::OpportunityField")]
pub enum OpportunityField {
    /// What it is called.
    Name,
    /// What it is about.
    Description,
    /// Who the customer is: name, credit code, account, place, industry.
    Customer,
    /// Whom to talk to there.
    Contact,
    /// What was done already.
    PresalesActivities,
    /// The partner's own offering.
    Offering,
    /// The vendor's services wanted.
    Services,
    /// The support asked for.
    Support,
    /// The customer's budget.
    Budget,
    /// Who decides.
    DecisionMaker,
    /// What the customer needs.
    Need,
    /// How far the purchase is.
    PurchasePhase,
    /// Expected revenue of the vendor, and its currency.
    ExpectedAmount,
    /// When it is signed.
    ExpectedSignOn,
    /// When it is delivered.
    ExpectedDeliveryOn,
    /// That the customer agreed to the sharing of its data.
    CustomerConsent,
    /// The product family wanted, while no partner's offering says it.
    DemandTag,
}
