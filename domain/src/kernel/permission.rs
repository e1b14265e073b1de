//! The one permission table: the callers that may use each field. The rows a caller then sees are its scope
//! ([`crate::kernel::scope`]). What rows a caller then sees is its scope ([`crate::kernel::scope`]).
//!
//! Every field of `Query`, `Mutation` and `Subscription` has a row; a test walks the schema and fails on a
//! field without one. Administrators and the product itself may use everything.

use crate::kernel::actor::{Actor, Principal, Role};

/// The callers that may use a field, besides administrators and the product itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Roles of the vendor's staff that may; any one of them is enough.
    pub roles: &'static [Role],
    /// `true` if members of partners may.
    pub partner: bool,
    /// `true` if users of customers may.
    pub customer: bool,
}

const OPERATOR: &[Role] = &[Role::Operations, Role::Finance, Role::OpportunityReviewer];
const MONEY: &[Role] = &[Role::Operations, Role::Finance];

const fn grant(roles: &'static [Role], partner: bool, customer: bool) -> Grant {
    Grant { roles, partner, customer }
}

const ANYONE: Grant = grant(OPERATOR, true, true);
const OPERATORS: Grant = grant(OPERATOR, false, false);
const OPERATORS_AND_PARTNERS: Grant = grant(OPERATOR, true, false);
const OPERATIONS: Grant = grant(&[Role::Operations], false, false);
const REVIEWERS_AND_PARTNERS: Grant = grant(&[Role::Operations, Role::OpportunityReviewer], true, false);
const REVIEWERS: Grant = grant(&[Role::OpportunityReviewer], false, false);
const FINANCE: Grant = grant(&[Role::Finance], false, false);
const OPERATIONS_AND_FINANCE: Grant = grant(MONEY, false, false);
const REVIEW: &[Role] = &[Role::Operations, Role::OpportunityReviewer];
const REVIEW_STAFF: Grant = grant(REVIEW, false, false);
const REVIEW_AND_PARTNERS: Grant = grant(REVIEW, true, false);
const FINANCE_AND_PARTNERS: Grant = grant(MONEY, true, false);
const PARTNERS: Grant = grant(&[], true, false);
const OPERATIONS_AND_PARTNERS: Grant = grant(&[Role::Operations], true, false);
const ADMINISTRATOR: Grant = grant(&[], false, false);

