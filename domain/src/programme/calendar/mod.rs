//! Working days (docs/domain.md, "Working days"). The rules are PURE: a [`Calendar`] is loaded once and then asked.

use std::collections::BTreeMap;

use entity::{Day, Month, Timestamp, calendar_day};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::kernel::error::{Error, Result};
use crate::programme::settings;

pub mod import;
pub mod rows;
#[cfg(test)]
mod tests;

/// The working days of the programme's time zone.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
    exceptions: BTreeMap<Date, bool>,
}

impl Calendar {
    /// The calendar of `zone` in which days go by their weekday, but for `exceptions`.
    #[must_use]
    pub fn new(zone: TimeZone, exceptions: impl IntoIterator<Item = (Date, bool)>) -> Self {
        Self { zone, exceptions: exceptions.into_iter().collect() }
    }

    /// The programme's calendar as it stands in the database.
    pub async fn load<C: ConnectionTrait>(connection: &C) -> Result<Self> {
        let zone = settings::zone(&settings::load(connection).await?)?;
        let rows = calendar_day::Entity::find().all(connection).await?;
        let read = |row: calendar_day::Model| {
            let missing = || Error::Invariant(format!("{} is no day", row.day.0));
            Ok((row.day.date().ok_or_else(missing)?, row.working))
        };
        Ok(Self::new(zone, rows.into_iter().map(read).collect::<Result<Vec<_>>>()?))
    }

    /// The time zone its days are of.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The day that contains `at`.
    #[must_use]
    pub fn day_of(&self, at: Timestamp) -> Date {
        let ends = if at.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
        self.zone.to_datetime(jiff::Timestamp::from_microsecond(at.0).unwrap_or(ends)).date()
    }

    /// The first instant of `day`.
    #[must_use]
    pub fn starts_at(&self, day: Date) -> Timestamp {
        let zoned = day.to_zoned_datetime(self.zone.clone());
        zoned.map_or(Timestamp::FOREVER, |at| Timestamp(at.timestamp().as_microsecond()))
    }

    /// The first instant after `day`.
    #[must_use]
    pub fn ends_at(&self, day: Date) -> Timestamp {
        day.tomorrow().map_or(Timestamp::FOREVER, |next| self.starts_at(next))
    }

    /// Whether `day` is a working day: as its row says, else Monday to Friday.
    #[must_use]
    pub fn is_working(&self, day: Date) -> bool {
        let usual = !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        self.exceptions.get(&day).copied().unwrap_or(usual)
    }

    /// `day` itself if it is a working day, else the next one that is.
    #[must_use]
    pub fn next_working(&self, mut day: Date) -> Date {
        while !self.is_working(day) {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        day
    }

    /// `day` itself if it is a working day, else the last one before it that is.
    fn last_working(&self, mut day: Date) -> Date {
        while !self.is_working(day) {
            let Ok(before) = day.yesterday() else { break };
            day = before;
        }
        day
    }

    /// The instant at which `working_days` working days from `from` are over: the end of the last of them.
    /// Counting begins with the first working day after the day of `from`; none at all end with the day of
    /// `from`, or the next that works. (assumption 29)
    #[must_use]
    pub fn deadline(&self, from: Timestamp, working_days: u32) -> Timestamp {
        let mut day = self.day_of(from);
        if working_days == 0 {
            return self.ends_at(self.next_working(day));
        }
        for _ in 0..working_days {
            let Ok(next) = day.tomorrow() else { break };
            day = self.next_working(next);
        }
        self.ends_at(day)
    }

    /// The instant of the reminder of something due at `due_at`: the beginning of the working day that lies
    /// `working_days` working days before the last day on which it is in time.
    #[must_use]
    pub fn reminder(&self, due_at: Timestamp, working_days: u32) -> Timestamp {
        let mut day = self.day_of(due_at.plus(-1));
        for _ in 0..working_days {
            let Ok(before) = day.yesterday() else { break };
            day = self.last_working(before);
        }
        self.starts_at(day)
    }

    /// The beginning of day `day` (from 1) of the month after `month`, or of the first working day after it if that
    /// is none.
    #[must_use]
    pub fn on_or_after_working(&self, month: Month, day: i16) -> Timestamp {
        let first = self.day_of(month.next().starts_at(&self.zone));
        let wanted = i64::from(day.clamp(1, i16::from(first.days_in_month())) - 1);
        let date = first.checked_add(jiff::Span::new().days(wanted)).unwrap_or(first);
        self.starts_at(self.next_working(date))
    }
}

/// The stored days of a year that do not go by their weekday, in order.
pub async fn days<C: ConnectionTrait>(connection: &C, year: i32) -> Result<Vec<calendar_day::Model>> {
    use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
    let (first, after) =
        (Day(year.saturating_mul(10_000)), Day(year.saturating_add(1).saturating_mul(10_000)));
    Ok(calendar_day::Entity::find()
        .filter(calendar_day::Column::Day.gte(first))
        .filter(calendar_day::Column::Day.lt(after))
        .order_by_asc(calendar_day::Column::Day)
        .all(connection)
        .await?)
}
