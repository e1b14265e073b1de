//! Enums in the columns of this room.

use crate::stored::named;

named! {
    /// Who shares an opportunity.
    OpportunityKind {
        /// A partner shares it with the vendor, which reviews and verifies it.
        Po = "PO",
        /// The vendor shares it with a partner, which accepts it.
        Ho = "HO",
    }

    /// Where an opportunity stands.
    OpportunityState {
        /// Saved by the partner, not sent.
        Draft = "DRAFT",
        /// The vendor reviews whether it is complete and reasonable.
        InReview = "IN_REVIEW",
        /// Sent back with comments.
        ReviewRejected = "REVIEW_REJECTED",
        /// The vendor verifies it with the customer.
        Verifying = "VERIFYING",
        /// Verified: no other that repeats it passes.
        Verified = "VERIFIED",
        /// Verification failed, was not done in time, or another that it repeats passed.
        Rejected = "REJECTED",
        /// The vendor's own, offered to nobody yet.
        ToOffer = "TO_OFFER",
        /// A partner has to accept or refuse it.
        PendingAccept = "PENDING_ACCEPT",
        /// The partner refused it.
        Refused = "REFUSED",
        /// The partner did not answer in time; it was taken back.
        RefusedTimeout = "REFUSED_TIMEOUT",
        /// A partner accepted it.
        Accepted = "ACCEPTED",
        /// Partner and vendor sell together.
        InProgress = "IN_PROGRESS",
        /// The customer signed.
        Won = "WON",
        /// Delivery is complete.
        Delivered = "DELIVERED",
        /// Lost.
        Lost = "LOST",
        /// Given up.
        Closed = "CLOSED",
    }

    /// What happens to an opportunity.
    OpportunityOperation {
        /// It was made.
        Create = "CREATE",
        /// Something it says was changed.
        Edit = "EDIT",
        /// A reviewer works on it from now on.
        Claim = "CLAIM",
        /// A reviewer lets it go.
        Release = "RELEASE",
        /// Another office or person looks after it.
        Reassign = "REASSIGN",
        /// The partner sends it.
        Submit = "SUBMIT",
        /// The partner takes it back.
        Withdraw = "WITHDRAW",
        /// Review finds it complete and reasonable.
        PassReview = "PASS_REVIEW",
        /// Review sends it back.
        SendBack = "SEND_BACK",
        /// It is verified.
        Verify = "VERIFY",
        /// It is rejected.
        Reject = "REJECT",
        /// Nobody verified it in time.
        Expire = "EXPIRE",
        /// Another that it repeats passed.
        YieldToOther = "YIELD_TO_OTHER",
        /// It is offered to a partner.
        Offer = "OFFER",
        /// The partner accepts it.
        Accept = "ACCEPT",
        /// The partner refuses it.
        Refuse = "REFUSE",
        /// The partner did not answer in time.
        TimeOut = "TIME_OUT",
        /// The vendor takes an offer back.
        Recall = "RECALL",
        /// Selling together begins, with the first report of progress.
        Start = "START",
        /// Progress was told.
        Progress = "PROGRESS",
        /// The customer signed.
        Win = "WIN",
        /// It was lost.
        Lose = "LOSE",
        /// It is given up.
        Close = "CLOSE",
        /// Delivery is complete.
        Deliver = "DELIVER",
    }

    /// As what somebody acts on an opportunity.
    OpportunityActor {
        /// The partner it belongs to or is offered to.
        Partner = "PARTNER",
        /// A reviewer of the vendor.
        Reviewer = "REVIEWER",
        /// Operations of the vendor.
        Operations = "OPERATIONS",
        /// The product itself.
        System = "SYSTEM",
    }

    /// Which side somebody is on.
    OpportunitySide {
        /// The partner.
        Partner = "PARTNER",
        /// The vendor.
        Vendor = "VENDOR",
    }

    /// Why an opportunity was refused or ended. The first three are those of verification by the public pages.
    OpportunityReason {
        /// The customer says that it does not exist, or was traded already.
        NotExistOrTraded = "NOT_EXIST_OR_TRADED",
        /// The customer has no budget, or no clear time of ordering.
        NoBudgetOrDate = "NO_BUDGET_OR_DATE",
        /// The need has nothing to do with the vendor's cloud and brings no additional revenue.
        UnrelatedNoIncrement = "UNRELATED_NO_INCREMENT",
        /// It repeats one that passed.
        Duplicate = "DUPLICATE",
        /// It was not verified in time.
        Expired = "EXPIRED",
        /// Something is missing.
        Incomplete = "INCOMPLETE",
        /// It is not reasonable.
        Unreasonable = "UNREASONABLE",
        /// The partner has no capacity.
        NoCapacity = "NO_CAPACITY",
        /// The partner does not work there, or not on this.
        OutOfScope = "OUT_OF_SCOPE",
        /// The partner is in conflict of interest with the customer.
        Conflict = "CONFLICT",
        /// A competitor won.
        Competitor = "COMPETITOR",
        /// It was too expensive.
        Price = "PRICE",
        /// The solution did not fit.
        NoFit = "NO_FIT",
        /// The customer gave the project up, or put it off.
        CustomerGaveUp = "CUSTOMER_GAVE_UP",
        /// Something else, said in words.
        Other = "OTHER",
    }

    /// What an opportunity says that people may change.
    OpportunityField {
        /// What it is called.
        Name = "NAME",
        /// What it is about.
        Description = "DESCRIPTION",
        /// Who the customer is: name, credit code, account, place, industry.
        Customer = "CUSTOMER",
        /// Whom to talk to there.
        Contact = "CONTACT",
        /// What was done already.
        PresalesActivities = "PRESALES_ACTIVITIES",
        /// The partner's own offering.
        Offering = "OFFERING",
        /// The vendor's services wanted.
        Services = "SERVICES",
        /// The support asked for.
        Support = "SUPPORT",
        /// The customer's budget.
        Budget = "BUDGET",
        /// Who decides.
        DecisionMaker = "DECISION_MAKER",
        /// What the customer needs.
        Need = "NEED",
        /// How far the purchase is.
        PurchasePhase = "PURCHASE_PHASE",
        /// Expected revenue of the vendor, and its currency.
        ExpectedAmount = "EXPECTED_AMOUNT",
        /// When it is signed.
        ExpectedSignOn = "EXPECTED_SIGN_ON",
        /// When it is delivered.
        ExpectedDeliveryOn = "EXPECTED_DELIVERY_ON",
        /// That the customer agreed to the sharing of its data.
        CustomerConsent = "CUSTOMER_CONSENT",
        /// The product family wanted, while no partner's offering says it.
        DemandTag = "DEMAND_TAG",
    }

    /// How far the customer's budget is.
    BudgetState {
        /// There is none.
        None = "NONE",
        /// A first plan of investment exists.
        Planned = "PLANNED",
        /// It was asked for.
        Applied = "APPLIED",
        /// It is granted.
        Approved = "APPROVED",
    }

    /// How far the purchase is.
    PurchasePhase {
        /// Top-level design.
        TopLevelDesign = "TOP_LEVEL_DESIGN",
        /// The need is planned.
        Planning = "PLANNING",
        /// A tender is prepared.
        TenderPreparation = "TENDER_PREPARATION",
        /// Offers are compared.
        Selection = "SELECTION",
        /// The contract is prepared.
        Contracting = "CONTRACTING",
    }

    /// The support a partner asks for.
    SupportKind {
        /// The architecture is validated.
        ArchitectureValidation = "ARCHITECTURE_VALIDATION",
        /// Business is demonstrated.
        BusinessDemo = "BUSINESS_DEMO",
        /// Technical consulting.
        TechnicalConsulting = "TECHNICAL_CONSULTING",
        /// Support of the strategy.
        StrategySupport = "STRATEGY_SUPPORT",
        /// Resources are configured.
        ResourceConfiguration = "RESOURCE_CONFIGURATION",
        /// None: the vendor is to know of it.
        VisibilityOnly = "VISIBILITY_ONLY",
    }

    /// What was done for the customer already.
    PresalesActivity {
        /// The customer was met.
        CustomerMeeting = "CUSTOMER_MEETING",
        /// The need was worked out with it.
        NeedAlignment = "NEED_ALIGNMENT",
        /// A solution was discussed.
        SolutionDiscussion = "SOLUTION_DISCUSSION",
        /// It was shown something.
        Demonstration = "DEMONSTRATION",
        /// Something was tried out.
        ProofOfConcept = "PROOF_OF_CONCEPT",
        /// An offer was made.
        Quotation = "QUOTATION",
    }

    /// How far the sale is.
    OpportunityStage {
        /// The need is worked out.
        Requirement = "REQUIREMENT",
        /// A solution is made.
        Solution = "SOLUTION",
        /// Offers are compared.
        Bidding = "BIDDING",
        /// The contract is negotiated.
        Negotiation = "NEGOTIATION",
        /// The contract is signed.
        Contract = "CONTRACT",
        /// It is delivered.
        Delivery = "DELIVERY",
    }

    /// Why an opportunity is where it is.
    RouteKind {
        /// The office that owns the customer.
        ExistingCustomer = "EXISTING_CUSTOMER",
        /// The office of the customer's location.
        CustomerLocation = "CUSTOMER_LOCATION",
        /// No office matches, or none has a reviewer: a coordinator finds one.
        Coordinator = "COORDINATOR",
        /// Somebody gave it to this office.
        Reassigned = "REASSIGNED",
        /// Nobody reviewed it in time.
        Escalated = "ESCALATED",
    }

    /// What became of an offer.
    OfferState {
        /// The partner has to answer.
        Pending = "PENDING",
        /// It accepted.
        Accepted = "ACCEPTED",
        /// It refused.
        Refused = "REFUSED",
        /// It did not answer in time.
        TimedOut = "TIMED_OUT",
        /// The vendor took it back.
        Recalled = "RECALLED",
    }

    /// What was decided of two opportunities that seem to be the same.
    DuplicateState {
        /// Nothing yet.
        Suspected = "SUSPECTED",
        /// They are the same.
        Confirmed = "CONFIRMED",
        /// They are not.
        Dismissed = "DISMISSED",
    }

    /// Why two opportunities seem to be the same.
    DuplicateGround {
        /// They name one customer that has an account.
        SameCustomer = "SAME_CUSTOMER",
        /// The customers have one credit code.
        CreditCode = "CREDIT_CODE",
        /// The customers have one name, but for legal form, case and signs.
        NameEqual = "NAME_EQUAL",
        /// The names of the customers are alike.
        NameSimilar = "NAME_SIMILAR",
        /// The names of the customers are alike without places and words of a trade.
        NameProperSimilar = "NAME_PROPER_SIMILAR",
        /// The same product family is wanted.
        SameFamily = "SAME_FAMILY",
        /// One of them names no product family.
        FamilyUnknown = "FAMILY_UNKNOWN",
        /// They are expected to be bought in the same time.
        WindowOverlaps = "WINDOW_OVERLAPS",
    }
}