/// The table, in the order of the schema.
pub const TABLE: &[(&str, Grant)] = &[
    ("Query.viewer", ANYONE),
    ("Query.node", ANYONE),
    ("Query.nodes", ANYONE),
    ("Query.search", ANYONE),
    ("Query.enumLabels", ANYONE),
    ("Query.programme", ANYONE),
    ("Query.errorCatalogue", ANYONE),
    ("Query.partner", OPERATORS_AND_PARTNERS),
    ("Query.partners", OPERATORS_AND_PARTNERS),
    ("Query.customer", ANYONE),
    ("Query.customers", ANYONE),
    ("Query.cloudAccounts", ANYONE),
    ("Query.products", ANYONE),
    ("Query.invoices", ANYONE),
    ("Query.import", OPERATIONS_AND_FINANCE),
    ("Query.imports", OPERATIONS_AND_FINANCE),
    ("Query.month", ANYONE),
    ("Query.months", ANYONE),
    ("Query.closeChecklist", OPERATIONS_AND_FINANCE),
    ("Query.settlementRun", OPERATORS),
    ("Query.settlementRuns", OPERATORS),
    ("Query.settlementPreview", OPERATIONS_AND_FINANCE),
    ("Query.performanceLine", OPERATORS_AND_PARTNERS),
    ("Query.performanceLines", OPERATORS_AND_PARTNERS),
    ("Query.performanceSums", OPERATORS_AND_PARTNERS),
    ("Query.payment", ANYONE),
    ("Query.payments", ANYONE),
    ("Query.paymentSums", OPERATORS_AND_PARTNERS),
    ("Query.incentivePolicies", OPERATORS_AND_PARTNERS),
    ("Query.incentiveBill", OPERATORS_AND_PARTNERS),
    ("Query.incentiveBills", OPERATORS_AND_PARTNERS),
    ("Query.paymentRequest", OPERATORS_AND_PARTNERS),
    ("Query.paymentRequests", OPERATORS_AND_PARTNERS),
    ("Query.paymentRequestSums", OPERATORS_AND_PARTNERS),
    ("Query.paymentSteps", OPERATORS_AND_PARTNERS),
    ("Query.countersignApprovers", OPERATORS),
    ("Query.ledgerPostings", FINANCE_AND_PARTNERS),
    ("Query.billFeedback", OPERATORS_AND_PARTNERS),
    ("Query.billFeedbacks", OPERATORS_AND_PARTNERS),
    ("Query.partnerInvoices", OPERATORS_AND_PARTNERS),
    ("Query.incentiveEntitlements", OPERATORS_AND_PARTNERS),
    ("Query.payoutTerms", OPERATORS_AND_PARTNERS),
    ("Query.file", OPERATORS_AND_PARTNERS),
    ("Query.export", FINANCE_AND_PARTNERS),
    ("Query.exports", FINANCE_AND_PARTNERS),
    ("Query.payoutOrders", OPERATIONS_AND_FINANCE),
    ("Query.settlementBill", OPERATORS_AND_PARTNERS),
    ("Query.settlementBills", OPERATORS_AND_PARTNERS),
    ("Query.settlementBillOut", OPERATORS),
    ("Query.settlementWithheld", OPERATORS_AND_PARTNERS),
    ("Query.marketplaceLines", OPERATORS_AND_PARTNERS),
    ("Query.marketplaceTerms", OPERATORS_AND_PARTNERS),
    ("Query.sellerNames", OPERATORS),
    ("Query.offices", OPERATORS),
    ("Query.opportunity", OPERATORS_AND_PARTNERS),
    ("Query.opportunities", OPERATORS_AND_PARTNERS),
    ("Query.opportunityOffers", OPERATORS_AND_PARTNERS),
    ("Query.pceTerms", OPERATORS_AND_PARTNERS),
    ("Query.partnerOfferings", OPERATORS_AND_PARTNERS),
    ("Query.pceClaim", FINANCE_AND_PARTNERS),
    ("Query.pceClaims", FINANCE_AND_PARTNERS),
    ("Query.pceClaimEligibility", OPERATORS_AND_PARTNERS),
    ("Query.pceIncentivePolicies", OPERATORS_AND_PARTNERS),
    ("Query.opportunityPipeline", OPERATORS_AND_PARTNERS),
    ("Query.opportunityViews", OPERATORS_AND_PARTNERS),
    ("Query.auditEvents", OPERATORS),
    ("Query.calendarDays", ANYONE),
    ("Query.workingDay", ANYONE),
    ("Query.deadlines", OPERATORS_AND_PARTNERS),
    ("Query.events", OPERATORS_AND_PARTNERS),
    ("Query.messages", OPERATIONS_AND_FINANCE),
    ("Query.jobs", OPERATIONS),
    ("Query.verify", OPERATIONS_AND_FINANCE),
    ("Mutation.programmeUpdate", ADMINISTRATOR),
    ("Mutation.coolingOffRuleSet", ADMINISTRATOR),
    ("Mutation.partnerCreate", OPERATIONS),
    ("Mutation.resellerLink", OPERATIONS),
    ("Mutation.customerCreate", OPERATIONS),
    ("Mutation.customerLongTailSet", OPERATIONS),
    ("Mutation.cloudAccountLink", OPERATIONS),
    ("Mutation.associationCreate", OPERATIONS),
    ("Mutation.associationEnd", OPERATIONS),
    ("Mutation.associationTransfer", OPERATIONS),
    ("Mutation.associationCorrect", OPERATIONS),
    ("Mutation.productPolicySet", OPERATIONS),
    ("Mutation.incentivePolicyCreate", FINANCE),
    ("Mutation.calendarImport", OPERATIONS),
    ("Mutation.importCreate", OPERATIONS_AND_FINANCE),
    ("Mutation.invoiceMarkPaid", FINANCE),
    ("Mutation.settlementRunStart", OPERATIONS_AND_FINANCE),
    ("Mutation.settlementRunPause", OPERATIONS_AND_FINANCE),
    ("Mutation.settlementRunResume", OPERATIONS_AND_FINANCE),
    ("Mutation.settlementRunCancel", OPERATIONS_AND_FINANCE),
    ("Mutation.incentiveBillConfirm", FINANCE_AND_PARTNERS),
    ("Mutation.businessInformationSet", FINANCE),
    ("Mutation.incentiveBillIssue", OPERATIONS),
    ("Mutation.payoutTermsSet", FINANCE),
    ("Mutation.payoutPreferenceSet", FINANCE_AND_PARTNERS),
    ("Mutation.paymentRequestCreate", FINANCE_AND_PARTNERS),
    ("Mutation.marketplaceTermsSet", FINANCE),
    ("Mutation.marketplaceCategorySet", OPERATIONS),
    ("Mutation.sellerNameDecide", OPERATIONS),
    ("Mutation.settlementBillOut", OPERATIONS),
    ("Mutation.paymentRequestMove", FINANCE_AND_PARTNERS),
    ("Mutation.partnerInvoiceRegister", FINANCE_AND_PARTNERS),
    ("Mutation.partnerInvoiceWithdraw", FINANCE_AND_PARTNERS),
    ("Mutation.partnerInvoiceReject", FINANCE),
    ("Mutation.countersignApproverAdd", ADMINISTRATOR),
    ("Mutation.countersignApproverRemove", ADMINISTRATOR),
    ("Mutation.countersignVote", OPERATORS),
    ("Mutation.incentiveBillRelease", FINANCE),
    ("Mutation.billFeedbackCreate", PARTNERS),
    ("Mutation.billFeedbackAnswer", OPERATIONS_AND_FINANCE),
    ("Mutation.billFeedbackWithdraw", PARTNERS),
    ("Mutation.fileCreate", OPERATORS_AND_PARTNERS),
    ("Mutation.exportCreate", FINANCE_AND_PARTNERS),
    ("Mutation.payoutOrderRetry", OPERATIONS),
    ("Mutation.payoutSandboxTell", ADMINISTRATOR),
    ("Mutation.messageRetry", OPERATIONS),
    ("Mutation.opportunityCreate", PARTNERS),
    ("Mutation.opportunityCopy", PARTNERS),
    ("Mutation.opportunityUpdate", REVIEWERS_AND_PARTNERS),
    ("Mutation.opportunityDelete", PARTNERS),
    ("Mutation.opportunityContactHide", REVIEW_AND_PARTNERS),
    ("Mutation.opportunityCommentAdd", OPERATORS_AND_PARTNERS),
    ("Mutation.opportunityFileAttach", REVIEW_AND_PARTNERS),
    ("Mutation.opportunityFileDetach", REVIEW_AND_PARTNERS),
    ("Mutation.opportunityViewSave", OPERATORS_AND_PARTNERS),
    ("Mutation.opportunityViewDelete", OPERATORS_AND_PARTNERS),
    ("Mutation.opportunityMove", OPERATORS_AND_PARTNERS),
    ("Mutation.opportunityReassignMany", REVIEW_STAFF),
    ("Mutation.opportunityClaim", REVIEWERS),
    ("Mutation.opportunityDuplicateDecide", REVIEW_STAFF),
    ("Mutation.customerProfileSet", OPERATIONS),
    ("Mutation.customerProfileImport", OPERATIONS),
    ("Mutation.officeImport", OPERATIONS),
    ("Mutation.opportunityShare", OPERATIONS),
    ("Mutation.opportunityImport", OPERATIONS),
    ("Mutation.opportunityOffer", OPERATIONS),
    ("Mutation.pceJoin", PARTNERS),
    ("Mutation.pceProfileSet", OPERATIONS),
    ("Mutation.partnerOfferingCreate", OPERATIONS_AND_PARTNERS),
    ("Mutation.partnerOfferingUpdate", OPERATIONS_AND_PARTNERS),
    ("Mutation.opportunityProgressAdd", OPERATORS_AND_PARTNERS),
    ("Mutation.opportunityLink", OPERATORS_AND_PARTNERS),
    ("Mutation.opportunityUnlink", OPERATORS_AND_PARTNERS),
    ("Mutation.pceIncentivePolicyCreate", FINANCE),
    ("Mutation.pceClaimCreate", PARTNERS),
    ("Mutation.pceClaimResubmit", PARTNERS),
    ("Mutation.pceClaimMove", OPERATIONS_AND_PARTNERS),
    ("Subscription.settlementRunProgress", OPERATORS),
    ("Subscription.importProgress", OPERATIONS_AND_FINANCE),
    ("Subscription.exportProgress", FINANCE_AND_PARTNERS),
    ("Subscription.changed", OPERATORS_AND_PARTNERS),
    ("Subscription.paymentRequestChanged", OPERATORS_AND_PARTNERS),
    ("Subscription.incentiveBillChanged", OPERATORS_AND_PARTNERS),
    ("Subscription.opportunityChanged", OPERATORS_AND_PARTNERS),
];

/// `true` if `actor` may use the schema field `Type.field`. A field without a row is nobody's.
#[must_use]
pub fn allows(actor: &Actor, field: &str) -> bool {
    let Some((_, grant)) = TABLE.iter().find(|(name, _)| *name == field) else { return false };
    match &actor.principal {
        Principal::System => true,
        Principal::Operator { roles } => {
            roles.contains(&Role::Administrator) || roles.iter().any(|role| grant.roles.contains(role))
        }
        Principal::Partner { .. } => grant.partner,
        Principal::Customer { .. } => grant.customer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_field_has_two_rows() {
        let mut names: Vec<_> = TABLE.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), TABLE.len());
    }

    #[test]
    fn a_field_without_a_row_is_nobodys() {
        assert!(!allows(&Actor::system("test"), "Mutation.everythingDelete"));
    }
}
