//! Every event once, soon after its commit, also one that commits late with an early id. No clock is compared.
//!
//! Each event carries the number of the transaction that wrote it (`event_dispatch.written_in`). The tail keeps a
//! horizon: every transaction below it has ended and its events were seen. A look first asks where the horizon is now,
//! then reads everything from the old horizon on, and passes over what it has seen. Whatever is still open, or was seen
//! early, has a number at or above the new horizon.

use std::collections::HashSet;

use entity::{EventId, event};
use sea_orm::{ColumnTrait, DbBackend, EntityTrait, QueryFilter};

use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Store, exec, query, query_one};

/// Events of one statement.
const PAGE: usize = 500;
/// Events that may lie between the horizon and now: a transaction that stays open while more are written makes the
/// tail begin anew.
pub const AHEAD_MAX: usize = 50_000;

/// Outcome of a look.
#[derive(Debug, Default)]
pub struct Found {
    /// The events, in the order of their transactions.
    pub events: Vec<event::Model>,
    /// Events may be missing: whoever follows must load again.
    pub gap: bool,
}

/// Follows the events.
#[derive(Debug)]
pub struct Tail {
    store: Store,
    horizon: i64,
    /// Events at or above the horizon that were seen.
    seen: HashSet<EventId>,
}

impl Tail {
    /// A tail of what is committed from now on.
    pub async fn from_now_on(store: &Store) -> Result<Self> {
        forget_other_counts(store).await?;
        let horizon = horizon(store).await?;
        let seen = places(store, horizon).await?.into_iter().map(|(_, id)| id).collect();
        Ok(Self { store: store.clone(), horizon, seen })
    }

    /// The events that were committed since the last look. After an error the next look finds them.
    pub async fn look(&mut self) -> Result<Found> {
        // Asked before the read, never after: what commits between the two would lie below the horizon unseen.
        let next = horizon(&self.store).await?;
        let here = places(&self.store, self.horizon).await?;
        if here.len() > AHEAD_MAX {
            *self = Self::from_now_on(&self.store).await?;
            return Ok(Found { events: Vec::new(), gap: true });
        }
        let new: Vec<EventId> = here.iter().map(|(_, id)| *id).filter(|id| !self.seen.contains(id)).collect();
        let mut events = Vec::with_capacity(new.len());
        for ids in new.chunks(PAGE) {
            events.append(&mut in_order(&self.store, ids).await?);
        }
        self.horizon = next;
        self.seen =
            here.into_iter().filter(|(written_in, _)| *written_in >= next).map(|(_, id)| id).collect();
        Ok(Found { events, gap: false })
    }
}

/// Time for which a transaction may stay open beside others and still have its events told to who comes back, in
/// milliseconds: longer than any statement may take.
const OPEN_BESIDE_MS: i64 = 60_000;

/// The events behind `last`, in the order of their transactions, at most `most`; nothing where that is not known any
/// more, or too many. On PostgreSQL what other transactions wrote at about that time comes again: nobody knows whether
/// it was told before.
pub async fn behind(store: &Store, last: EventId, most: usize) -> Result<Option<Vec<event::Model>>> {
    let sql = "SELECT written_in FROM event_dispatch WHERE event_id = $1";
    let Some(row) = query_one(store.db(), sql, [last.0.into()]).await? else { return Ok(None) };
    let written_in: i64 = row.try_get_by_index(0)?;
    let beside = match store.backend() {
        DbBackend::Postgres => last.0.saturating_sub(OPEN_BESIDE_MS << entity::id::SEQUENCE_BITS),
        // Writers come one after the other.
        _ => i64::MAX,
    };
    let sql = format!(
        "SELECT event_id FROM event_dispatch WHERE (written_in, event_id) > ($1, $2) \
         OR (written_in < $1 AND event_id > $3) ORDER BY written_in, event_id LIMIT {}",
        most + 1
    );
    let rows = query(store.db(), &sql, [written_in.into(), last.0.into(), beside.into()]).await?;
    if rows.len() > most {
        return Ok(None);
    }
    let ids = rows.iter().map(|row| Ok(EventId(row.try_get_by_index(0)?))).collect::<Result<Vec<_>>>()?;
    let mut events = Vec::with_capacity(ids.len());
    for ids in ids.chunks(PAGE) {
        events.append(&mut in_order(store, ids).await?);
    }
    Ok(Some(events))
}

/// The number below which every transaction has ended.
async fn horizon(store: &Store) -> Result<i64> {
    let sql = if store.backend() == DbBackend::Postgres {
        "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    } else {
        "SELECT COALESCE(MAX(written_in), 0) + 1 FROM event_dispatch"
    };
    let row = query_one(store.db(), sql, []).await?;
    Ok(row.ok_or_else(|| Error::Invariant("a horizon is one row".into()))?.try_get_by_index(0)?)
}

/// The events from `horizon` on, with the numbers of their transactions, in order.
async fn places(store: &Store, horizon: i64) -> Result<Vec<(i64, EventId)>> {
    let mut found: Vec<(i64, EventId)> = Vec::new();
    let sql = format!(
        "SELECT written_in, event_id FROM event_dispatch WHERE (written_in, event_id) > ($1, $2) \
         ORDER BY written_in, event_id LIMIT {PAGE}"
    );
    loop {
        let (written_in, id) = found.last().map_or((horizon - 1, i64::MAX), |(place, id)| (*place, id.0));
        let rows = query(store.db(), &sql, [written_in.into(), id.into()]).await?;
        for row in &rows {
            found.push((row.try_get_by_index(0)?, EventId(row.try_get_by_index(1)?)));
        }
        if rows.len() < PAGE || found.len() > AHEAD_MAX {
            return Ok(found);
        }
    }
}

async fn in_order(store: &Store, ids: &[EventId]) -> Result<Vec<event::Model>> {
    let of = event::Column::Id.is_in(ids.iter().map(|id| id.0));
    let mut rows = event::Entity::find().filter(of).all(store.db()).await?;
    let place: std::collections::HashMap<EventId, usize> =
        ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    rows.sort_by_key(|row| place.get(&row.id).copied());
    Ok(rows)
}

/// A database that came from a dump counts its transactions anew: what was written under the old count lies before all
/// that comes.
async fn forget_other_counts(store: &Store) -> Result<()> {
    if store.backend() == DbBackend::Postgres {
        let sql = "UPDATE event_dispatch SET written_in = 0 \
                   WHERE written_in >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
        exec(store.db(), sql, []).await?;
    }
    Ok(())
}
