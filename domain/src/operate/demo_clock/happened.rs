//! Events since a moment, counted by kind, and settlement runs that ended.

use std::collections::BTreeMap;

use entity::{DeadlineKind, EventTopic, JsonText, Month, RunKind, RunState};

use crate::kernel::error::Result;
use crate::kernel::store::{Store, query, query_one};

/// Events read for one stop: beyond this the counts would say no more.
const EVENTS_LIMIT: usize = 100_000;

/// Up to where one has looked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    event: i64,
    run_at: i64,
}

/// A settlement run that ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndedRun {
    /// Month that the run settled.
    pub month: Month,
    /// Kind of books that it made.
    pub kind: RunKind,
    /// State in which it ended.
    pub state: RunState,
    /// Bills it wrote.
    pub bills: i64,
}

/// Everything that happened at a stop of the clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Happened {
    /// Deadlines by kind: reminders, and those that passed.
    pub deadlines: BTreeMap<DeadlineKind, (u64, u64)>,
    /// Other events by topic and kind.
    pub events: BTreeMap<(EventTopic, String), u64>,
    /// Settlement runs that ended.
    pub runs: Vec<EndedRun>,
}

impl Mark {
    pub(super) async fn now(store: &Store) -> Result<Self> {
        let row = query_one(store.db(), "SELECT COALESCE(MAX(id), 0) FROM event", []).await?;
        let event = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        Ok(Self { event, run_at: store.clock.now().0 })
    }
}

impl Happened {
    /// Nothing at all.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Counts everything since `mark`, which moves on.
    pub(super) async fn since(store: &Store, mark: &mut Mark) -> Result<Self> {
        let mut happened = Self::default();
        let sql = format!(
            "SELECT id, topic, kind, detail FROM event WHERE id > $1 ORDER BY id LIMIT {EVENTS_LIMIT}"
        );
        for row in query(store.db(), &sql, [mark.event.into()]).await? {
            mark.event = row.try_get_by_index(0)?;
            happened.count(
                row.try_get_by_index(1)?,
                row.try_get_by_index(2)?,
                &row.try_get_by_index::<JsonText<serde_json::Value>>(3)?.0,
            );
        }
        let sql = "SELECT month, kind, state, bills, finished_at FROM settlement_run WHERE finished_at > $1 \
                   ORDER BY finished_at, id";
        for row in query(store.db(), sql, [mark.run_at.into()]).await? {
            mark.run_at = row.try_get_by_index(4)?;
            let (month, kind, state) =
                (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            happened.runs.push(EndedRun { month, kind, state, bills: row.try_get_by_index(3)? });
        }
        Ok(happened)
    }

    fn count(&mut self, topic: EventTopic, kind: String, detail: &serde_json::Value) {
        if topic == EventTopic::Deadline
            && let Some(of) = detail["kind"].as_str().and_then(DeadlineKind::from_name)
        {
            let (reminders, passed) = self.deadlines.entry(of).or_default();
            *(if kind == "REMINDER" { reminders } else { passed }) += 1;
            return;
        }
        *self.events.entry((topic, kind)).or_default() += 1;
    }
}
