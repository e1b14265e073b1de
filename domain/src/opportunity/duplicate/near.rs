//! Finding opportunities that seem to repeat each other, and keeping the pairs until somebody decides on them
//! (docs/domain.md, "Opportunities"; scores by [`crate::opportunity::duplicate::alike`]).

use entity::{DuplicateState, JsonText, OpportunityId, Timestamp, opportunity, opportunity_duplicate};
use sea_orm::{FromQueryResult, Value};

use super::alike::{self, Alike};
use super::pass::COUNTS;
use super::subject::{COLUMNS, Subject};
use crate::kernel::error::Result;
use crate::kernel::machine::hold;
use crate::kernel::store::{Tx, exec, insert_rows, placeholders, placeholders_behind, query, query_one};
use crate::opportunity::state::machine::Opportunities;
use crate::programme::company::names;

/// Most opportunities whose names are compared with one, those that share most pieces of it first; and most of its
/// customer by credit code, by name and by account, latest first.
pub const CANDIDATES_LIMIT: i64 = 200;
/// Most pairs kept of one look, the most alike first: nobody looks through more.
pub const PAIRS_LIMIT: usize = 20;
/// Author of decisions that the rule made.
const BY_RULE: &str = "duplicates";
/// Opportunities whose pieces are written in one statement.
const AT_ONCE: usize = 500;

/// Looks for what `rows` repeat, and keeps the pairs. They must be written, and [`crate::opportunity::duplicate::pass::lock`] held: of two that
/// come at once the later finds the earlier.
pub(in crate::opportunity) async fn look(tx: &Tx, now: Timestamp, rows: &[opportunity::Model]) -> Result<()> {
    forget_pieces(tx, rows).await?;
    let pieces = rows.iter().flat_map(|row| {
        let pieces = names::grams(&row.customer_name).into_iter();
        pieces.flat_map(move |gram| -> [Value; 2] { [gram.into(), row.id.0.into()] })
    });
    insert_rows(tx.orm(), "INSERT INTO opportunity_gram (gram, opportunity_id)", 2, pieces.collect(), "")
        .await?;
    for row in rows {
        keep(tx, now, row, &alike(tx, row).await?).await?;
    }
    Ok(())
}

/// Drops the suspected pairs of an opportunity that ended or was taken back: it seems to repeat nothing any
/// more. What was decided stays.
pub(in crate::opportunity) async fn forget(tx: &Tx, row: &opportunity::Model) -> Result<()> {
    forget_pieces(tx, std::slice::from_ref(row)).await?;
    let sql =
        "DELETE FROM opportunity_duplicate WHERE (first_id = $1 OR second_id = $1) AND state = 'SUSPECTED'";
    exec(tx.orm(), sql, [row.id.0.into()]).await?;
    Ok(())
}

async fn forget_pieces(tx: &Tx, rows: &[opportunity::Model]) -> Result<()> {
    for some in rows.chunks(AT_ONCE) {
        let list = placeholders(1, some.len());
        let sql = format!("DELETE FROM opportunity_gram WHERE opportunity_id IN {list}");
        exec(tx.orm(), &sql, some.iter().map(|row| row.id.0.into())).await?;
    }
    Ok(())
}

/// The statement that finds what may repeat an opportunity, for a number of pieces of its name: by credit code, name,
/// account, and what shares most pieces.
#[must_use]
pub fn candidates_sql(pieces: usize) -> String {
    let by = |which: &str| {
        format!(
            "SELECT id FROM (SELECT id FROM opportunity WHERE {which} ORDER BY id DESC LIMIT $5) AS latest"
        )
    };
    let (code, name, account) = (by("credit_code = $1"), by("name_key = $2"), by("customer_id = $3"));
    let list = placeholders_behind(5, pieces);
    let alike = if pieces == 0 {
        String::new()
    } else {
        format!(
            " UNION SELECT opportunity_id FROM (SELECT opportunity_id FROM opportunity_gram WHERE gram IN {list} \
             GROUP BY opportunity_id ORDER BY COUNT(*) DESC, opportunity_id DESC LIMIT $5) AS latest"
        )
    };
    format!(
        "SELECT {COLUMNS} FROM opportunity WHERE id IN ({code} UNION {name} UNION {account}{alike}) AND id <> $4 AND {COUNTS}"
    )
}

