//! The working-day calendar.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::programme::calendar::import::{NewCalendar, import};
use domain::programme::calendar::rows::{Written, read};
use domain::programme::calendar::{Calendar, days};
use entity::{Day, calendar_day};

use super::caller::{root, store, write_context};
use super::errors::OrFail;
use super::scalars::{Date, DateTime};
use super::user_error::{UserError, outcome};

/// Where imported days come from unless the caller says.
const SOURCE: &str = "API";

/// A day that does not go by its weekday.
#[derive(SimpleObject)]
pub struct CalendarDay {
    /// The day.
    day: Date,
    /// Whether it is a working day.
    working: bool,
    /// Why, in English.
    name_en: String,
    /// Why, in Chinese.
    name_zh_cn: String,
    /// Where this comes from.
    source: String,
    /// When it was last imported; null for days that came with the product.
    changed_at: Option<DateTime>,
}

impl From<calendar_day::Model> for CalendarDay {
    fn from(row: calendar_day::Model) -> Self {
        Self {
            day: Date(row.day),
            working: row.working,
            name_en: row.name,
            name_zh_cn: row.name_zh,
            source: row.source,
            changed_at: (row.changed_at.0 > 0).then_some(DateTime(row.changed_at)),
        }
    }
}

/// Whether a day works.
#[derive(SimpleObject)]
pub struct WorkingDay {
    /// The day asked for.
    date: Date,
    /// Whether it is a working day.
    working: bool,
    /// The day itself if it is a working day, else the next one that is.
    next_working: Date,
}

/// Queries about the calendar.
#[derive(Default)]
pub struct CalendarQuery;

#[Object(guard = "root(\"Query\")")]
impl CalendarQuery {
    /// The days of a year that do not go by their weekday, in order, at most 366: holidays, and days on which missed
    /// work is made up. All others work from Monday to Friday.
    async fn calendar_days(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The year, e.g. 2026.")] year: i32,
    ) -> Option<Result<Vec<CalendarDay>>> {
        Some(of_year(ctx, year).await)
    }

    /// Whether a day is a working day of the programme.
    async fn working_day(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day.")] date: Date,
    ) -> Option<Result<WorkingDay>> {
        let calendar = async { Calendar::load(store(ctx)?.db()).await.or_fail(ctx) };
        let civil = date.0.date()?;
        Some(calendar.await.map(|calendar| WorkingDay {
            date,
            working: calendar.is_working(civil),
            next_working: Date(Day::of(calendar.next_working(civil))),
        }))
    }
}

async fn of_year(ctx: &Context<'_>, year: i32) -> Result<Vec<CalendarDay>> {
    let rows = days(store(ctx)?.db(), year).await.or_fail(ctx)?;
    Ok(rows.into_iter().map(CalendarDay::from).collect())
}

/// A day that does not go by its weekday.
#[derive(InputObject)]
pub struct CalendarDayInput {
    /// The day.
    day: Date,
    /// Whether it is a working day.
    working: bool,
    /// Why, in English, 1 to 100 characters.
    name_en: String,
    /// Why, in Chinese, 1 to 100 characters.
    name_zh_cn: String,
}

/// The days of one or more years.
#[derive(InputObject)]
pub struct CalendarImportInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The days, 1 to 1000. Each year that is named replaces what stood for that year.
    days: Vec<CalendarDayInput>,
    /// Where they come from, 1 to 200 characters.
    source: Option<String>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct CalendarImportPayload {
    /// The years that were replaced, with all their days; null if nothing changed.
    calendar_days: Option<Vec<CalendarDay>>,
    /// Why nothing changed; empty on success.
    user_errors: Vec<UserError>,
}

/// Changes of the calendar.
#[derive(Default)]
pub struct CalendarMutation;

#[Object(guard = "root(\"Mutation\")")]
impl CalendarMutation {
    /// Takes a calendar in, in place of what stood for its years. Deadlines that are set keep their instants.
    async fn calendar_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The days.")] input: CalendarImportInput,
    ) -> Result<CalendarImportPayload> {
        let written = |(row, day): (u64, CalendarDayInput)| Written {
            row,
            day: day.day.0.to_string(),
            working: day.working.to_string(),
            name: day.name_en,
            name_zh: day.name_zh_cn,
        };
        let rows: Vec<Written> = (1..).zip(input.days).map(written).collect();
        let source = input.source.unwrap_or_else(|| SOURCE.to_owned());
        let result = match read(&rows) {
            Ok(days) => {
                let key = Some(input.idempotency_key.as_str());
                import(store(ctx)?, &write_context(ctx)?, key, NewCalendar { days, source }).await
            }
            Err(refused) => Err(refused),
        };
        let (years, user_errors) = outcome(ctx, result, None).await?;
        let mut calendar_days = years.as_ref().map(|_| Vec::new());
        for year in years.into_iter().flatten() {
            calendar_days.get_or_insert_default().extend(of_year(ctx, year).await?);
        }
        Ok(CalendarImportPayload { calendar_days, user_errors })
    }
}
