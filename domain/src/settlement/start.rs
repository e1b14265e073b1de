//! Asking for a settlement run, and steering it.

use entity::{Month, RunId, RunKind, RunState, settlement_month, settlement_run};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

use super::checklist::{CloseItem, refuse_blocked, to_text};
use super::importing::refuse_while_importing;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, exec};
use crate::kernel::write::{Begun, Context, Write};
use crate::programme::{month, settings};

/// Which month to settle, and how far.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StartRun {
    /// The month.
    pub month: Month,
    /// Estimate, draft or final.
    pub kind: RunKind,
    /// Items of the checklist that the final may pass over.
    #[serde(default)]
    pub acknowledge: Vec<CloseItem>,
}

/// Makes a run that waits for a worker. One live run per month and kind; an ESTIMATE that is asked for while
/// one waits is that one, and it takes the place of one that failed. The database refuses a second live
/// one even when both are asked for at once.
pub async fn start(store: &Store, context: &Context, key: Option<&str>, input: StartRun) -> Result<RunId> {
    let write = match Write::begin(store, context, "settlementRunStart", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    if input.kind == RunKind::Final {
        refuse_unknown(tx.orm(), input.month).await?;
    }
    let row = month::ensure(tx.orm(), input.month).await?;
    may_start(tx.orm(), &row, input.kind, write.now).await?;
    if input.kind == RunKind::Final {
        refuse_blocked(tx.orm(), &row, &input.acknowledge, write.now).await?;
    }
    let live = settlement_run::Entity::find()
        .filter(settlement_run::Column::Month.eq(input.month))
        .filter(settlement_run::Column::Kind.eq(input.kind))
        .filter(settlement_run::Column::State.is_not_in([RunState::Succeeded, RunState::Cancelled]))
        .one(tx.orm())
        .await?;
    match live {
        Some(live) if input.kind == RunKind::Estimate && live.state == RunState::Pending => {
            let reason = Some("joined the estimate that waits");
            write.finish(store, &live.id.to_string(), reason, &input, &live.id).await?;
            return Ok(live.id);
        }
        Some(live) if input.kind == RunKind::Estimate && live.state == RunState::Failed => {
            let sql = "UPDATE settlement_run SET state = 'CANCELLED', finished_at = $1 WHERE id = $2";
            exec(tx.orm(), sql, [write.now.0.into(), live.id.0.into()]).await?;
        }
        Some(live) => return Err(Refusal::at("month", Code::RunExists, live.id.to_string()).into()),
        None => {}
    }
    let id = RunId(store.ids.next(write.now));
    let made = exec(
        tx.orm(),
        "INSERT INTO settlement_run (id, month, kind, state, phase, generation, lease_until, attempts, retry_at, \
         steps_total, steps_done, quarantined, lines, bills, created_by, created_at, acknowledged) \
         VALUES ($1, $2, $3, 'PENDING', 'FREEZE', 0, 0, 0, 0, 0, 0, 0, 0, 0, $4, $5, $6) ON CONFLICT DO NOTHING",
        [
            id.0.into(),
            input.month.0.into(),
            input.kind.name().into(),
            write.actor().subject.as_str().into(),
            write.now.0.into(),
            to_text(&input.acknowledge).into(),
        ],
    )
    .await?
    .rows_affected();
    if made == 0 {
        return Err(Refusal::at("month", Code::RunExists, input.month.to_string()).into());
    }
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// Refuses a month of which nothing is known: nobody closes it but by a slip.
async fn refuse_unknown<C: ConnectionTrait>(connection: &C, month: Month) -> Result<()> {
    match settlement_month::Entity::find_by_id(month).one(connection).await? {
        Some(_) => Ok(()),
        None => Err(Refusal::at("month", Code::MonthUnknown, month.to_string()).into()),
    }
}

/// Refuses what the month does not allow: drafts and finals of a month that has not ended, finals before
/// earlier months are final or while an import is under way, anything once it is final.
pub async fn may_start<C: ConnectionTrait>(
    connection: &C,
    row: &settlement_month::Model,
    kind: RunKind,
    now: entity::Timestamp,
) -> Result<()> {
    if row.closed {
        return Err(Refusal::at("month", Code::MonthClosed, row.month.to_string()).into());
    }
    if kind != RunKind::Estimate && now < row.ends_at {
        return Err(Refusal::at("month", Code::MonthNotOver, row.month.to_string()).into());
    }
    if kind == RunKind::Final {
        let mut earlier = settlement_month::Entity::find()
            .filter(settlement_month::Column::Month.lt(row.month))
            .filter(settlement_month::Column::Closed.eq(false))
            .order_by_asc(settlement_month::Column::Month);
        // What lies before the programme went live holds nothing up: it may stay open for good.
        if let Some(live_from) = settings::load(connection).await?.go_live {
            earlier = earlier.filter(settlement_month::Column::Month.gte(live_from));
        }
        if let Some(earlier) = earlier.one(connection).await? {
            return Err(Refusal::at("month", Code::EarlierMonthOpen, earlier.month.to_string()).into());
        }
        refuse_while_importing(connection, now).await?;
    }
    Ok(())
}

/// What an operator tells a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steer {
    /// Stop after the step at hand.
    Pause,
    /// Go on where it stopped. A final run that succeeded with partners set aside tries those again.
    Resume,
    /// Give up. A final run that has frozen its month cannot be given up.
    Cancel,
}

impl Steer {
    const fn operation(self) -> &'static str {
        match self {
            Self::Pause => "settlementRunPause",
            Self::Resume => "settlementRunResume",
            Self::Cancel => "settlementRunCancel",
        }
    }

    /// The state after it, if it is allowed in `run`. PURE.
    #[must_use]
    pub fn next(self, run: &settlement_run::Model) -> Option<RunState> {
        use RunState::{Cancelled, Failed, Paused, Pending, Running, Succeeded};
        let frozen_final = run.kind == RunKind::Final && run.phase != entity::RunPhase::Freeze;
        match (self, run.state) {
            (Self::Pause, Pending | Running) => Some(Paused),
            (Self::Resume, Paused | Failed) => Some(Pending),
            (Self::Resume, Succeeded) if run.quarantined > 0 && run.kind == RunKind::Final => Some(Pending),
            (Self::Cancel, Pending | Running | Paused | Failed) if !frozen_final => Some(Cancelled),
            _ => None,
        }
    }
}

