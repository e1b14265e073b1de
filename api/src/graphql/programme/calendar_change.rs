//! Taking a calendar of working days in.

use async_graphql::{ID, InputObject};
use domain::programme::calendar::days;
use domain::programme::calendar::import::{NewCalendar, import};
use domain::programme::calendar::rows::{Written, read};
use entity::calendar_day;

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::object::Object;
use crate::graphql::schema::scalars::Date;

/// The source of imported days unless the caller names one.
const SOURCE: &str = "API";

/// A day that does not go by its weekday.
#[derive(InputObject)]
pub(crate) struct CalendarDayInput {
    /// The day.
    day: Date,
    /// Whether it is a working day.
    working: bool,
    /// The reason why it does not go by its weekday, in English, 1 to 100 characters.
    name_en: String,
    /// The reason why it does not go by its weekday, in Chinese, 1 to 100 characters.
    name_zh_cn: String,
}

/// The days of one or more years.
#[derive(InputObject)]
pub(crate) struct CalendarImportInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The days, 1 to 1000. Each year that is named replaces what stood for that year.
    days: Vec<CalendarDayInput>,
    /// The name of what they come from, 1 to 200 characters.
    source: Option<String>,
}

impl Change for CalendarImportInput {
    type Gives = Vec<i32>;
    const NAME: &'static str = "calendarImport";
    const DOC: &'static str = "Takes a calendar in, in place of what stood for its years. Deadlines that are set keep their instants.";
    const INPUT: &'static str = "The days.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.maybe_lists(
            "calendarDays",
            "The years that were replaced, with all their days; null if nothing changed.",
            |env, changes, _| {
                Box::pin(async move {
                    let mut found = Vec::with_capacity(changes.len());
                    for changed in changes {
                        found.push(match &changed.done {
                            Some(years) => Some(of_years(env, years).await?),
                            None => None,
                        });
                    }
                    Ok(found)
                })
            },
        )
    }

    async fn change(self, env: &Env) -> domain::Result<Vec<i32>> {
        let written = |(row, day): (u64, CalendarDayInput)| Written {
            row,
            day: day.day.0.to_string(),
            working: day.working.to_string(),
            name: day.name_en,
            name_zh: day.name_zh_cn,
        };
        let rows: Vec<Written> = (1..).zip(self.days).map(written).collect();
        let source = self.source.unwrap_or_else(|| SOURCE.to_owned());
        let new = NewCalendar { days: read(&rows)?, source };
        import(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// The days of the few years that a mutation replaced.
async fn of_years(env: &Env, years: &[i32]) -> Outcome<Vec<calendar_day::Model>> {
    let mut found = Vec::new();
    for year in years {
        found.extend(days(env.store.db(), *year).await?);
    }
    Ok(found)
}

/// Adds the change of the calendar.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<CalendarImportInput>()
}
