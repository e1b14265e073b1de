//! An opportunity with everything about it.

use async_graphql::{Context, ID, Object, Result};
use domain::kernel::permission;
use domain::opportunity::{content::contact, content::fields, state::labels, state::machine};
use domain::reading::{self, Key};
use entity::{OpportunitySide, opportunity};

use super::caller::{caller, lang, scope};
use super::connection::{Found, Paging};
use super::customer::Customer;
use super::money::Money;
use super::opportunity_beside::OpportunityBeside;
use super::opportunity_enums::{
    BudgetState, OpportunityField, OpportunityKind, OpportunityReason, OpportunityStage, OpportunityState,
    PresalesActivity, PurchasePhase, SupportKind,
};
use super::opportunity_links::OpportunityLinks;
use super::opportunity_progress::OpportunityProgressConnection;
use super::opportunity_route::OpportunityRoute;
use super::opportunity_trail::{OpportunityTransitionConnection, PossibleMove};
use super::partner::Partner;
use super::scalars::{Date, DateTime};

/// An opportunity; boxed, as it is far larger than what else has an id.
#[derive(Clone)]
pub struct Opportunity(pub(crate) Box<opportunity::Model>);

impl From<opportunity::Model> for Opportunity {
    fn from(row: opportunity::Model) -> Self {
        Self(Box::new(row))
    }
}

/// What a customer is likely to buy, shared by a partner (PO) or by the vendor (HO), from draft to delivery.
#[Object]
impl Opportunity {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Who shares it.
    async fn kind(&self) -> OpportunityKind {
        self.0.kind.into()
    }

