//! Only one of opportunities that repeat each other passes. The database keeps a row for each customer, product family
//! and month of the one that did, so that no second can; who it is, [`crate::opportunity::duplicate::verdict`] decides.

use entity::{Month, OpportunityId, opportunity};
use sea_orm::{DbBackend, FromQueryResult, Value};

use super::near;
use super::subject::{COLUMNS, Subject};
use super::verdict::{Claim, Verdict, decide};
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Tx, exec, insert_rows, placeholders_behind, query};

/// Key of the advisory lock under which is decided which of several passes: any number that no other lock of the
/// database uses ("PCPA").
const PASS_LOCK: i64 = 0x5043_5041;

/// Head of the statement that writes places.
const PLACE: &str = "INSERT INTO opportunity_pass (identity, demand_tag, month, opportunity_id)";

/// Condition for opportunities that count against others: neither unsent, nor ended without success.
pub(in crate::opportunity) const COUNTS: &str =
    "state NOT IN ('DRAFT', 'REVIEW_REJECTED', 'REJECTED', 'LOST', 'CLOSED')";

/// The customer's identities, as far as they are known: by credit code, and by name. PURE.
#[must_use]
pub fn identities(opportunity: &opportunity::Model) -> Vec<String> {
    let credit = opportunity.credit_code.as_ref().map(|code| format!("CREDIT:{code}"));
    credit.into_iter().chain([format!("NAME:{}", opportunity.name_key)]).collect()
}

/// One decision at a time, until the transaction ends. Whoever will decide takes this before it holds an opportunity: a
/// decision holds others too. SQLite has one writer anyway.
pub async fn lock(tx: &Tx) -> Result<()> {
    if tx.backend() == DbBackend::Postgres {
        exec(tx.orm(), "SELECT pg_advisory_xact_lock($1)", [PASS_LOCK.into()]).await?;
    }
    Ok(())
}

/// Decides over an opportunity that is about to pass, and holds whatever repeats it: by the rule, or because somebody
/// found it to.
pub(in crate::opportunity) async fn judge(
    tx: &Tx,
    candidate: &opportunity::Model,
) -> Result<(Verdict, Vec<opportunity::Model>)> {
    lock(tx).await?;
    let confirmed = near::confirmed(tx, candidate.id).await?;
    let among = if confirmed.is_empty() {
        String::new()
    } else {
        format!(" OR id IN {}", placeholders_behind(4, confirmed.len()))
    };
    // In the order of keys, as everybody who holds several opportunities: no two wait for each other.
    let sql = tx.holding(&format!(
        "SELECT * FROM opportunity WHERE ((name_key = $1 OR credit_code = $2) AND demand_tag = $3{among}) AND id <> $4 \
         AND {COUNTS} ORDER BY id"
    ));
    let values: [Value; 4] = [
        candidate.name_key.as_str().into(),
        candidate.credit_code.clone().into(),
        candidate.demand_tag.as_str().into(),
        candidate.id.0.into(),
    ];
    let values = values.into_iter().chain(confirmed.iter().map(|id| Value::from(id.0)));
    let rows = query(tx.orm(), &sql, values).await?;
    let rows = rows.iter().map(|row| Ok(opportunity::Model::from_query_result(row, "")?));
    let mut others = rows.collect::<Result<Vec<_>>>()?;
    let subject = Subject::from(candidate);
    others.retain(|other| subject.repeats(&other.into()) || confirmed.contains(&other.id));
    let claims: Vec<Claim> = others.iter().map(Claim::from).collect();
    Ok((decide(candidate.into(), &claims), others))
}

/// Takes the place of an opportunity that passes; nothing is taken if another has it, which is returned. A company of the same
/// name but another credit code is another customer: it does not have the place, and keeps the name.
pub(in crate::opportunity) async fn take(
    tx: &Tx,
    opportunity: &opportunity::Model,
) -> Result<Option<OpportunityId>> {
    for other in near::confirmed(tx, opportunity.id).await? {
        if !take_pair(tx, opportunity.id, other).await? {
            release(tx, opportunity.id).await?;
            return Ok(Some(other));
        }
    }
    let months = Subject::from(opportunity).window();
    let mut rows: Vec<Value> = vec![];
    for identity in identities(opportunity) {
        for month in &months {
            let tag = opportunity.demand_tag.as_str();
            let row: [Value; 4] =
                [identity.as_str().into(), tag.into(), month.0.into(), opportunity.id.0.into()];
            rows.extend(row);
        }
    }
    let wanted = rows.len() / 4;
    let taken = insert_rows(tx.orm(), PLACE, 4, rows, "ON CONFLICT DO NOTHING").await?;
    // A row that was not free may be that of another company of the same name, which keeps nobody out.
    if taken < wanted as u64
        && let Some(other) = holder(tx, opportunity, &months).await?
    {
        release(tx, opportunity.id).await?;
        return Ok(Some(other));
    }
    Ok(None)
}

