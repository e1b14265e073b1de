//! Deadlines as rows (docs/domain.md, "Deadlines"): set with what they are about, closed with it, found by the tick.

use std::collections::BTreeSet;

use entity::{DeadlineKind, PartnerId, Timestamp};
use sea_orm::{ConnectionTrait, Value};

use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Store, Tx, exec, insert_rows, placeholders_behind, query};
use crate::programme::calendar::Calendar;

pub mod kind;

pub use kind::{Length, Rule, rule};

/// Deadlines closed in one statement.
const CLOSED_AT_ONCE: usize = 500;

/// A deadline to be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDeadline {
    /// Kind of thing that must have happened.
    pub kind: DeadlineKind,
    /// The id, as text, of the thing it is about.
    pub entity: String,
    /// The partner it concerns.
    pub partner_id: Option<PartnerId>,
    /// First instant at which it is too late; none for the usual length of its kind from now.
    pub due_at: Option<Timestamp>,
}

/// A deadline whose instants are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timed {
    /// Kind of thing that must have happened.
    pub kind: DeadlineKind,
    /// The id, as text, of the thing it is about.
    pub entity: String,
    /// The partner it concerns.
    pub partner_id: Option<PartnerId>,
    /// First instant at which it is too late.
    pub due_at: Timestamp,
    /// Instant of the reminder; none if there is no time for one.
    pub remind_at: Option<Timestamp>,
}

/// The instant of the reminder of a deadline of `kind` that is due at `due_at`: none if that is past already.
/// PURE.
#[must_use]
pub fn remind_at(
    calendar: &Calendar,
    kind: DeadlineKind,
    due_at: Timestamp,
    now: Timestamp,
) -> Option<Timestamp> {
    Some(calendar.reminder(due_at, rule(kind).remind_before)).filter(|at| *at > now && *at < due_at)
}

/// Sets a deadline in the transaction of what it is about, and returns when it is due. A live one of the same kind
/// and thing is moved: it reminds and falls due anew.
pub async fn set(tx: &Tx, store: &Store, now: Timestamp, new: NewDeadline) -> Result<Timestamp> {
    let timed = timed(&Calendar::load(tx.orm()).await?, now, new)?;
    set_all(tx, store, now, std::slice::from_ref(&timed)).await?;
    Ok(timed.due_at)
}

/// As [`set`], for many deadlines, each of another thing.
pub async fn set_many(tx: &Tx, store: &Store, now: Timestamp, new: Vec<NewDeadline>) -> Result<()> {
    let calendar = Calendar::load(tx.orm()).await?;
    let timed = new.into_iter().map(|new| timed(&calendar, now, new)).collect::<Result<Vec<_>>>()?;
    set_all(tx, store, now, &timed).await
}

/// A deadline with its instants. PURE.
fn timed(calendar: &Calendar, now: Timestamp, new: NewDeadline) -> Result<Timed> {
    let due_at = match (new.due_at, rule(new.kind).length) {
        (Some(due_at), _) => due_at,
        (None, Length::WorkingDays(days)) => calendar.deadline(now, days),
        (None, Length::Given) => {
            return Err(Error::Invariant(format!("a deadline {} needs its instant", new.kind)));
        }
    };
    let remind_at = remind_at(calendar, new.kind, due_at, now);
    Ok(Timed { kind: new.kind, entity: new.entity, partner_id: new.partner_id, due_at, remind_at })
}

/// Sets many deadlines, each of another thing, in as few statements as the limits allow.
pub async fn set_all(tx: &Tx, store: &Store, now: Timestamp, deadlines: &[Timed]) -> Result<()> {
    let values = deadlines.iter().flat_map(|deadline| -> [Value; 8] {
        [
            store.ids.next(now).into(),
            deadline.kind.name().into(),
            deadline.entity.as_str().into(),
            deadline.partner_id.map(|id| id.0).into(),
            rule(deadline.kind).audience.name().into(),
            deadline.due_at.0.into(),
            deadline.remind_at.map(|at| at.0).into(),
            now.0.into(),
        ]
    });
    let head = "INSERT INTO deadline (id, kind, entity, partner_id, audience, due_at, remind_at, created_at)";
    let tail = "ON CONFLICT (kind, entity) WHERE closed_at IS NULL DO UPDATE SET partner_id = excluded.partner_id, \
                due_at = excluded.due_at, remind_at = excluded.remind_at, reminded_at = NULL, fell_due_at = NULL, \
                attempts = 0, retry_at = 0";
    insert_rows(tx.orm(), head, 8, values.collect(), tail).await?;
    Ok(())
}

/// Closes the live deadline of a thing, in the transaction in which what it was about happened. Says whether there
/// was one.
pub async fn close(tx: &Tx, kind: DeadlineKind, entity: &str, now: Timestamp) -> Result<bool> {
    Ok(close_all(tx, kind, std::slice::from_ref(&entity), now).await? > 0)
}

/// Closes the live deadlines of many things; returns how many there were.
pub async fn close_all<S: AsRef<str> + Sync>(
    tx: &Tx,
    kind: DeadlineKind,
    entities: &[S],
    now: Timestamp,
) -> Result<u64> {
    let mut closed = 0;
    for some in entities.chunks(CLOSED_AT_ONCE) {
        let sql = format!(
            "UPDATE deadline SET closed_at = $1 WHERE kind = $2 AND closed_at IS NULL AND entity IN {}",
            placeholders_behind(2, some.len())
        );
        let values = [now.0.into(), kind.name().into()];
        let entities = some.iter().map(|entity| entity.as_ref().into());
        closed += exec(tx.orm(), &sql, values.into_iter().chain(entities)).await?.rows_affected();
    }
    Ok(closed)
}

/// Those of `entities` whose deadline of `kind` has not fallen due yet; for bounded lists only.
pub async fn waiting<C: ConnectionTrait>(
    connection: &C,
    kind: DeadlineKind,
    entities: &[String],
) -> Result<BTreeSet<String>> {
    let sql = format!(
        "SELECT entity FROM deadline WHERE kind = $1 AND closed_at IS NULL AND fell_due_at IS NULL AND entity IN {}",
        placeholders_behind(1, entities.len())
    );
    let values =
        std::iter::once(kind.name().into()).chain(entities.iter().map(|entity| entity.as_str().into()));
    let rows = query(connection, &sql, values).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}