    /// The partner that shares it, that it is offered to, or that accepted it; null while it waits for one.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id?).await.transpose()
    }

    /// Its number in the vendor's CRM; null if it did not come from there, and for partners.
    async fn crm_no(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.0.crm_no.as_deref().filter(|_| caller(ctx).is_ok_and(|caller| caller.actor.sees_all())))
    }

    /// When the vendor's sales created it: from then it counts against those of partners.
    async fn shared_at(&self) -> Option<DateTime> {
        self.0.shared_at.map(DateTime)
    }

    /// Where it stands.
    async fn state(&self) -> OpportunityState {
        self.0.state.into()
    }

    /// The state as people read it, in the request's language.
    async fn label(&self, ctx: &Context<'_>) -> &'static str {
        labels::label(self.0.state, lang(ctx))
    }

    /// Since when it stands there.
    async fn state_since(&self) -> DateTime {
        DateTime(self.0.state_since)
    }

    /// Why it stands there, of a refusal or an end.
    async fn reason_code(&self) -> Option<OpportunityReason> {
        self.0.reason_code.map(Into::into)
    }

    /// The same in words.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is about: budget, decision maker, need and time.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// The customer's name in law, as who shares it wrote it.
    async fn customer_name(&self) -> &str {
        &self.0.customer_name
    }

    /// The customer's unified social credit code.
    async fn credit_code(&self) -> Option<&str> {
        self.0.credit_code.as_deref()
    }

    /// The customer, if it has an account and the caller sees it.
    async fn customer(&self, ctx: &Context<'_>) -> Option<Result<Customer>> {
        super::node::load(ctx, self.0.customer_id?).await.transpose()
    }

    /// The province the customer is in.
    async fn province(&self) -> &str {
        &self.0.province
    }

    /// The city the customer is in; empty if not known.
    async fn city(&self) -> &str {
        &self.0.city
    }

    /// The customer's industry.
    async fn industry(&self) -> &str {
        &self.0.industry
    }

    /// The product family wanted: that of the partner's offering, or OTHER.
    async fn demand_tag(&self) -> &str {
        &self.0.demand_tag
    }

    /// What was done already.
    async fn presales_activities(&self) -> Vec<PresalesActivity> {
        self.0.presales_activities.0.iter().copied().map(Into::into).collect()
    }

    /// The vendor's services wanted.
    async fn services(&self) -> &[String] {
        &self.0.services.0
    }

    /// The support asked for.
    async fn support(&self) -> Option<SupportKind> {
        self.0.support.map(Into::into)
    }

    /// How far the customer's budget is.
    async fn budget_state(&self) -> Option<BudgetState> {
        self.0.budget_state.map(Into::into)
    }

    /// The budget.
    async fn budget_amount(&self) -> Option<Money> {
        self.0.budget_amount.map(|amount| Money::of(amount, self.0.currency))
    }

    /// Who decides at the customer.
    async fn decision_maker(&self) -> &str {
        &self.0.decision_maker
    }

    /// What the customer needs.
    async fn need(&self) -> &str {
        &self.0.need
    }

    /// How far the purchase is.
    async fn purchase_phase(&self) -> Option<PurchasePhase> {
        self.0.purchase_phase.map(Into::into)
    }

    /// Expected revenue of the vendor.
    async fn expected_amount(&self) -> Option<Money> {
        self.0.expected_amount.map(|amount| Money::of(amount, self.0.currency))
    }

    /// When the customer is expected to sign.
    async fn expected_sign_on(&self) -> Option<Date> {
        self.0.expected_sign_on.map(Date)
    }

    /// When it is expected to be delivered.
    async fn expected_delivery_on(&self) -> Option<Date> {
        self.0.expected_delivery_on.map(Date)
    }

    /// Whether the customer agreed to the sharing of its data.
    async fn customer_consent(&self) -> bool {
        self.0.customer_consent
    }

    /// How far the sale is, by the latest progress.
    async fn stage(&self) -> Option<OpportunityStage> {
        self.0.stage.map(Into::into)
    }

    /// How likely it is won, 0 to 100, by the latest progress.
    async fn win_percent(&self) -> Option<i32> {
        self.0.win_percent.map(i32::from)
    }

    /// When progress was last told, or since when it is owed.
    async fn last_progress_at(&self) -> Option<DateTime> {
        self.0.last_progress_at.map(DateTime)
    }

    /// Whether no progress was told for too long.
    async fn stale(&self) -> bool {
        self.0.stale
    }

    /// When the partner submitted it.
    async fn submitted_at(&self) -> Option<DateTime> {
        self.0.submitted_at.map(DateTime)
    }

    /// When it was verified or accepted.
    async fn passed_at(&self) -> Option<DateTime> {
        self.0.passed_at.map(DateTime)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Grows with every change; the expectedVersion of the next one.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What can be done from where it stands, by whom, and whether by the caller.
    async fn allowed_operations(&self, ctx: &Context<'_>) -> Result<Vec<PossibleMove>> {
        let actor = &caller(ctx)?.actor;
        let possible = machine::from(self.0.kind, self.0.state);
        Ok(possible.map(|t| PossibleMove::of(t, actor, self.0.partner_id)).collect())
    }

    /// What the caller's side may change of it now.
    async fn editable_fields(&self, ctx: &Context<'_>) -> Result<Vec<OpportunityField>> {
        let actor = &caller(ctx)?.actor;
        if !permission::allows(actor, "Mutation.opportunityUpdate") {
            return Ok(vec![]);
        }
        let side = if actor.sees_all() { OpportunitySide::Vendor } else { OpportunitySide::Partner };
        let mut fields = fields::editable(self.0.kind, self.0.state, side);
        if contact::is_hidden_from(&self.0, side) {
            fields.retain(|field| *field != entity::OpportunityField::Contact);
        }
        Ok(fields.into_iter().map(Into::into).collect())
    }

    #[graphql(flatten)]
    async fn beside(&self) -> OpportunityBeside<'_> {
        OpportunityBeside(&self.0)
    }

    #[graphql(flatten)]
    async fn route(&self) -> OpportunityRoute<'_> {
        OpportunityRoute(&self.0)
    }

    #[graphql(flatten)]
    async fn links(&self) -> OpportunityLinks<'_> {
        OpportunityLinks(&self.0)
    }

    /// Everything that happened to it, oldest first.
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<OpportunityTransitionConnection>> {
        let below = async {
            let keys = vec![Key::int("seq")];
            let order = reading::Order { name: "opportunityTimeline".into(), keys, descending: false };
            let (list, at) =
                (reading::opportunity::transitions(scope(ctx)?), ("opportunity_id", self.0.id.0));
            let paging = Paging { first, after, last, before };
            Found::below(ctx, at, list, Ok(reading::Predicate::always()), order, paging).await
        };
        Some(below.await.map(OpportunityTransitionConnection))
    }

    /// What both sides told of its progress, newest first.
    async fn progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<OpportunityProgressConnection>> {
        let below = async {
            let keys = vec![Key::int("opportunity_progress.id")];
            let order = reading::Order { name: "opportunityProgress".into(), keys, descending: true };
            let at = ("opportunity_progress.opportunity_id", self.0.id.0);
            let (list, paging) =
                (reading::opportunity::progress(scope(ctx)?), Paging { first, after, last, before });
            Found::below(ctx, at, list, Ok(reading::Predicate::always()), order, paging).await
        };
        Some(below.await.map(OpportunityProgressConnection))
    }
}
