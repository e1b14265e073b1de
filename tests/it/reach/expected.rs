//! The root fields each party may use, written by hand from docs/domain.md ("Who may what"), not from the permission table: the
//! table is compared with it here, and `api::matrix` compares what the API does with the table.

use std::collections::{BTreeMap, BTreeSet};

use domain::kernel::permission;
use domain::{Actor, Role};
use entity::{PaymentKind, PayoutWay};
use serde_json::json;
use tests::on_both_databases;
use tests::world::World;

use super::schema::{Field, Schema};
use super::walk::{Walk, ids_of};

use crate::api::walk::fields_of;
use crate::api::{TestApi, administrator, member_of, operator, user_of};

/// The fields each party may use: operations (O), finance (F), reviewers of opportunities (R), members of a partner (P),
/// users of a customer (C). Administrators may everything; staff without a role, nothing but what nobody is refused.
const EXPECTED: &[(&str, &str)] = &[
    // The programme itself, and what is the same for everybody.
    ("OFRPC", "search enumLabels"),
    ("OFRP", "paymentSums"),
    ("OFRPC", "viewer node nodes programme errorCatalogue products month months calendarDays workingDay"),
    // Who a customer is, what it has and what it paid: all whose it is.
    ("OFRPC", "customer customers cloudAccounts invoices payment payments"),
    // What concerns partners, and no customer.
    ("OFRP", "partner partners performanceLine performanceLines performanceSums incentivePolicies"),
    ("OFRP", "incentiveBill incentiveBills incentiveEntitlements billFeedback billFeedbacks payoutTerms"),
    ("OFRP", "paymentRequest paymentRequests paymentRequestSums paymentSteps partnerInvoices file"),
    ("OFRP", "settlementBill settlementBills settlementWithheld marketplaceLines marketplaceTerms"),
    ("OFRP", "opportunity opportunities opportunityOffers opportunityPipeline opportunityViews pceTerms"),
    ("OFRP", "partnerOfferings pceClaimEligibility pceIncentivePolicies deadlines events"),
    // Money as it stands in the books, claims on it, and whole tables of it.
    ("OFP", "ledgerPostings export exports pceClaim pceClaims exportCreate"),
    // The vendor's own work.
    (
        "OFR",
        "settlementRun settlementRuns countersignApprovers settlementBillOut offices auditEvents countersignVote sellerNames",
    ),
    ("OF", "import imports settlementPreview closeChecklist payoutOrders messages verify importCreate"),
    (
        "OF",
        "settlementRunStart settlementRunPause settlementRunResume settlementRunCancel billFeedbackAnswer",
    ),
    ("O", "jobs"),
    // Who is who, and who has whom: operations.
    (
        "O",
        "partnerCreate resellerLink customerCreate customerLongTailSet cloudAccountLink customerProfileSet customerProfileImport",
    ),
    (
        "O",
        "associationCreate associationEnd associationTransfer associationCorrect officeImport calendarImport",
    ),
    (
        "O",
        "productPolicySet marketplaceCategorySet sellerNameDecide settlementBillOut! incentiveBillIssue payoutOrderRetry messageRetry",
    ),
    ("O", "opportunityShare opportunityImport opportunityOffer pceProfileSet"),
    // Prices, terms and where money goes: finance.
    ("F", "incentivePolicyCreate invoiceMarkPaid businessInformationSet payoutTermsSet marketplaceTermsSet"),
    ("F", "partnerInvoiceReject incentiveBillRelease pceIncentivePolicyCreate"),
    // What a partner does for itself, and the vendor's money people for it.
    ("OFP", "incentiveBillConfirm payoutPreferenceSet paymentRequestCreate paymentRequestMove"),
    ("OFP", "partnerInvoiceRegister partnerInvoiceWithdraw"),
    ("OFRP", "fileCreate opportunityCommentAdd opportunityViewSave opportunityViewDelete opportunityMove"),
    ("OFRP", "opportunityProgressAdd opportunityLink opportunityUnlink"),
    ("OP", "partnerOfferingCreate partnerOfferingUpdate pceClaimMove"),
    ("P", "billFeedbackCreate billFeedbackWithdraw opportunityCreate opportunityCopy opportunityDelete"),
    ("P", "pceJoin pceClaimCreate pceClaimResubmit"),
    // Reviewing opportunities.
    ("ORP", "opportunityUpdate opportunityContactHide opportunityFileAttach opportunityFileDetach"),
    ("OR", "opportunityReassignMany opportunityDuplicateDecide"),
    ("R", "opportunityClaim"),
    // Administrators alone.
    (
        "",
        "programmeUpdate coolingOffRuleSet countersignApproverAdd countersignApproverRemove payoutSandboxTell",
    ),
    // As it happens: as the lists of the same.
    ("OFRP", "changed paymentRequestChanged incentiveBillChanged opportunityChanged"),
    ("OFR", "settlementRunProgress"),
    ("OF", "importProgress"),
    ("OFP", "exportProgress"),
];

