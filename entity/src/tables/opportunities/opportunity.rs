//! An opportunity shared by a partner or by the vendor.

use sea_orm::entity::prelude::*;

use crate::{
    BudgetState, Currency, CustomerId, Day, JsonText, NoRelation as Relation, OfferingId, OfficeId,
    OpportunityId, OpportunityKind, OpportunityReason, OpportunityStage, OpportunityState, PartnerId,
    PresalesActivity, PurchasePhase, RouteKind, SupportKind, Timestamp,
};

/// An opportunity: what a customer is likely to buy, and how far partner and vendor have come together.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OpportunityId,
    /// Who shares it.
    pub kind: OpportunityKind,
    /// Its number in the vendor's CRM, of one that came from there.
    pub crm_no: Option<String>,
    /// The partner that shares it, or that it is offered to or accepted by; none while it waits for one.
    pub partner_id: Option<PartnerId>,
    /// Where it stands.
    pub state: OpportunityState,
    /// Since when.
    pub state_since: Timestamp,
    /// Why it stands there, of a refusal or an end.
    pub reason_code: Option<OpportunityReason>,
    /// The same in words.
    pub reason: Option<String>,
    /// Rows of its trail.
    pub transitions: i32,
    /// What it is called.
    pub name: String,
    /// What it is about: budget, decision maker, need and time.
    pub description: String,
    /// The customer's name in law, as who shares it wrote it.
    pub customer_name: String,
    /// The same, normalised for comparison.
    pub name_key: String,
    /// The customer's unified social credit code.
    pub credit_code: Option<String>,
    /// The customer, if it has an account.
    pub customer_id: Option<CustomerId>,
    /// Where the customer is.
    pub province: String,
    /// Where the customer is; empty if not known.
    pub city: String,
    /// The customer's industry.
    pub industry: String,
    /// Whom to talk to.
    pub contact_name: String,
    /// As what that person works.
    pub contact_title: String,
    /// How to reach it.
    pub contact_phone: String,
    /// How to reach it.
    pub contact_email: String,
    /// The partner hides the person from the vendor.
    pub contact_hidden_by_partner: bool,
    /// The vendor hides the person from the partner.
    pub contact_hidden_by_vendor: bool,
    /// What was done already.
    pub presales_activities: JsonText<Vec<PresalesActivity>>,
    /// The partner's own offering that goes with it.
    pub offering_id: Option<OfferingId>,
    /// The product family wanted: of the offering, or `OTHER`.
    pub demand_tag: String,
    /// The vendor's services wanted.
    pub services: JsonText<Vec<String>>,
    /// The support asked for.
    pub support: Option<SupportKind>,
    /// How far the customer's budget is.
    pub budget_state: Option<BudgetState>,
    /// The budget, in micros.
    pub budget_amount: Option<i64>,
    /// Who decides at the customer.
    pub decision_maker: String,
    /// What the customer needs.
    pub need: String,
    /// How far the purchase is.
    pub purchase_phase: Option<PurchasePhase>,
    /// Expected revenue of the vendor, in micros.
    pub expected_amount: Option<i64>,
    /// The currency of its amounts.
    pub currency: Currency,
    /// When the customer is expected to sign.
    pub expected_sign_on: Option<Day>,
    /// When it is expected to be delivered.
    pub expected_delivery_on: Option<Day>,
    /// The customer agreed to the sharing of its data.
    pub customer_consent: bool,
    /// How far the sale is, of the latest progress.
    pub stage: Option<OpportunityStage>,
    /// How likely it is won, of the latest progress.
    pub win_percent: Option<i16>,
    /// When progress was last told, or when it began to be owed.
    pub last_progress_at: Option<Timestamp>,
    /// No progress was told for too long.
    pub stale: bool,
    /// The office that looks after it; none while a coordinator has to find one.
    pub office_id: Option<OfficeId>,
    /// Why it is there.
    pub route: Option<RouteKind>,
    /// What that rests on: a customer, an area, a person.
    pub route_detail: Option<String>,
    /// The reviewer who works on it.
    pub claimed_by: Option<String>,
    /// Since when.
    pub claimed_at: Option<Timestamp>,
    /// The rejected one it was copied from.
    pub copied_from: Option<OpportunityId>,
    /// When the partner submitted it.
    pub submitted_at: Option<Timestamp>,
    /// When it passed review: from then it counts against the vendor's own.
    pub review_passed_at: Option<Timestamp>,
    /// When the vendor's sales created it: from then it counts.
    pub shared_at: Option<Timestamp>,
    /// When it was verified or accepted: from then no other passes.
    pub passed_at: Option<Timestamp>,
    /// When it was signed.
    pub won_at: Option<Timestamp>,
    /// When delivery was complete.
    pub delivered_at: Option<Timestamp>,
    /// Who made it.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
