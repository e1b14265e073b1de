//! Rows by key, many keys in one statement. Made anew for each request, within the caller's scope.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use domain::performance::explain::PaymentView;
use domain::performance::refs::{LineRef, PaymentRef};
use domain::reading;
use domain::reading::file::Purposes;
use domain::reading::money::market::Requested;
use domain::reading::opportunity::consumption;
use domain::reading::opportunity::duplicate::DuplicateOf;
use domain::reading::performance::line::Line;
use domain::reading::performance::performance_sum::{self, PerformanceSum};
use domain::{Actor, Error, Scope, Store};
use entity::{
    ApproverId, AssociationId, AuditEventId, BillFeedbackId, CloudAccountId, CustomerId, DeadlineId,
    EntitlementId, EventId, ExportId, FileId, ImportId, IncentiveBillId, IncentivePolicyId, InvoiceId,
    MessageId, Month, OfferingId, OpportunityId, PartnerId, PartnerInvoiceId, PaymentRequestId, PceClaimId,
    PcePolicyId, ProductId, RunId, SellerNameId, SettlementBillId, TermsId, association, audit_event,
    bill_feedback, bill_import, business_information, cloud_account, countersign_approver, countersign_vote,
    customer, customer_profile, deadline, distribution_link, event, export_job, import_total, incentive_bill,
    incentive_entitlement, incentive_freeze, incentive_policy, incentive_rate, invoice, marketplace_category,
    marketplace_terms, message, opportunity, opportunity_account, opportunity_order, partner,
    partner_invoice, partner_offering, payment_request, payment_request_item, payout_preference, pce_claim,
    pce_claim_transition, pce_incentive_policy, pce_profile, product, product_policy, seller_name,
    settlement_bill, settlement_month, settlement_run, settlement_shard, stored_file,
};
use entity::{OfficeId, PayoutOrderId, office, office_area, office_member, payout_order};

mod deadlines;
mod feedback;
mod money;
mod single;

pub(crate) use deadlines::DeadlinesOf;
pub(crate) use feedback::{BillOf, HeldUp, LineOf};
pub(crate) use money::{EntriesOf, HeldBy, HolderOf, StandingOf};

pub(crate) type Loaded<K, V> = Result<HashMap<K, V>, Arc<Error>>;

/// The rows one caller sees.
pub struct Rows {
    pub(crate) store: Store,
    pub(crate) scope: Scope,
    actor: Actor,
}

impl Rows {
    pub(crate) fn new(store: Store, actor: &Actor) -> Self {
        let scope = Scope::of(actor, store.clock.now());
        Self { store, scope, actor: actor.clone() }
    }

    /// Whether the caller may use `Type.field` of the schema.
    fn allows(&self, field: &str) -> bool {
        domain::kernel::permission::allows(&self.actor, field)
    }
}

