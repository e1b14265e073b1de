//! Incentive policies.

use entity::{IncentivePolicyId, incentive_policy, incentive_rate};

use crate::kernel::error::Result;
use crate::kernel::store::Store;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// Every version of every policy: the same for whoever may ask.
#[must_use]
pub fn list() -> Listing<incentive_policy::Model> {
    Listing::of("incentive_policy", Predicate::always())
}

/// The rates of `policies` in the order of matching: a bounded number each.
pub async fn rates(store: &Store, policies: &[IncentivePolicyId]) -> Result<Vec<incentive_rate::Model>> {
    let of = Predicate::key_in("policy_id", policies.iter().map(|id| id.0.into()).collect());
    Listing::of("incentive_rate", Predicate::always()).all(store, of, "policy_id, seq").await
}
