//! Taking a calendar in: each year that is named replaces what stood for that year.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::rows::{NewDay, ROWS_LIMIT};
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, exec, insert_rows};
use crate::kernel::write::{Begun, Context, Write};

/// Longest description of where rows come from, in characters.
pub const SOURCE_LIMIT: usize = 200;

/// The days of one or more years that do not go by their weekday; see [`super::rows::read`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewCalendar {
    /// Days that do not go by their weekday; each year they name is replaced as a whole.
    pub days: Vec<NewDay>,
    /// Origin of the days, e.g. the name of the file.
    pub source: String,
}

/// Replaces the years in which `input` has days; returns them in order. Deadlines that are set keep their instants.
pub async fn import(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: NewCalendar,
) -> Result<Vec<i32>> {
    let source = input.source.trim().to_owned();
    if source.is_empty() || source.chars().count() > SOURCE_LIMIT || source.chars().any(char::is_control) {
        let detail = format!("a source has 1 to {SOURCE_LIMIT} characters and no control characters");
        return Err(Refusal::at("source", Code::Invalid, detail).into());
    }
    if input.days.is_empty() || input.days.len() > ROWS_LIMIT {
        let detail = format!("a calendar has 1 to {ROWS_LIMIT} rows");
        return Err(Refusal::at("days", Code::Invalid, detail).into());
    }
    let write = match Write::begin(store, context, "calendarImport", key, &input).await? {
        Begun::Replay(years) => return Ok(years),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx().orm();
    // Two imports of a year come one after the other.
    exec(tx, "UPDATE programme SET version = version WHERE id = 1", []).await?;
    let years: Vec<i32> =
        input.days.iter().map(|day| day.day.year()).collect::<BTreeSet<_>>().into_iter().collect();
    for year in &years {
        let sql = "DELETE FROM calendar_day WHERE day >= $1 AND day < $2";
        exec(tx, sql, [(year * 10_000).into(), ((year + 1) * 10_000).into()]).await?;
    }
    let values = input.days.iter().flat_map(|day| -> [sea_orm::Value; 6] {
        [
            day.day.0.into(),
            day.working.into(),
            day.name.as_str().into(),
            day.name_zh.as_str().into(),
            source.as_str().into(),
            write.now.0.into(),
        ]
    });
    let head = "INSERT INTO calendar_day (day, working, name, name_zh, source, changed_at)";
    insert_rows(tx, head, 6, values.collect(), "").await?;
    let detail = serde_json::json!({ "years": years, "days": input.days.len() });
    write.finish(store, "calendar", Some(&source), &detail, &years).await?;
    Ok(years)
}