/// Takes the place of two that somebody found to be the same, whatever they say: `false` if the other has it.
pub(in crate::opportunity) async fn take_pair(
    tx: &Tx,
    id: OpportunityId,
    other: OpportunityId,
) -> Result<bool> {
    // Without family and month: two that are one stay so when either of them is changed.
    let values: [Value; 4] = [pair_place(id, other).into(), "".into(), 0.into(), id.0.into()];
    Ok(insert_rows(tx.orm(), PLACE, 4, values.into(), "ON CONFLICT DO NOTHING").await? == 1)
}

/// Nobody has the place of two that are not the same after all.
pub(in crate::opportunity) async fn release_pair(
    tx: &Tx,
    id: OpportunityId,
    other: OpportunityId,
) -> Result<()> {
    exec(tx.orm(), "DELETE FROM opportunity_pass WHERE identity = $1", [pair_place(id, other).into()])
        .await?;
    Ok(())
}

/// The identity under which the place of two is kept. PURE.
fn pair_place(id: OpportunityId, other: OpportunityId) -> String {
    let (first, second) = near::pair(id, other);
    format!("PAIR:{first}:{second}")
}

/// Another of the same customer that has a month of the place.
async fn holder(
    tx: &Tx,
    opportunity: &opportunity::Model,
    months: &[Month],
) -> Result<Option<OpportunityId>> {
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return Ok(None) };
    let names = identities(opportunity);
    let sql = format!(
        "SELECT {COLUMNS} FROM opportunity o WHERE o.id <> $1 AND o.id IN (SELECT opportunity_id FROM opportunity_pass \
         WHERE demand_tag = $2 AND month BETWEEN $3 AND $4 AND identity IN {})",
        placeholders_behind(4, names.len())
    );
    let (id, tag) = (opportunity.id.0, opportunity.demand_tag.as_str());
    let place: [Value; 4] = [id.into(), tag.into(), first.0.into(), last.0.into()];
    let values = place.into_iter().chain(names.into_iter().map(Value::from));
    let subject = Subject::from(opportunity);
    for row in query(tx.orm(), &sql, values).await? {
        let other = Subject::from_query_result(&row, "")?;
        if subject.same_customer(&other) {
            return Ok(Some(other.id));
        }
    }
    Ok(None)
}

/// Moves the place of one that passed to what it says now. Refuses it if another has that.
pub(in crate::opportunity) async fn move_place(tx: &Tx, opportunity: &opportunity::Model) -> Result<()> {
    let refuse = |code| Err(Refusal::at("expectedSignOn", code, "").into());
    if opportunity.expected_sign_on.is_none() {
        return refuse(Code::PurchaseTimeMissing);
    }
    release(tx, opportunity.id).await?;
    if take(tx, opportunity).await?.is_none() { Ok(()) } else { refuse(Code::DuplicateOpportunity) }
}

/// Gives the place back: what was lost or given up keeps nobody out.
pub(in crate::opportunity) async fn release(tx: &Tx, id: OpportunityId) -> Result<()> {
    exec(tx.orm(), "DELETE FROM opportunity_pass WHERE opportunity_id = $1", [id.0.into()]).await?;
    Ok(())
}

/// Another has to be decided first. The vendor's people are told which; a partner learns nothing of others.
pub(in crate::opportunity) fn undecided(first: OpportunityId, vendor: bool) -> Refusal {
    let which = if vendor { first.to_string() } else { String::new() };
    Refusal::at("operation", Code::DuplicateUndecided, which)
}

#[cfg(test)]
mod tests {
    use entity::OpportunityState;

    use super::*;
    use crate::opportunity::state::machine::counts;

    #[test]
    fn the_states_that_count_are_those_of_the_machine() {
        for state in OpportunityState::ALL {
            assert_eq!(!COUNTS.contains(&format!("'{}'", state.name())), counts(*state), "{state}");
        }
    }
}
