//! Enums of opportunities and of their offers, candidates and progress; these texts become descriptions in
//! the GraphQL schema.

use crate::stored::named;

named! {
    /// The side that shares an opportunity: it decides who reviews, verifies and accepts.
    OpportunityKind {
        /// Partner-originated opportunity (PO): a partner shares it with the vendor, which reviews and
        /// verifies it.
        Po = "PO",
        /// House opportunity (HO): the vendor shares it with a partner, which accepts or refuses it.
        Ho = "HO",
    }

    /// State of an opportunity. A partner's own (PO) starts as DRAFT, the vendor's own (HO) as TO_OFFER.
    OpportunityState {
        /// The partner saved it and has not submitted it; nobody else sees it.
        Draft = "DRAFT",
        /// The vendor reviews whether it is complete and reasonable.
        InReview = "IN_REVIEW",
        /// The review sent it back to the partner with comments.
        ReviewRejected = "REVIEW_REJECTED",
        /// The vendor verifies it with the customer.
        Verifying = "VERIFYING",
        /// It is verified; from here on no other that repeats it passes.
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
        /// The sale was lost.
        Lost = "LOST",
        /// One side gave it up.
        Closed = "CLOSED",
    }

    /// An operation on an opportunity, as its trail records it: a transition, or a change of what it says.
    OpportunityOperation {
        /// Somebody made it.
        Create = "CREATE",
        /// Somebody changed one of its fields.
        Edit = "EDIT",
        /// A reviewer takes it and works on it from now on.
        Claim = "CLAIM",
        /// The reviewer who took it gives it back to the office.
        Release = "RELEASE",
        /// Another office or person looks after it from now on.
        Reassign = "REASSIGN",
        /// The partner submits it for review.
        Submit = "SUBMIT",
        /// The partner takes it back.
        Withdraw = "WITHDRAW",
        /// Review finds it complete and reasonable.
        PassReview = "PASS_REVIEW",
        /// Review sends it back to the partner.
        SendBack = "SEND_BACK",
        /// The vendor found it to be real.
        Verify = "VERIFY",
        /// The vendor rejects it for good.
        Reject = "REJECT",
        /// It is rejected, because nobody verified it in time.
        Expire = "EXPIRE",
        /// It is rejected, because another that it repeats passed.
        YieldToOther = "YIELD_TO_OTHER",
        /// It is offered to a partner.
        Offer = "OFFER",
        /// The partner accepts it.
        Accept = "ACCEPT",
        /// The partner refuses it.
        Refuse = "REFUSE",
        /// The partner did not answer its offer in time.
        TimeOut = "TIME_OUT",
        /// The vendor takes an offer back.
        Recall = "RECALL",
        /// Selling together begins, with the first report of progress.
        Start = "START",
        /// One side reported progress.
        Progress = "PROGRESS",
        /// The customer signed.
        Win = "WIN",
        /// The sale was lost.
        Lose = "LOSE",
        /// One side gives it up.
        Close = "CLOSE",
        /// Delivery is complete.
        Deliver = "DELIVER",
    }

    /// The capacity in which somebody acts on an opportunity.
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

    /// A side of the joint sale.
    OpportunitySide {
        /// The partner that has the opportunity.
        Partner = "PARTNER",
        /// The vendor's staff.
        Vendor = "VENDOR",
    }

    /// Reason of a refusal or an end. The first three are the grounds of verification on the public pages.
    OpportunityReason {
        /// The customer says that it does not exist, or was traded already.
        NotExistOrTraded = "NOT_EXIST_OR_TRADED",
        /// The customer has no budget, or no clear time of ordering.
        NoBudgetOrDate = "NO_BUDGET_OR_DATE",
        /// The need has nothing to do with the vendor's cloud and brings no additional revenue.
        UnrelatedNoIncrement = "UNRELATED_NO_INCREMENT",
        /// It repeats an opportunity that passed.
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

    /// A field of an opportunity that people may change; edits list the fields they changed.
    OpportunityField {
        /// Title of the opportunity.
        Name = "NAME",
        /// The text about budget, decision maker, need and time.
        Description = "DESCRIPTION",
        /// The customer: name, credit code, account, place, industry.
        Customer = "CUSTOMER",
        /// The person to talk to at the customer.
        Contact = "CONTACT",
        /// Activities at the customer before it was shared.
        PresalesActivities = "PRESALES_ACTIVITIES",
        /// The partner's own offering.
        Offering = "OFFERING",
        /// The vendor's services wanted.
        Services = "SERVICES",
        /// The support asked for.
        Support = "SUPPORT",
        /// The customer's budget.
        Budget = "BUDGET",
        /// The person who decides at the customer.
        DecisionMaker = "DECISION_MAKER",
        /// The customer's need.
        Need = "NEED",
        /// Phase of the customer's purchase.
        PurchasePhase = "PURCHASE_PHASE",
        /// Expected revenue of the vendor, and its currency.
        ExpectedAmount = "EXPECTED_AMOUNT",
        /// Day on which the customer is expected to sign.
        ExpectedSignOn = "EXPECTED_SIGN_ON",
        /// Day on which delivery is expected.
        ExpectedDeliveryOn = "EXPECTED_DELIVERY_ON",
        /// The customer's consent to the sharing of its data.
        CustomerConsent = "CUSTOMER_CONSENT",
        /// The product family wanted, while no partner's offering says it.
        DemandTag = "DEMAND_TAG",
    }

    /// State of the customer's budget, from a plan to its approval.
    BudgetState {
        /// The customer has no budget.
        None = "NONE",
        /// A first plan of investment exists.
        Planned = "PLANNED",
        /// The budget was applied for.
        Applied = "APPLIED",
        /// The budget is granted.
        Approved = "APPROVED",
    }

    /// Phase of the customer's purchase, from early to late.
    PurchasePhase {
        /// The customer works on its top-level design.
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
        /// The vendor gives technical advice.
        TechnicalConsulting = "TECHNICAL_CONSULTING",
        /// The vendor supports the strategy of the sale.
        StrategySupport = "STRATEGY_SUPPORT",
        /// Resources are configured.
        ResourceConfiguration = "RESOURCE_CONFIGURATION",
        /// No support: the vendor is only to know of it.
        VisibilityOnly = "VISIBILITY_ONLY",
    }

    /// An activity at the customer before the opportunity was shared.
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

    /// Stage of the sale, as the latest report of progress says.
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

    /// Ground on which an opportunity came to its office.
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

    /// State of an offer of the vendor's opportunity to one partner.
    OfferState {
        /// The partner has to answer.
        Pending = "PENDING",
        /// The partner accepted it.
        Accepted = "ACCEPTED",
        /// The partner refused it.
        Refused = "REFUSED",
        /// The partner did not answer in time.
        TimedOut = "TIMED_OUT",
        /// The vendor took it back.
        Recalled = "RECALLED",
    }

    /// Decision about a suspected pair: two opportunities that seem to be the same.
    DuplicateState {
        /// Nobody has decided yet.
        Suspected = "SUSPECTED",
        /// They are the same, so that only one of them may pass.
        Confirmed = "CONFIRMED",
        /// They are different, so that both may pass.
        Dismissed = "DISMISSED",
    }

    /// Ground on which two opportunities became candidates for duplicates.
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
