//! Anything by its id.

use std::hash::Hash;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, ID, Interface, Object, Result};
use domain::performance::refs::{LineRef, PaymentRef};
use entity::{
    AssociationId, AuditEventId, BillFeedbackId, CloudAccountId, CustomerId, DeadlineId, EntitlementId,
    EventId, ExportId, FileId, ImportId, IncentiveBillId, IncentivePolicyId, InvoiceId, MessageId,
    OfferingId, OpportunityId, PartnerId, PartnerInvoiceId, PaymentRequestId, PceClaimId, PcePolicyId,
    ProductId, RunId, SettlementBillId, TermsId,
};
use futures_util::future::try_join_all;

use super::account::CloudAccount;
use super::association::Association;
use super::audit::AuditEvent;
use super::bill::IncentiveBill;
use super::caller::{allowed, loaders, root};
use super::customer::Customer;
use super::deadline::Deadline;
use super::entitlement::IncentiveEntitlement;
use super::errors::{OrFail, bad_input};
use super::event::Event;
use super::export::Export;
use super::feedback::BillFeedback;
use super::file::StoredFile;
use super::import::Import;
use super::invoice::Invoice;
use super::line::PerformanceLine;
use super::loaders::Rows;
use super::marketplace_terms::MarketplaceTerms;
use super::message::Message;
use super::opportunity::Opportunity;
use super::partner::Partner;
use super::partner_invoice::PartnerInvoice;
use super::partner_offering::PartnerOffering;
use super::payment::Payment;
use super::payment_request::PaymentRequest;
use super::pce_claim::PceClaim;
use super::pce_policy::PceIncentivePolicy;
use super::policy::IncentivePolicy;
use super::product::Product;
use super::run::SettlementRun;
use super::settlement_bill::SettlementBill;

/// Most ids of one `nodes`: a page.
const NODES_LIMIT: usize = 100;

/// Something with a stable id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Stable id."))]
pub enum Node {
    /// A partner.
    Partner(Partner),
    /// A customer.
    Customer(Customer),
    /// A period in which a partner has a customer.
    Association(Association),
    /// An account at a cloud provider.
    CloudAccount(CloudAccount),
    /// A product.
    Product(Product),
    /// An invoice.
    Invoice(Invoice),
    /// An import of a bill file.
    Import(Import),
    /// A settlement run.
    SettlementRun(SettlementRun),
    /// A stored file.
    StoredFile(StoredFile),
    /// A job that writes data out.
    Export(Export),
    /// A performance line.
    PerformanceLine(PerformanceLine),
    /// A payment.
    Payment(Payment),
    /// A version of an incentive policy.
    IncentivePolicy(IncentivePolicy),
    /// An incentive bill.
    IncentiveBill(IncentiveBill),
    /// What a partner finds wrong with a bill.
    BillFeedback(BillFeedback),
    /// An event of the audit trail.
    AuditEvent(AuditEvent),
    /// A payment request.
    PaymentRequest(PaymentRequest),
    /// An invoice of a partner.
    PartnerInvoice(PartnerInvoice),
    /// Incentive that a partner may request.
    IncentiveEntitlement(IncentiveEntitlement),
    /// A deadline.
    Deadline(Deadline),
    /// Something that happened.
    Event(Event),
    /// A message to somebody.
    Message(Message),
    /// A marketplace settlement bill.
    SettlementBill(SettlementBill),
    /// Terms of the marketplace.
    MarketplaceTerms(MarketplaceTerms),
    /// An opportunity.
    Opportunity(Opportunity),
    /// A partner's own product or solution.
    PartnerOffering(PartnerOffering),
    /// A policy of the incentive for opportunities.
    PceIncentivePolicy(PceIncentivePolicy),
    /// A claim of the incentive for an opportunity.
    PceClaim(PceClaim),
}

/// The object of an id, if the caller sees its row.
pub(crate) async fn load<K, T>(ctx: &Context<'_>, id: K) -> Result<Option<T>>
where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    Rows: Loader<K, Error = Arc<domain::Error>>,
    T: From<<Rows as Loader<K>>::Value>,
{
    Ok(loaders(ctx)?.load_one(id).await.or_fail(ctx)?.map(T::from))
}

/// Whatever has this id; none if it is malformed, unknown, foreign, or of a kind the caller may not query.
pub(crate) async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
    macro_rules! kinds {
        ($($prefix:literal $id:ty, $variant:ident, $guard:literal;)+) => {
            match id.split_once('_').map_or("", |(prefix, _)| prefix) {
                $($prefix => {
                    let Ok(key) = id.parse::<$id>() else { return Ok(None) };
                    if !allowed(ctx, $guard)? {
                        return Ok(None);
                    }
                    Ok(load::<$id, $variant>(ctx, key).await?.map(Node::$variant))
                })+
                _ => Ok(None),
            }
        };
    }
    kinds! {
        "partner" PartnerId, Partner, "Query.partner";
        "customer" CustomerId, Customer, "Query.customer";
        "association" AssociationId, Association, "Query.customer";
        "account" CloudAccountId, CloudAccount, "Query.cloudAccounts";
        "product" ProductId, Product, "Query.products";
        "invoice" InvoiceId, Invoice, "Query.invoices";
        "import" ImportId, Import, "Query.import";
        "run" RunId, SettlementRun, "Query.settlementRun";
        "file" FileId, StoredFile, "Query.file";
        "export" ExportId, Export, "Query.export";
        "line" LineRef, PerformanceLine, "Query.performanceLine";
        "payment" PaymentRef, Payment, "Query.payment";
        "policy" IncentivePolicyId, IncentivePolicy, "Query.incentivePolicies";
        "bill" IncentiveBillId, IncentiveBill, "Query.incentiveBill";
        "entitlement" EntitlementId, IncentiveEntitlement, "Query.incentiveEntitlements";
        "partnerinvoice" PartnerInvoiceId, PartnerInvoice, "Query.partnerInvoices";
        "request" PaymentRequestId, PaymentRequest, "Query.paymentRequest";
        "feedback" BillFeedbackId, BillFeedback, "Query.billFeedback";
        "settlement" SettlementBillId, SettlementBill, "Query.settlementBill";
        "terms" TermsId, MarketplaceTerms, "Query.marketplaceTerms";
        "opportunity" OpportunityId, Opportunity, "Query.opportunity";
        "offering" OfferingId, PartnerOffering, "Query.partnerOfferings";
        "pcepolicy" PcePolicyId, PceIncentivePolicy, "Query.pceIncentivePolicies";
        "claim" PceClaimId, PceClaim, "Query.pceClaim";
        "audit" AuditEventId, AuditEvent, "Query.auditEvents";
        "deadline" DeadlineId, Deadline, "Query.deadlines";
        "event" EventId, Event, "Query.events";
        "message" MessageId, Message, "Query.messages";
    }
}

/// Queries by id.
#[derive(Default)]
pub struct NodeQuery;

#[Object(guard = "root(\"Query\")")]
impl NodeQuery {
    /// Anything by its id. Malformed, unknown and foreign ids all give null.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Any id the API gave.")] id: ID,
    ) -> Option<Result<Node>> {
        find(ctx, &id).await.transpose()
    }

    /// Many things by their ids, in the same order, null for each that is not found.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Any ids the API gave, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        if ids.len() > NODES_LIMIT {
            return Err(bad_input(ctx, &format!("`ids` has at most {NODES_LIMIT} entries.")));
        }
        try_join_all(ids.iter().map(|id| find(ctx, id))).await
    }
}
