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
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OpportunityId,
    /// The side that shares it: partner-originated (PO) or the house's own (HO).
    pub kind: OpportunityKind,
    /// Its number in the vendor's CRM, of one that came from there.
    pub crm_no: Option<String>,
    /// The partner that shares it, or that it is offered to or accepted by; none while it waits for one.
    pub partner_id: Option<PartnerId>,
    /// State after the latest transition of its trail.
    pub state: OpportunityState,
    /// Instant of the transition into `state`.
    pub state_since: Timestamp,
    /// Code of the latest refusal or end; none in other states.
    pub reason_code: Option<OpportunityReason>,
    /// Words to `reason_code`, as the actor wrote them.
    pub reason: Option<String>,
    /// Number of rows in its trail; the next row takes this number plus one.
    pub transitions: i32,
    /// Title of the sale, as the side that shares it wrote it.
    pub name: String,
    /// Free text about budget, decision maker, need and time.
    pub description: String,
    /// The customer's name in law, as who shares it wrote it.
    pub customer_name: String,
    /// `customer_name`, normalised for the comparison of candidates.
    pub name_key: String,
    /// The customer's unified social credit code (18 characters), if known.
    pub credit_code: Option<String>,
    /// The customer, if it has an account.
    pub customer_id: Option<CustomerId>,
    /// Province of the customer; it is routed by its place where no office owns the customer.
    pub province: String,
    /// City of the customer; empty if not known.
    pub city: String,
    /// The customer's industry.
    pub industry: String,
    /// Person to talk to at the customer; the side that entered it may keep it from the other.
    pub contact_name: String,
    /// Job title of the contact.
    pub contact_title: String,
    /// Phone number of the contact.
    pub contact_phone: String,
    /// Mail address of the contact.
    pub contact_email: String,
    /// The partner hides the person from the vendor.
    pub contact_hidden_by_partner: bool,
    /// The vendor hides the person from the partner.
    pub contact_hidden_by_vendor: bool,
    /// Activities at the customer before it was shared; JSON array of names.
    pub presales_activities: JsonText<Vec<PresalesActivity>>,
    /// The partner's own offering that goes with it.
    pub offering_id: Option<OfferingId>,
    /// The product family wanted: of the offering, or `OTHER`.
    pub demand_tag: String,
    /// The vendor's services wanted; JSON array of texts.
    pub services: JsonText<Vec<String>>,
    /// Support that the partner asks the vendor for.
    pub support: Option<SupportKind>,
    /// State of the customer's budget; none if not said.
    pub budget_state: Option<BudgetState>,
    /// The budget, in micros of `currency`.
    pub budget_amount: Option<i64>,
    /// Person who decides at the customer; empty if not said.
    pub decision_maker: String,
    /// The customer's need; empty if not said.
    pub need: String,
    /// Phase of the customer's purchase; none if not said.
    pub purchase_phase: Option<PurchasePhase>,
    /// Expected revenue of the vendor, in micros of `currency`.
    pub expected_amount: Option<i64>,
    /// Currency of `budget_amount` and `expected_amount`.
    pub currency: Currency,
    /// Day on which the customer is expected to sign; duplicates are looked for in the months around it.
    pub expected_sign_on: Option<Day>,
    /// Day on which delivery is expected.
    pub expected_delivery_on: Option<Day>,
    /// The customer agreed to the sharing of its data.
    pub customer_consent: bool,
    /// Stage of the sale, of the latest report of progress.
    pub stage: Option<OpportunityStage>,
    /// Likelihood of winning, 0 to 100, of the latest report of progress.
    pub win_percent: Option<i16>,
    /// Instant of the latest report of progress, or from which the first one is owed.
    pub last_progress_at: Option<Timestamp>,
    /// `true` while no progress was reported for too long.
    pub stale: bool,
    /// The office that looks after it; none while a coordinator has to find one.
    pub office_id: Option<OfficeId>,
    /// Ground on which it came to `office_id`.
    pub route: Option<RouteKind>,
    /// Customer, area or person on which the route rests, as text.
    pub route_detail: Option<String>,
    /// Reviewer who took it, by the subject of the token; none while nobody did.
    pub claimed_by: Option<String>,
    /// Instant at which the reviewer took it.
    pub claimed_at: Option<Timestamp>,
    /// Rejected opportunity that this one was copied from.
    pub copied_from: Option<OpportunityId>,
    /// Instant at which the partner submitted it.
    pub submitted_at: Option<Timestamp>,
    /// Instant at which it passed review: from then on it counts against the vendor's own.
    pub review_passed_at: Option<Timestamp>,
    /// Instant at which the vendor's sales created it: from then on it counts.
    pub shared_at: Option<Timestamp>,
    /// Instant at which it was verified or accepted: from then on nothing that repeats it passes.
    pub passed_at: Option<Timestamp>,
    /// Instant at which it was reported as signed.
    pub won_at: Option<Timestamp>,
    /// Instant at which delivery was reported as complete.
    pub delivered_at: Option<Timestamp>,
    /// Subject of the token that made it.
    pub created_by: String,
    /// Instant at which the row was made.
    pub created_at: Timestamp,
    /// Grows with every change; a save that expects an older one is refused.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
