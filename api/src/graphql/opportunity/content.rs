//! What an opportunity says: the customer, the need, the budget and the time.

use entity::opportunity;

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::Object;

/// Adds what an opportunity says.
pub(super) fn about(object: Object<opportunity::Model>) -> Object<opportunity::Model> {
    expected(wanted(customer(object)))
}

fn customer(object: Object<opportunity::Model>) -> Object<opportunity::Model> {
    object
        .text("name", "Its name.", |opportunity| &opportunity.name)
        .text(
            "description",
            "A text about budget, decision maker, need and time; empty if nobody wrote one.",
            |opportunity| &opportunity.description,
        )
        .text("customerName", "The customer's name in law, as whoever shares it wrote it.", |opportunity| {
            &opportunity.customer_name
        })
        .maybe_text(
            "creditCode",
            "The customer's unified social credit code; null if not known.",
            |opportunity| opportunity.credit_code.as_deref(),
        )
        .one(
            "customer",
            "The customer; null if it has no account or the caller does not see it.",
            |opportunity| opportunity.customer_id,
        )
        .text("province", "The province the customer is in.", |opportunity| &opportunity.province)
        .text("city", "The city the customer is in; empty if not known.", |opportunity| &opportunity.city)
        .text("industry", "The customer's industry; empty if not known.", |opportunity| &opportunity.industry)
}

fn wanted(object: Object<opportunity::Model>) -> Object<opportunity::Model> {
    object
        .text(
            "demandTag",
            "The product family that is wanted: that of the partner's offering, or OTHER.",
            |opportunity| &opportunity.demand_tag,
        )
        .field("presalesActivities", "The presales work that was done already.", |opportunity| {
            opportunity.presales_activities.0.iter().copied().map(Choice).collect::<Vec<_>>()
        })
        .field("services", "The names of the vendor's services that are wanted.", |opportunity| {
            opportunity.services.0.clone()
        })
        .field("support", "The support that the partner asks for; null for none.", |opportunity| {
            opportunity.support.map(Choice)
        })
}

fn expected(object: Object<opportunity::Model>) -> Object<opportunity::Model> {
    object
        .field("budgetState", "How far the customer's budget is; null if not known.", |opportunity| {
            opportunity.budget_state.map(Choice)
        })
        .maybe_object("budgetAmount", "The customer's budget; null if not known.", |opportunity| {
            opportunity.budget_amount.map(|amount| Money::of(amount, opportunity.currency))
        })
        .text("decisionMaker", "The person who decides at the customer; empty if not known.", |opportunity| {
            &opportunity.decision_maker
        })
        .text("need", "The customer's need in words; empty if nobody wrote it.", |opportunity| {
            &opportunity.need
        })
        .field("purchasePhase", "How far the customer's purchase is; null if not known.", |opportunity| {
            opportunity.purchase_phase.map(Choice)
        })
        .maybe_object(
            "expectedAmount",
            "The revenue that the vendor expects; null if not known.",
            |opportunity| opportunity.expected_amount.map(|amount| Money::of(amount, opportunity.currency)),
        )
        .field(
            "expectedSignOn",
            "The day on which the customer is expected to sign; null if not known.",
            |opportunity| opportunity.expected_sign_on,
        )
        .field(
            "expectedDeliveryOn",
            "The day on which it is expected to be delivered; null if not known.",
            |opportunity| opportunity.expected_delivery_on,
        )
        .field("customerConsent", "Whether the customer agreed that its data is shared.", |opportunity| {
            opportunity.customer_consent
        })
}