/// The opportunities that seem to repeat this one or to be repeated by it: the most alike first.
async fn alike(tx: &Tx, row: &opportunity::Model) -> Result<Vec<(OpportunityId, Alike)>> {
    let pieces = names::grams(&row.customer_name);
    let values: [Value; 5] = [
        row.credit_code.clone().into(),
        row.name_key.as_str().into(),
        row.customer_id.map(|id| id.0).into(),
        row.id.0.into(),
        CANDIDATES_LIMIT.into(),
    ];
    let sql = candidates_sql(pieces.len());
    let values = values.into_iter().chain(pieces.into_iter().map(Value::from));
    let (mut found, subject) = (vec![], Subject::from(row));
    for other in query(tx.orm(), &sql, values).await? {
        let other = Subject::from_query_result(&other, "")?;
        found.extend(alike::compare(&subject, &other).map(|alike| (other.id, alike)));
    }
    found.sort_by_key(|(id, alike)| (-alike.score_ppm, *id));
    found.truncate(PAIRS_LIMIT);
    Ok(found)
}

/// Keeps the pairs of an opportunity as they were found now; what was decided stays decided.
async fn keep(
    tx: &Tx,
    now: Timestamp,
    row: &opportunity::Model,
    found: &[(OpportunityId, Alike)],
) -> Result<()> {
    let others = placeholders_behind(1, found.len());
    let gone = "DELETE FROM opportunity_duplicate WHERE state = 'SUSPECTED'";
    let (first, second) = if found.is_empty() {
        ("first_id = $1".to_owned(), "second_id = $1".to_owned())
    } else {
        let but = |other: &str, mine: &str| format!("{mine} = $1 AND {other} NOT IN {others}");
        (but("second_id", "first_id"), but("first_id", "second_id"))
    };
    let ids = std::iter::once(row.id.0.into()).chain(found.iter().map(|(id, _)| Value::from(id.0)));
    exec(tx.orm(), &format!("{gone} AND ({first} OR {second})"), ids).await?;
    let mut values: Vec<Value> = vec![];
    for (other, alike) in found {
        let (first, second) = pair(row.id, *other);
        let kept: [Value; 6] = [
            first.0.into(),
            second.0.into(),
            alike.score_ppm.into(),
            JsonText(alike.grounds.clone()).into(),
            DuplicateState::Suspected.name().into(),
            now.0.into(),
        ];
        values.extend(kept);
    }
    let head = "INSERT INTO opportunity_duplicate (first_id, second_id, score_ppm, grounds, state, found_at)";
    let tail = "ON CONFLICT (first_id, second_id) DO UPDATE SET score_ppm = excluded.score_ppm, grounds = excluded.grounds \
                WHERE opportunity_duplicate.state = 'SUSPECTED'";
    insert_rows(tx.orm(), head, 6, values, tail).await?;
    Ok(())
}

/// A pair as it is kept: the smaller key first. PURE.
pub(in crate::opportunity) fn pair(a: OpportunityId, b: OpportunityId) -> (OpportunityId, OpportunityId) {
    (a.min(b), a.max(b))
}

/// A pair as it is kept, if it is.
pub(in crate::opportunity) async fn find(
    tx: &Tx,
    (first, second): (OpportunityId, OpportunityId),
) -> Result<Option<opportunity_duplicate::Model>> {
    let sql = "SELECT * FROM opportunity_duplicate WHERE first_id = $1 AND second_id = $2";
    let row = query_one(tx.orm(), sql, [first.0.into(), second.0.into()]).await?;
    Ok(row.map(|row| opportunity_duplicate::Model::from_query_result(&row, "")).transpose()?)
}