fn personas() -> Vec<(char, Actor)> {
    let partner = entity::PartnerId(7).to_string();
    let customer = entity::CustomerId(7).to_string();
    vec![
        ('O', operator(&[Role::Operations])),
        ('F', operator(&[Role::Finance])),
        ('R', operator(&[Role::OpportunityReviewer])),
        ('P', member_of(&partner)),
        ('C', user_of(&customer)),
    ]
}

#[tokio::test]
async fn every_party_may_what_the_document_says_and_nothing_else() {
    let mut expected = BTreeMap::new();
    for (who, fields) in EXPECTED {
        for field in fields.split(' ') {
            // One name is a query and a mutation: the sign marks the second.
            assert!(expected.insert(field, *who).is_none(), "{field} stands twice");
        }
    }
    let mut left: Vec<&str> = expected.keys().copied().collect();
    for root in ["Query", "Mutation", "Subscription"] {
        for field in fields_of(root).await {
            let marked = format!("{field}!");
            let name = if root == "Mutation" && expected.contains_key(marked.as_str()) {
                marked
            } else {
                field.clone()
            };
            let who =
                *expected.get(name.as_str()).unwrap_or_else(|| panic!("nobody said who may {root}.{field}"));
            left.retain(|of| *of != name);
            for (letter, persona) in personas() {
                let allowed = permission::allows(&persona, &format!("{root}.{field}"));
                assert_eq!(allowed, who.contains(letter), "{root}.{field} for {letter}");
            }
            assert!(permission::allows(&administrator(), &format!("{root}.{field}")), "{field}");
            assert!(!permission::allows(&operator(&[]), &format!("{root}.{field}")), "{field}");
        }
    }
    assert_eq!(left, Vec::<&str>::new(), "what is said of fields there are none of");
}

on_both_databases!(no_way_leads_to_what_may_not_be_asked_for_itself, |db| async move {
    let (world, provider) = World::september(&db).await;
    world.settle("2026-09", entity::RunKind::Estimate).await;
    crate::payment::earn(&world, provider, 100).await;
    crate::payment::request(&world, provider, (PaymentKind::Incentive, PayoutWay::BankTransfer), 10).await;
    let api = TestApi::over_store(world.store.clone());
    let schema = Schema::read(&world.store).await;
    let walk = Walk { api: &api, schema: &schema };
    let everything = walk.reach(&administrator(), &BTreeSet::new()).await;
    let ids = ids_of(everything.values());
    for (letter, who) in personas().into_iter().filter(|(letter, _)| "OFR".contains(*letter)) {
        let reached = walk.reach(&who, &ids).await;
        let text = reached.values().map(ToString::to_string).collect::<String>();
        let may = |root: &Field| permission::allows(&who, &format!("Query.{}", root.name));
        let listed = |allowed: bool| -> BTreeSet<String> {
            let roots = schema.roots().iter().filter(|root| may(root) == allowed);
            roots.map(|root| root.kind.name.trim_end_matches("Connection").to_owned()).collect()
        };
        for kind in listed(false).difference(&listed(true)) {
            assert!(!text.contains(&format!("\"__typename\":\"{kind}\"")), "{letter} comes to {kind}");
        }
    }
    let query =
        "{ partners { nodes { balances { account } } } paymentRequests { nodes { payoutOrders { id } } } }";
    let reviewer = api.data(&operator(&[Role::OpportunityReviewer]), query, json!({})).await;
    assert_eq!(reviewer["partners"]["nodes"][0]["balances"], json!([]));
    assert_eq!(reviewer["paymentRequests"]["nodes"][0]["payoutOrders"], json!(null));
    let finance = api.data(&operator(&[Role::Finance]), query, json!({})).await;
    assert!(!finance["partners"]["nodes"][0]["balances"].as_array().unwrap().is_empty());
    assert_eq!(finance["paymentRequests"]["nodes"][0]["payoutOrders"], json!([]));
});