/// Pauses, resumes or cancels a run. Whoever works on it is fenced off by a new generation.
pub async fn steer(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    id: RunId,
    steer: Steer,
) -> Result<RunId> {
    let write = match Write::begin(store, context, steer.operation(), key, &id).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    let run = settlement_run::Entity::find_by_id(id)
        .one(tx.orm())
        .await?
        .ok_or_else(|| Refusal::at("id", Code::NotFound, id.to_string()))?;
    let next = steer.next(&run).ok_or_else(|| Refusal::at("id", Code::WrongState, run.state.name()))?;
    let finished = (next == RunState::Cancelled).then_some(write.now.0);
    let changed = exec(
        tx.orm(),
        "UPDATE settlement_run SET state = $1, generation = generation + 1, lease_until = 0, attempts = 0, \
         retry_at = 0, error_code = NULL, error_detail = NULL, finished_at = $2 WHERE id = $3 AND generation = $4",
        [next.name().into(), finished.into(), id.0.into(), run.generation.into()],
    )
    .await?
    .rows_affected();
    if changed == 0 {
        return Err(Refusal::at("id", Code::VersionConflict, run.generation.to_string()).into());
    }
    if steer == Steer::Resume {
        retry_set_aside(tx.orm(), &run).await?;
    }
    write.finish(store, &id.to_string(), None, &run.state.name(), &id).await?;
    Ok(id)
}

/// Shards that were set aside, and the shards of partners that were, wait again.
async fn retry_set_aside<C: ConnectionTrait>(connection: &C, run: &settlement_run::Model) -> Result<()> {
    exec(
        connection,
        "UPDATE settlement_shard SET state = 'PENDING', attempts = 0, error_code = NULL, error_detail = NULL \
         WHERE run_id = $1 AND (state = 'QUARANTINED' OR EXISTS (SELECT 1 FROM settlement_quarantine q \
         WHERE q.run_id = $1 AND q.partner_id > settlement_shard.from_id AND q.partner_id <= settlement_shard.to_id))",
        [run.id.0.into()],
    )
    .await?;
    if run.phase != entity::RunPhase::Freeze {
        let sql = "UPDATE settlement_run SET phase = 'BILL', steps_done = 1 + (SELECT COUNT(*) FROM settlement_shard s \
                   WHERE s.run_id = settlement_run.id AND s.state = 'DONE'), \
                   lines = (SELECT CAST(COALESCE(SUM(s.lines), 0) AS BIGINT) FROM settlement_shard s \
                   WHERE s.run_id = settlement_run.id AND s.state = 'DONE') WHERE id = $1";
        exec(connection, sql, [run.id.0.into()]).await?;
    }
    Ok(())
}