/// The opportunities in suspected pairs with this one, on which nobody decided.
pub(in crate::opportunity) async fn suspected(tx: &Tx, id: OpportunityId) -> Result<Vec<opportunity::Model>> {
    let sql = "SELECT * FROM opportunity WHERE id IN (SELECT second_id FROM opportunity_duplicate WHERE first_id = $1 \
               AND state = 'SUSPECTED' UNION ALL SELECT first_id FROM opportunity_duplicate WHERE second_id = $1 \
               AND state = 'SUSPECTED') ORDER BY id";
    let rows = query(tx.orm(), sql, [id.0.into()]).await?;
    rows.iter().map(|row| Ok(opportunity::Model::from_query_result(row, "")?)).collect()
}

/// A decision about a pair, as it is kept.
#[derive(Clone, Copy, Debug)]
pub(in crate::opportunity) struct Decision<'a> {
    /// State of the pair from now on.
    pub(in crate::opportunity) state: DuplicateState,
    /// Author: subject of the token, or the rule.
    pub(in crate::opportunity) by: &'a str,
    /// Reason of the decision, in words.
    pub(in crate::opportunity) reason: Option<&'a str>,
}

/// Keeps a decision on two, whether they were known to be alike or not. It takes the place of what stood there.
pub(in crate::opportunity) async fn decided(
    tx: &Tx,
    now: Timestamp,
    (one, other): (&opportunity::Model, &opportunity::Model),
    decision: Decision<'_>,
) -> Result<()> {
    let alike = alike::compare(&one.into(), &other.into());
    let (score, grounds) = alike.map_or((0, vec![]), |alike| (alike.score_ppm, alike.grounds));
    let (first, second) = pair(one.id, other.id);
    let values: [Value; 9] = [
        first.0.into(),
        second.0.into(),
        score.into(),
        JsonText(grounds).into(),
        decision.state.name().into(),
        now.0.into(),
        decision.by.into(),
        now.0.into(),
        decision.reason.into(),
    ];
    let head = "INSERT INTO opportunity_duplicate (first_id, second_id, score_ppm, grounds, state, found_at, decided_by, \
                decided_at, reason)";
    let tail = "ON CONFLICT (first_id, second_id) DO UPDATE SET score_ppm = excluded.score_ppm, grounds = excluded.grounds, \
                state = excluded.state, decided_by = excluded.decided_by, decided_at = excluded.decided_at, \
                reason = excluded.reason";
    insert_rows(tx.orm(), head, 9, values.into(), tail).await?;
    Ok(())
}

/// Keeps why one gave way to another: by the rule they are the same, unless somebody found so before.
pub(in crate::opportunity) async fn gave_way(
    tx: &Tx,
    now: Timestamp,
    loser: &opportunity::Model,
    winner: OpportunityId,
) -> Result<()> {
    let known = find(tx, pair(loser.id, winner)).await?;
    if known.is_some_and(|pair| pair.state == DuplicateState::Confirmed) {
        return Ok(());
    }
    let Some(winner) = hold::<Opportunities>(tx, winner).await? else { return Ok(()) };
    let decision = Decision { state: DuplicateState::Confirmed, by: BY_RULE, reason: None };
    decided(tx, now, (loser, &winner), decision).await
}

/// The opportunities that somebody found to be the same as this one.
pub(in crate::opportunity) async fn confirmed(tx: &Tx, id: OpportunityId) -> Result<Vec<OpportunityId>> {
    let sql = "SELECT CASE WHEN first_id = $1 THEN second_id ELSE first_id END FROM opportunity_duplicate \
               WHERE (first_id = $1 OR second_id = $1) AND state = 'CONFIRMED' ORDER BY 1";
    let rows = query(tx.orm(), sql, [id.0.into()]).await?;
    rows.iter().map(|row| Ok(OpportunityId(row.try_get_by_index(0)?))).collect()
}
