//! Settlement runs, their shards, and the partners that were set aside.

use entity::{RunId, settlement_quarantine, settlement_run, settlement_shard};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The runs a caller sees: the vendor's staff all, others none.
#[must_use]
pub fn list(scope: Scope) -> Listing<settlement_run::Model> {
    Listing::of("settlement_run", Predicate::vendor_only(scope))
}

/// The shards of `runs`: a bounded number each.
pub async fn shards(store: &Store, scope: Scope, runs: &[RunId]) -> Result<Vec<settlement_shard::Model>> {
    Listing::of("settlement_shard", Predicate::vendor_only(scope)).all(store, of(runs), "run_id, shard").await
}

/// The partners set aside by runs.
#[must_use]
pub fn quarantine(scope: Scope) -> Listing<settlement_quarantine::Model> {
    Listing::of("settlement_quarantine", Predicate::vendor_only(scope))
}

fn of(runs: &[RunId]) -> Predicate {
    Predicate::key_in("run_id", runs.iter().map(|id| id.0.into()).collect())
}
