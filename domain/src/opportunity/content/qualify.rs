//! PURE. What qualifies a partner's opportunity to be submitted (docs/domain.md, "Opportunities"): each thing missing
//! has a code of its own, and all are named at once.

use entity::{BudgetState, Day, PurchasePhase, opportunity};

use crate::kernel::error::{Code, Refusal};

/// Least length of a description that can name budget, decision maker, need and time, in characters.
pub const DESCRIPTION_LEAST: usize = 20;
/// Least expected revenue of the vendor, in micros: below one hundred units there is nothing to work on together.
pub const REVENUE_LEAST: i64 = 100_000_000;

/// Everything that is missing, in the order of the form.
#[must_use]
pub fn violations(row: &opportunity::Model, today: Day) -> Vec<Refusal> {
    let early = matches!(
        row.purchase_phase,
        Some(PurchasePhase::TopLevelDesign | PurchasePhase::Planning | PurchasePhase::TenderPreparation)
    );
    let in_a_year = Day(today.0 + 10_000);
    let reachable = !row.contact_phone.is_empty() || !row.contact_email.is_empty();
    let too_far = |day: Day| day > in_a_year && !early;
    let checks = [
        (row.customer_name.is_empty(), "customerName", Code::CustomerMissing, String::new()),
        (row.province.is_empty(), "province", Code::CustomerMissing, String::new()),
        (row.contact_name.is_empty(), "contactName", Code::ContactMissing, String::new()),
        (!reachable, "contactPhone", Code::ContactMissing, String::new()),
        (row.presales_activities.0.is_empty(), "presalesActivities", Code::ActivityMissing, String::new()),
        (
            row.description.chars().count() < DESCRIPTION_LEAST,
            "description",
            Code::DescriptionTooShort,
            DESCRIPTION_LEAST.to_string(),
        ),
        (
            row.budget_state.is_none_or(|state| state == BudgetState::None),
            "budgetState",
            Code::BudgetMissing,
            String::new(),
        ),
        (row.decision_maker.is_empty(), "decisionMaker", Code::DecisionMakerMissing, String::new()),
        (row.need.is_empty(), "need", Code::NeedMissing, String::new()),
        (row.expected_sign_on.is_none(), "expectedSignOn", Code::PurchaseTimeMissing, String::new()),
        (
            row.expected_sign_on.is_some_and(|day| day < today),
            "expectedSignOn",
            Code::PurchaseTimePast,
            today.to_string(),
        ),
        (
            row.expected_sign_on.is_some_and(too_far),
            "expectedSignOn",
            Code::PurchaseTooFar,
            in_a_year.to_string(),
        ),
        (
            row.expected_amount.unwrap_or(0) < REVENUE_LEAST,
            "expectedAmount",
            Code::RevenueTooSmall,
            format!("{} {}", row.currency.text(REVENUE_LEAST), row.currency),
        ),
        (!row.customer_consent, "customerConsent", Code::ConsentMissing, String::new()),
    ];
    checks
        .into_iter()
        .filter(|(violated, ..)| *violated)
        .map(|(_, path, code, detail)| Refusal::at(path, code, detail))
        .collect()
}