/// Files by id, of what the caller may query.
impl Loader<FileId> for Rows {
    type Value = stored_file::Model;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[FileId]) -> Loaded<FileId, stored_file::Model> {
        let list = reading::file::list(self.scope, &Purposes::of(&self.actor));
        let rows = list.by_ids(&self.store, "id", ids.iter().map(|id| id.0.into()).collect()).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

/// Declares loaders of single rows by id.
macro_rules! by_id {
    ($($id:ident => $model:ty, |$scope:ident| $listing:expr;)+) => {$(
        impl Loader<$id> for Rows {
            type Value = $model;
            type Error = Arc<Error>;

            async fn load(&self, ids: &[$id]) -> Loaded<$id, $model> {
                let $scope = self.scope;
                let rows = $listing.by_ids(&self.store, "id", ids.iter().map(|id| id.0.into()).collect()).await?;
                Ok(rows.into_iter().map(|row| (row.id, row)).collect())
            }
        }
    )+};
}

by_id! {
    PartnerId => partner::Model, |scope| reading::programme::partner::list(scope);
    CustomerId => customer::Model, |scope| reading::programme::customer::list(scope);
    AssociationId => association::Model, |scope| reading::programme::association::list(scope);
    CloudAccountId => cloud_account::Model, |scope| reading::programme::account::list(scope);
    ProductId => product::Model, |_scope| reading::performance::product::list();
    InvoiceId => invoice::Model, |scope| reading::performance::invoice::list(scope);
    ImportId => bill_import::Model, |scope| reading::performance::import::list(scope);
    RunId => settlement_run::Model, |scope| reading::settlement::run::list(scope);
    ExportId => export_job::Model, |scope| reading::exports::list(scope);
    IncentivePolicyId => incentive_policy::Model, |_scope| reading::programme::policy::list();
    IncentiveBillId => incentive_bill::Model, |scope| reading::settlement::bill::list(scope);
    BillFeedbackId => bill_feedback::Model, |scope| reading::settlement::feedback::list(scope);
    AuditEventId => audit_event::Model, |scope| reading::audit::list(scope);
    PaymentRequestId => payment_request::Model, |scope| reading::money::payment_request::list(scope);
    PartnerInvoiceId => partner_invoice::Model, |scope| reading::money::partner_invoice::list(scope);
    EntitlementId => incentive_entitlement::Model, |scope| reading::money::entitlement::list(scope);
    SettlementBillId => settlement_bill::Model, |scope| reading::money::market::bills(scope);
    SellerNameId => seller_name::Model, |scope| reading::money::market::seller_names(scope);
    TermsId => marketplace_terms::Model, |scope| reading::money::market::terms(scope);
    ApproverId => countersign_approver::Model, |scope| reading::money::payment_request::approvers(scope);
    DeadlineId => deadline::Model, |scope| reading::deadline::list(scope);
    EventId => event::Model, |scope| reading::event::list(scope);
    MessageId => message::Model, |scope| reading::message::list(scope);
    OfficeId => office::Model, |scope| reading::programme::office::list(scope);
    OpportunityId => opportunity::Model, |scope| reading::opportunity::rows::list(scope);
    OfferingId => partner_offering::Model, |scope| reading::opportunity::membership::offerings(scope);
    PayoutOrderId => payout_order::Model, |scope| reading::money::payout::list(scope);
    PcePolicyId => pce_incentive_policy::Model, |_scope| reading::opportunity::incentive::policies();
    PceClaimId => pce_claim::Model, |scope| reading::opportunity::incentive::list(scope);
}

/// Months by themselves.
impl Loader<Month> for Rows {
    type Value = settlement_month::Model;
    type Error = Arc<Error>;

    async fn load(&self, months: &[Month]) -> Loaded<Month, settlement_month::Model> {
        let keys = months.iter().map(|m| m.0.into()).collect();
        let rows = reading::programme::month::list().by_ids(&self.store, "month", keys).await?;
        Ok(rows.into_iter().map(|row| (row.month, row)).collect())
    }
}

/// The association of a customer now.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CurrentAssociation(pub(crate) CustomerId);

impl Loader<CurrentAssociation> for Rows {
    type Value = association::Model;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[CurrentAssociation]) -> Loaded<CurrentAssociation, association::Model> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let now = self.store.clock.now();
        let rows = reading::programme::association::current(&self.store, self.scope, &ids, now).await?;
        Ok(rows.into_iter().map(|row| (CurrentAssociation(row.customer_id), row)).collect())
    }
}

/// The distributor link of a reseller now.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CurrentLink(pub(crate) PartnerId);

impl Loader<CurrentLink> for Rows {
    type Value = distribution_link::Model;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[CurrentLink]) -> Loaded<CurrentLink, distribution_link::Model> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let now = self.store.clock.now();
        let rows = reading::programme::association::current_links(&self.store, self.scope, &ids, now).await?;
        Ok(rows.into_iter().map(|row| (CurrentLink(row.reseller_id), row)).collect())
    }
}

