//! Opportunities against their trails, and against each other.

use entity::OpportunityId;
use sea_orm::ConnectionTrait;

use crate::kernel::check::Check;
use crate::kernel::error::Result;
use crate::kernel::store::{query, query_one};
use crate::opportunity::duplicate::subject::WINDOW_MONTHS;

/// States of what passed; see [`crate::opportunity::state::machine::has_passed`].
const PASSED: &str = "('VERIFIED', 'ACCEPTED', 'IN_PROGRESS', 'WON', 'DELIVERED')";
/// Most pairs that are counted: one is too many.
const COUNTED: usize = 1_000;

/// Every opportunity stands where its trail ends, and of those that repeat each other one passed: by the rule, or because
/// somebody found them to be the same.
pub async fn prove<C: ConnectionTrait>(connection: &C) -> Result<Vec<Check>> {
    Ok(vec![stand_where_trails_end(connection).await?, one_passed(connection).await?])
}

async fn stand_where_trails_end<C: ConnectionTrait>(connection: &C) -> Result<Check> {
    let sql = "SELECT COUNT(*) FROM opportunity";
    let all: i64 = query_one(connection, sql, []).await?.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    // The last row of the trail, and none behind it.
    let sql = "SELECT o.id, o.state FROM opportunity o LEFT JOIN opportunity_transition t ON t.opportunity_id = o.id \
               AND t.seq = o.transitions WHERE t.to_state IS NULL OR t.to_state <> o.state OR EXISTS (SELECT 1 \
               FROM opportunity_transition n WHERE n.opportunity_id = o.id AND n.seq > o.transitions) ORDER BY o.id";
    let astray = query(connection, sql, []).await?;
    let example = match astray.first() {
        None => None,
        Some(row) => {
            let (id, state): (i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            Some(format!("{} stands in {state}", OpportunityId(id)))
        }
    };
    let right = all - i64::try_from(astray.len()).unwrap_or(i64::MAX);
    let name = "opportunities = ends of their trails";
    Ok(Check::equal(name, all.to_string(), right.to_string()).example(example))
}

async fn one_passed<C: ConnectionTrait>(connection: &C) -> Result<Check> {
    let month =
        |of: &str| format!("({of}.expected_sign_on / 10000 * 12 + {of}.expected_sign_on / 100 % 100)");
    let (a, b, apart) = (month("a"), month("b"), 2 * WINDOW_MONTHS);
    let by_rule = |same: &str| {
        format!(
            "SELECT a.id, b.id FROM opportunity a JOIN opportunity b ON {same} AND b.demand_tag = a.demand_tag AND b.id > a.id \
             WHERE a.state IN {PASSED} AND b.state IN {PASSED} AND {a} - {b} BETWEEN -{apart} AND {apart}"
        )
    };
    let name =
        "b.name_key = a.name_key AND a.name_key <> '' AND (a.credit_code IS NULL OR b.credit_code IS NULL)";
    let sql = format!(
        "{} UNION {} UNION SELECT a.id, b.id FROM opportunity_duplicate d JOIN opportunity a ON a.id = d.first_id \
         JOIN opportunity b ON b.id = d.second_id WHERE d.state = 'CONFIRMED' AND a.state IN {PASSED} AND b.state IN {PASSED} \
         ORDER BY 1, 2 LIMIT {COUNTED}",
        by_rule("b.credit_code = a.credit_code"),
        by_rule(name)
    );
    let pairs = query(connection, &sql, []).await?;
    let example = match pairs.first() {
        None => None,
        Some(row) => {
            let (one, other) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            Some(format!("{} and {} passed", OpportunityId(one), OpportunityId(other)))
        }
    };
    let name = "pairs of opportunities that repeat each other and both passed = 0";
    Ok(Check::equal(name, pairs.len().to_string(), "0").example(example))
}

#[cfg(test)]
mod tests {
    use entity::OpportunityState;

    use super::*;
    use crate::opportunity::state::machine::has_passed;

    #[test]
    fn the_states_of_what_passed_are_those_of_the_machine() {
        for state in OpportunityState::ALL {
            assert_eq!(PASSED.contains(&format!("'{}'", state.name())), has_passed(*state), "{state}");
        }
    }
}
