//! What is shown of the calendar of working days.

use domain::programme::calendar::{Calendar, days};
use entity::{Day, calendar_day};

use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::scalars::Date;

impl Shown for calendar_day::Model {
    const NAME: &'static str = "CalendarDay";

    fn object() -> Object<Self> {
        Object::<Self>::new("A day that does not go by its weekday.")
            .field("day", "The day.", |day| day.day)
            .field("working", "Whether it is a working day.", |day| day.working)
            .text("nameEn", "The reason why it does not go by its weekday, in English.", |day| &day.name)
            .text("nameZhCn", "The reason why it does not go by its weekday, in Chinese.", |day| &day.name_zh)
            .text("source", "The name of what this comes from, e.g. of a file.", |day| &day.source)
            .field(
                "changedAt",
                "The instant of its last import; null for days that came with the product.",
                |day| Some(day.changed_at).filter(|at| at.0 > 0),
            )
    }
}

/// A day, and whether it works.
struct WorkingDay {
    date: Day,
    working: bool,
    next: Day,
}

impl Shown for WorkingDay {
    const NAME: &'static str = "WorkingDay";

    fn object() -> Object<Self> {
        Object::<Self>::new("A day, and whether it works.")
            .field("day", "The day asked for.", |day| day.date)
            .field("working", "Whether it is a working day.", |day| day.working)
            .field(
                "nextWorking",
                "The day itself if it is a working day, else the next one that is.",
                |day| day.next,
            )
    }
}

async fn working_day(env: &Env, day: Day) -> Outcome<Option<WorkingDay>> {
    let Some(civil) = day.date() else { return Ok(None) };
    let calendar = Calendar::load(env.store.db()).await?;
    let next = Day::of(calendar.next_working(civil));
    Ok(Some(WorkingDay { date: day, working: calendar.is_working(civil), next }))
}

/// Adds the queries about the calendar.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.lists(
        "calendarDays",
        "The days of a year that do not go by their weekday, in order, at most 366: holidays, and days on which missed \
         work is made up. All others work from Monday to Friday.",
        |env, _, args| Box::pin(async move { Ok(vec![days(env.store.db(), args.get("year")?).await?]) }),
    )
    .arg::<i32>("year", "The year, e.g. 2026.")
    .column("workingDay", "Tells whether a day is a working day of the programme.", |env, _, args| {
        Box::pin(async move { Ok(vec![working_day(env, args.get::<Date>("day")?.0).await?]) })
    })
    .arg::<Date>("day", "The day.")
}