/// Declares loaders of the few rows below an id.
macro_rules! below {
    ($($(#[doc = $doc:tt])* $key:ident($id:ident) => $model:ty, |$rows:ident, $ids:ident| $read:expr, $of:ident;)+) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) struct $key(pub(crate) $id);

        impl Loader<$key> for Rows {
            type Value = Vec<$model>;
            type Error = Arc<Error>;

            async fn load(&self, keys: &[$key]) -> Loaded<$key, Vec<$model>> {
                let $ids: Vec<_> = keys.iter().map(|key| key.0).collect();
                let $rows = self;
                let mut found: HashMap<_, Vec<_>> = HashMap::new();
                for row in $read.await? {
                    found.entry($key(row.$of)).or_default().push(row);
                }
                Ok(found)
            }
        }
    )+};
}

below! {
    /// The accounts an opportunity is linked to.
    AccountsOf(OpportunityId) => opportunity_account::Model,
        |rows, ids| reading::opportunity::incentive::accounts(&rows.store, &ids), opportunity_id;
    /// The orders an opportunity is linked to.
    OpportunityOrdersOf(OpportunityId) => opportunity_order::Model,
        |rows, ids| reading::opportunity::incentive::orders(&rows.store, &ids), opportunity_id;
    /// What an opportunity seems to repeat.
    DuplicatesOf(OpportunityId) => DuplicateOf,
        |rows, ids| reading::opportunity::duplicate::of(&rows.store, rows.scope, &ids), of_id;
    /// What the customer of an opportunity consumed, by month.
    ConsumptionOf(OpportunityId) => consumption::MonthOf,
        |rows, ids| consumption::by_month(&rows.store, rows.scope, &ids), opportunity_id;
    /// What happened to a claim.
    ClaimTrailOf(PceClaimId) => pce_claim_transition::Model,
        |rows, ids| reading::opportunity::incentive::transitions(&rows.store, &ids), claim_id;
    /// What is said about a product, oldest month first.
    PoliciesOf(ProductId) => product_policy::Model,
        |rows, ids| reading::performance::product::policies(&rows.store, &ids), product_id;
    /// What an import was worth, by currency.
    TotalsOf(ImportId) => import_total::Model,
        |rows, ids| reading::performance::import::totals(&rows.store, rows.scope, &ids), import_id;
    /// The rates of a policy in the order of matching.
    RatesOf(IncentivePolicyId) => incentive_rate::Model,
        |rows, ids| reading::programme::policy::rates(&rows.store, &ids), policy_id;
    /// What a payment request is made of.
    ItemsOf(PaymentRequestId) => payment_request_item::Model,
        |rows, ids| reading::money::payment_request::items(&rows.store, rows.scope, &ids), request_id;
    /// The votes on a payment request.
    VotesOf(PaymentRequestId) => countersign_vote::Model,
        |rows, ids| reading::money::payment_request::votes(&rows.store, rows.scope, &ids), request_id;
    /// The orders of a payment request to the payout gateway.
    OrdersOf(PaymentRequestId) => payout_order::Model,
        |rows, ids| reading::money::payout::orders(&rows.store, rows.scope, &ids), request_id;
    /// What is known of a partner's business: one row at most.
    BusinessOf(PartnerId) => business_information::Model,
        |rows, ids| reading::money::ledger::businesses(&rows.store, rows.scope, &ids), partner_id;
    /// A partner in the frame of shared opportunities: one row at most.
    PceOf(PartnerId) => pce_profile::Model,
        |rows, ids| reading::opportunity::membership::profiles(&rows.store, rows.scope, &ids), partner_id;
    /// What is known of a customer besides its name: one row at most.
    ProfileOf(CustomerId) => customer_profile::Model,
        |rows, ids| reading::programme::customer::profiles(&rows.store, rows.scope, &ids), customer_id;
    /// The areas of an office.
    AreasOf(OfficeId) => office_area::Model,
        |rows, ids| reading::programme::office::areas(&rows.store, rows.scope, &ids), office_id;
    /// The people of an office.
    MembersOf(OfficeId) => office_member::Model,
        |rows, ids| reading::programme::office::members(&rows.store, rows.scope, &ids), office_id;
    /// The invoices for a payment request.
    InvoicesOf(PaymentRequestId) => partner_invoice::Model,
        |rows, ids| reading::money::partner_invoice::of_requests(&rows.store, rows.scope, &ids), request_id;
    /// The frozen parts of a bill.
    FrozenOf(IncentiveBillId) => incentive_freeze::Model,
        |rows, ids| reading::money::entitlement::frozen(&rows.store, rows.scope, &ids), bill_id;
    /// How a partner wants its incentives: one row at most.
    PreferenceOf(PartnerId) => payout_preference::Model,
        |rows, ids| reading::money::entitlement::preferences(&rows.store, rows.scope, &ids), partner_id;
    /// The category of a product on the marketplace: one row at most.
    CategoryOf(ProductId) => marketplace_category::Model,
        |rows, ids| reading::money::market::categories(&rows.store, &ids), product_id;
    /// The payment requests of a settlement bill, the live one last.
    RequestsOf(SettlementBillId) => Requested,
        |rows, ids| reading::money::market::requests(&rows.store, rows.scope, &ids), bill;
    /// The shards of a run.
    ShardsOf(RunId) => settlement_shard::Model,
        |rows, ids| reading::settlement::run::shards(&rows.store, rows.scope, &ids), run_id;
}

/// The performance of a partner in a month.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PerformanceOf {
    pub(crate) partner: PartnerId,
    pub(crate) month: Month,
    pub(crate) rolled_up: bool,
}

