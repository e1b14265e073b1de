//! The GraphQL schema: one file a noun, each with its types, lists, filters and changes.
//!
//! A resolver is a few lines: read the input, call one function of the domain, wrap the answer. Who may use a
//! root field is the permission table's matter ([`domain::kernel::permission`]), which rows it then sees the scope's
//! ([`domain::kernel::scope`]); both are applied in one place each.

// The types of the schema are public by nature; whether Rust code reaches them does not matter.
#![allow(unreachable_pub)]
// A list has four arguments of paging, a filter and an order: that is the contract.
#![allow(clippy::too_many_arguments)]

mod account;
mod approver;
mod association;
mod audit;
mod batch;
mod bill;
mod bill_change;
mod bill_line;
mod business;
mod calendar;
mod caller;
mod checks;
mod comparators;
mod connection;
mod customer;
mod customer_profile;
mod deadline;
mod entitlement;
mod enums;
mod errors;
mod event;
mod executor;
mod export;
mod feed;
mod feedback;
mod feedback_change;
mod feedback_loaders;
mod file;
mod filter;
mod import;
mod import_change;
mod import_receipt;
mod incentive_pay;
mod invoice;
mod job;
mod ledger;
mod line;
mod loaders;
mod market_enums;
mod marketplace_line;
mod marketplace_terms;
mod message;
mod money;
mod month;
mod node;
mod office;
mod opportunity;
mod opportunity_beside;
mod opportunity_change;
mod opportunity_comment;
mod opportunity_contact;
mod opportunity_duplicate;
mod opportunity_enums;
mod opportunity_file;
mod opportunity_import;
mod opportunity_link;
mod opportunity_links;
mod opportunity_list;
mod opportunity_move;
mod opportunity_offer;
mod opportunity_pipeline;
mod opportunity_progress;
mod opportunity_reassign;
mod opportunity_route;
mod opportunity_share;
mod opportunity_trail;
mod opportunity_view;
mod partner;
mod partner_change;
mod partner_invoice;
mod partner_invoice_change;
mod partner_offering;
mod payment;
mod payment_enums;
mod payment_move;
mod payment_request;
mod payment_sum;
mod payment_trail;
mod payout;
mod pce;
mod pce_claim;
mod pce_claim_change;
mod pce_claim_enums;
mod pce_enums;
mod pce_policy;
mod performance_sum;
mod policy;
mod preview;
mod preview_bill;
mod product;
mod programme;
mod progress;
mod run;
mod run_change;
mod scalar_check;
mod scalars;
mod settlement_bill;
mod user_error;
mod user_error_code;

use std::sync::Arc;

use async_graphql::{Context, MergedObject, SDLExportOptions, ValidationMode};
use domain::Store;
use domain::money::payout::Gateway;
use entity::{ExportId, ImportId, RunId};

pub use caller::{Caller, attach};
pub use scalar_check::check_scalar;

use crate::http::{CostTable, Execute};

/// What a worker should look at now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ring {
    /// An import whose file is here.
    Import(ImportId),
    /// A settlement run that waits.
    Settle(RunId),
    /// An export that waits.
    Export(ExportId),
}

/// Tells a worker; losing a ring only delays.
pub type Ringer = Arc<dyn Fn(Ring) + Send + Sync>;

/// How the schema behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// Let the executor validate documents too. Off behind the HTTP front, which has validated already.
    pub validate: bool,
    /// Where this deployment's payouts go.
    pub payouts: Gateway,
}

/// Where everything that can be asked begins.
#[derive(MergedObject, Default)]
pub struct Query(
    node::NodeQuery,
    programme::ProgrammeQuery,
    partner::PartnerQuery,
    customer::CustomerQuery,
    account::CloudAccountQuery,
    product::ProductQuery,
    invoice::InvoiceQuery,
    import::ImportQuery,
    month::MonthQuery,
    run::RunQuery,
    preview::PreviewQuery,
    line::LineQuery,
    performance_sum::SumQuery,
    payment::PaymentQuery,
    policy::PolicyQuery,
    bill::BillQuery,
    payment_request::PaymentRequestQuery,
    payment_sum::PaymentSumQuery,
    approver::ApproverQuery,
    ledger::LedgerQuery,
    entitlement::EntitlementQuery,
    partner_invoice::PartnerInvoiceQuery,
    incentive_pay::TermsQuery,
    feedback::FeedbackQuery,
    file::FileQuery,
    export::ExportQuery,
    payout::PayoutQuery,
    settlement_bill::SettlementBillQuery,
    marketplace_line::MarketplaceLineQuery,
    marketplace_terms::MarketplaceTermsQuery,
    opportunity_list::OpportunityQuery,
    opportunity_offer::OpportunityOfferQuery,
    pce::PceQuery,
    partner_offering::PartnerOfferingQuery,
    office::OfficeQuery,
    opportunity_pipeline::OpportunityPipelineQuery,
    opportunity_view::OpportunityViewQuery,
    pce_claim::PceClaimQuery,
    pce_policy::PcePolicyQuery,
    audit::AuditQuery,
    calendar::CalendarQuery,
    deadline::DeadlineQuery,
    event::EventQuery,
    message::MessageQuery,
    job::JobQuery,
);

