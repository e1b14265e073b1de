//! What opportunities seem to repeat: the vendor's staff only, as it tells of other partners.

use entity::{DuplicateState, JsonText, OpportunityId, Timestamp};
use sea_orm::{FromQueryResult, Value};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::{Store, placeholders, query};
use crate::opportunity::duplicate::alike::Ground;
use crate::reading::list::predicate::Predicate;

/// What an opportunity seems to repeat, and what was decided of the two.
#[derive(Clone, Debug, FromQueryResult)]
pub struct DuplicateOf {
    /// The opportunity.
    pub of_id: OpportunityId,
    /// The other.
    pub other_id: OpportunityId,
    /// How alike they are, in parts per million; 0 if only a person found them to be.
    pub score_ppm: i32,
    /// Why.
    pub grounds: JsonText<Vec<Ground>>,
    /// What was decided.
    pub state: DuplicateState,
    /// When they were found to be alike.
    pub found_at: Timestamp,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why.
    pub reason: Option<String>,
}

/// What each of `ids` seems to repeat, the most alike first.
pub async fn of(store: &Store, scope: Scope, ids: &[OpportunityId]) -> Result<Vec<DuplicateOf>> {
    if !matches!(scope, Scope::All) {
        return Ok(vec![]);
    }
    let list = placeholders(1, ids.len());
    let half = |of: &str, other: &str| {
        format!(
            "SELECT {of} AS of_id, {other} AS other_id, score_ppm, grounds, state, found_at, decided_by, decided_at, reason \
             FROM opportunity_duplicate WHERE {of} IN {list}"
        )
    };
    let (first, second) = (half("first_id", "second_id"), half("second_id", "first_id"));
    let sql = format!("{first} UNION ALL {second} ORDER BY score_ppm DESC, other_id");
    let rows = query(store.db(), &sql, ids.iter().map(|id| Value::from(id.0))).await?;
    rows.iter().map(|row| Ok(DuplicateOf::from_query_result(row, "")?)).collect()
}

/// What seems to repeat another, and nobody decided on.
#[must_use]
pub fn suspected(scope: Scope) -> Predicate {
    if !matches!(scope, Scope::All) {
        return Predicate::never();
    }
    Predicate::new(
        "(EXISTS (SELECT 1 FROM opportunity_duplicate d WHERE d.first_id = opportunity.id AND d.state = 'SUSPECTED') \
         OR EXISTS (SELECT 1 FROM opportunity_duplicate d WHERE d.second_id = opportunity.id AND d.state = 'SUSPECTED'))",
        vec![],
    )
}
