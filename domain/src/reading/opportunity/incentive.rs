//! Claims of the incentive for opportunities, their policies and trails; and what opportunities are linked to.

use entity::{
    OpportunityId, PceClaimId, opportunity_account, opportunity_order, pce_claim, pce_claim_transition,
    pce_incentive_policy,
};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::money::opportunity_incentive::eligibility::{Examined, examine};
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The claims a caller sees: a partner its own.
#[must_use]
pub fn list(scope: Scope) -> Listing<pce_claim::Model> {
    let of = match scope {
        Scope::All => Predicate::always(),
        Scope::Partner(id, _) => Predicate::compare("pce_claim.partner_id", "=", id.0),
        Scope::Customer(_) => Predicate::never(),
    };
    Listing::of("pce_claim", of)
}

/// The trails of claims, oldest first, of claims the caller sees.
pub async fn transitions(store: &Store, claims: &[PceClaimId]) -> Result<Vec<pce_claim_transition::Model>> {
    let of = Predicate::key_in("claim_id", claims.iter().map(|id| id.0.into()).collect());
    Listing::of("pce_claim_transition", Predicate::always()).all(store, of, "claim_id, seq").await
}

/// Every policy: whoever may ask may know what is paid.
#[must_use]
pub fn policies() -> Listing<pce_incentive_policy::Model> {
    Listing::of("pce_incentive_policy", Predicate::always())
}

/// The accounts of opportunities the caller sees.
pub async fn accounts(
    store: &Store,
    opportunities: &[OpportunityId],
) -> Result<Vec<opportunity_account::Model>> {
    let of = Predicate::key_in("opportunity_id", opportunities.iter().map(|id| id.0.into()).collect());
    Listing::of("opportunity_account", Predicate::always()).all(store, of, "opportunity_id, account_id").await
}

/// The orders of opportunities the caller sees.
pub async fn orders(store: &Store, opportunities: &[OpportunityId]) -> Result<Vec<opportunity_order::Model>> {
    let of = Predicate::key_in("opportunity_id", opportunities.iter().map(|id| id.0.into()).collect());
    Listing::of("opportunity_order", Predicate::always()).all(store, of, "opportunity_id, order_no").await
}

/// Whether an opportunity the caller sees may be claimed for now; none if it sees none.
pub async fn eligibility(store: &Store, scope: Scope, id: OpportunityId) -> Result<Option<Examined>> {
    let found = crate::reading::opportunity::rows::list(scope)
        .by_ids(store, "opportunity.id", vec![id.0.into()])
        .await?;
    match found.first() {
        None => Ok(None),
        Some(opportunity) => Ok(Some(examine(store.db(), opportunity, None).await?)),
    }
}