impl Loader<PerformanceOf> for Rows {
    type Value = Vec<PerformanceSum>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[PerformanceOf]) -> Loaded<PerformanceOf, Vec<PerformanceSum>> {
        let mut groups: HashMap<(Month, bool), Vec<PartnerId>> = HashMap::new();
        for key in keys {
            groups.entry((key.month, key.rolled_up)).or_default().push(key.partner);
        }
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for ((month, rolled_up), partners) in groups {
            let sums =
                performance_sum::of_partners(&self.store, self.scope, &partners, month, rolled_up).await?;
            for (partner, sum) in sums {
                found.entry(PerformanceOf { partner, month, rolled_up }).or_default().push(sum);
            }
        }
        Ok(found)
    }
}

/// The performance of a customer in a month.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PerformanceWith {
    pub(crate) customer: CustomerId,
    pub(crate) month: Month,
}

impl Loader<PerformanceWith> for Rows {
    type Value = Vec<PerformanceSum>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[PerformanceWith]) -> Loaded<PerformanceWith, Vec<PerformanceSum>> {
        let mut months: HashMap<Month, Vec<CustomerId>> = HashMap::new();
        for key in keys {
            months.entry(key.month).or_default().push(key.customer);
        }
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for (month, customers) in months {
            for (customer, sum) in
                performance_sum::of_customers(&self.store, self.scope, &customers, month).await?
            {
                found.entry(PerformanceWith { customer, month }).or_default().push(sum);
            }
        }
        Ok(found)
    }
}

/// Performance lines by reference.
impl Loader<LineRef> for Rows {
    type Value = Line;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[LineRef]) -> Loaded<LineRef, Line> {
        let rows = reading::performance::line::by_refs(&self.store, self.scope, keys).await?;
        Ok(rows.into_iter().map(|row| (row.reference, row)).collect())
    }
}

/// Payments by reference.
impl Loader<PaymentRef> for Rows {
    type Value = PaymentView;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[PaymentRef]) -> Loaded<PaymentRef, PaymentView> {
        let rows = reading::performance::payment::by_refs(&self.store, self.scope, keys).await?;
        Ok(rows.into_iter().map(|row| (row.reference, row)).collect())
    }
}