/// Where everything that can be changed begins. Refusals are userErrors of the payload.
#[derive(MergedObject, Default)]
pub struct Mutation(
    programme::ProgrammeMutation,
    partner_change::PartnerMutation,
    customer::CustomerMutation,
    account::CloudAccountMutation,
    association::AssociationMutation,
    product::ProductMutation,
    policy::PolicyMutation,
    import_change::ImportMutation,
    invoice::InvoiceMutation,
    run_change::RunMutation,
    business::BusinessMutation,
    marketplace_terms::MarketplaceTermsMutation,
    payment_move::PaymentMoveMutation,
    incentive_pay::IncentivePayMutation,
    partner_invoice_change::PartnerInvoiceMutation,
    approver::ApproverMutation,
    bill_change::BillMutation,
    feedback_change::FeedbackMutation,
    calendar::CalendarMutation,
    file::FileMutation,
    export::ExportMutation,
    message::MessageMutation,
    payout::PayoutMutation,
    opportunity_change::OpportunityMutation,
    opportunity_contact::OpportunityContactMutation,
    opportunity_comment::OpportunityCommentMutation,
    opportunity_file::OpportunityFileMutation,
    opportunity_view::OpportunityViewMutation,
    opportunity_move::OpportunityMoveMutation,
    opportunity_reassign::OpportunityReassignMutation,
    opportunity_duplicate::OpportunityDuplicateMutation,
    customer_profile::CustomerProfileMutation,
    office::OfficeMutation,
    opportunity_share::OpportunityShareMutation,
    opportunity_import::OpportunityImportMutation,
    opportunity_offer::OpportunityOfferMutation,
    pce::PceMutation,
    partner_offering::PartnerOfferingMutation,
    opportunity_progress::OpportunityProgressMutation,
    opportunity_link::OpportunityLinkMutation,
    pce_policy::PcePolicyMutation,
    pce_claim_change::PceClaimMutation,
);

/// Progress as it happens.
#[derive(async_graphql::MergedSubscription, Default)]
pub struct Subscription(progress::ProgressSubscription, event::ChangeSubscription);

type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// The schema over `store`, ready to execute. `ringer` is told of work that should begin at once. The types of its
/// resolvers nest deeply: behind the trait object no other crate has to follow them.
#[must_use]
pub fn build(store: Store, ringer: Ringer, options: Options) -> Arc<dyn Execute> {
    let mode = if options.validate { ValidationMode::Strict } else { ValidationMode::Fast };
    let feed = feed::Feed::new(store.clone());
    Arc::new(executor::ByTurns(
        builder().data(options.payouts).data(store).data(ringer).data(feed).validation_mode(mode).finish(),
    ))
}

/// The schema in the schema language, sorted: what `schema.graphql` holds.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .use_space_ident();
    let text = builder().finish().sdl_with_options(options);
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines.join("\n") + "\n"
}

/// What costs more than its shape says: the recipients of an opportunity are worked out among all partners, a preview prices a range of partners for a page, and all of them for its
/// totals.
#[must_use]
pub fn costs() -> CostTable {
    CostTable::default()
        .with("Query", "settlementPreview", 100)
        .with("Opportunity", "recipients", 100)
        .with("SettlementPreviewConnection", "totals", 500)
        .with("SettlementPreviewConnection", "totalCount", 500)
}

fn builder() -> async_graphql::SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription::default())
        .register_output_type::<node::Node>()
        .register_output_type::<user_error::UserError>()
}

/// Tells a worker of work that should begin at once.
fn ring(ctx: &Context<'_>, ring: Ring) {
    if let Some(ringer) = ctx.data_opt::<Ringer>() {
        ringer(ring);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_is_valid_to_another_implementation() {
        apollo_compiler::Schema::parse_and_validate(super::sdl(), "schema.graphql").unwrap();
    }
}
