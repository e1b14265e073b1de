//! The nouns of the schema together: what has an id, what can be asked, and what can be changed.

use domain::performance::refs::{LineRef, PaymentRef};
use entity::{
    ApproverId, AssociationId, AuditEventId, BillFeedbackId, BusinessId, CloudAccountId, CustomerId,
    CustomerProfileId, DeadlineId, EntitlementId, EventId, ExportId, FileId, ImportId, IncentiveBillId,
    IncentivePolicyId, InvoiceId, MessageId, MonthId, OfferingId, OfficeId, OpportunityId, PartnerId,
    PartnerInvoiceId, PaymentRequestId, PayoutOrderId, PayoutTermsId, PceClaimId, PcePolicyId, PceProfileId,
    PreferenceId, ProductId, ProgrammeId, RunId, SellerNameId, SettlementBillId, TermsId, ViewId,
};

use super::schema::change::Changes;
use super::schema::list::Queries;
use super::schema::node::NodeKind;
use super::schema::object::{Object, Shown};
use super::{
    customer, files, imports, labels, market, membership, money, node, office, operations, opportunity,
    partner, payment, performance, programme, search, settlement,
};

/// The kinds of things that have ids.
pub(crate) fn kinds() -> Vec<NodeKind> {
    vec![
        NodeKind::of::<PartnerId, _>("partner", "Query.partner"),
        NodeKind::of::<CustomerId, _>("customer", "Query.customer"),
        NodeKind::of::<AssociationId, _>("association", "Query.customer"),
        NodeKind::of::<CloudAccountId, _>("account", "Query.cloudAccounts"),
        NodeKind::of::<ProductId, _>("product", "Query.products"),
        NodeKind::of::<InvoiceId, _>("invoice", "Query.invoices"),
        NodeKind::of::<ImportId, _>("import", "Query.import"),
        NodeKind::of::<RunId, _>("run", "Query.settlementRun"),
        NodeKind::of::<FileId, _>("file", "Query.file"),
        NodeKind::of::<ExportId, _>("export", "Query.export"),
        NodeKind::of::<LineRef, _>("line", "Query.performanceLine"),
        NodeKind::of::<PaymentRef, _>("payment", "Query.payment"),
        NodeKind::of::<IncentivePolicyId, _>("policy", "Query.incentivePolicies"),
        NodeKind::of::<IncentiveBillId, _>("bill", "Query.incentiveBill"),
        NodeKind::of::<EntitlementId, _>("entitlement", "Query.incentiveEntitlements"),
        NodeKind::of::<PartnerInvoiceId, _>("partnerinvoice", "Query.partnerInvoices"),
        NodeKind::of::<PaymentRequestId, _>("request", "Query.paymentRequest"),
        NodeKind::of::<BillFeedbackId, _>("feedback", "Query.billFeedback"),
        NodeKind::of::<SettlementBillId, _>("settlement", "Query.settlementBill"),
        NodeKind::of::<SellerNameId, _>("sellername", "Query.sellerNames"),
        NodeKind::of::<TermsId, _>("terms", "Query.marketplaceTerms"),
        NodeKind::of::<OpportunityId, _>("opportunity", "Query.opportunity"),
        NodeKind::of::<OfferingId, _>("offering", "Query.partnerOfferings"),
        NodeKind::of::<PcePolicyId, _>("pcepolicy", "Query.pceIncentivePolicies"),
        NodeKind::of::<PceClaimId, _>("claim", "Query.pceClaim"),
        NodeKind::of::<AuditEventId, _>("audit", "Query.auditEvents"),
        NodeKind::of::<DeadlineId, _>("deadline", "Query.deadlines"),
        NodeKind::of::<EventId, _>("event", "Query.events"),
        NodeKind::of::<MessageId, _>("message", "Query.messages"),
        NodeKind::of::<OfficeId, _>("office", "Query.offices"),
        NodeKind::of::<ApproverId, _>("approver", "Query.countersignApprovers"),
        NodeKind::of::<PayoutOrderId, _>("payout", "Query.payoutOrders"),
        NodeKind::of::<ViewId, _>("view", "Query.opportunityViews"),
        NodeKind::of::<ProgrammeId, _>("programme", "Query.programme"),
        NodeKind::of::<PayoutTermsId, _>("payoutterms", "Query.payoutTerms"),
        NodeKind::of::<MonthId, _>("month", "Query.month"),
        NodeKind::of::<BusinessId, _>("business", "Query.partner"),
        NodeKind::of::<PreferenceId, _>("preference", "Query.partner"),
        NodeKind::of::<PceProfileId, _>("pceprofile", "Query.partner"),
        NodeKind::of::<CustomerProfileId, _>("profile", "Query.customer"),
    ]
}

impl Shown for Queries {
    const NAME: &'static str = "Query";

    fn object() -> Object<Self> {
        let rooms = [
            node::query,
            search::query,
            labels::query,
            partner::query,
            performance::query,
            settlement::query,
            programme::query,
            imports::query,
            customer::query,
            money::query,
            market::query,
            payment::query,
            files::query,
            operations::query,
            membership::query,
            office::query,
            opportunity::query,
        ];
        let root = Object::<Self>::new("Where everything that can be asked begins.");
        rooms.into_iter().fold(root, |root, room| room(root))
    }
}

impl Shown for Changes {
    const NAME: &'static str = "Mutation";

    fn object() -> Object<Self> {
        let rooms = [
            partner::change::mutation,
            settlement::mutation,
            programme::mutation,
            imports::mutation,
            customer::mutation,
            money::mutation,
            market::mutation,
            payment::mutation,
            files::mutation,
            operations::mutation,
            membership::mutation,
            office::mutation,
            opportunity::mutation,
        ];
        let root = Object::<Self>::new(
            "Where everything that can be changed begins. Refusals are userErrors of the payload.",
        );
        rooms.into_iter().fold(root, |root, room| room(root))
    }
}
