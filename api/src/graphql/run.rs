//! Settlement runs: progress, shards, what was set aside, and what can be done.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use domain::reading::{self, Key};
use domain::settlement::start::Steer;
use entity::{RunId, settlement_quarantine, settlement_run, settlement_shard};

use super::caller::{allowed, loaders, root, scope};
use super::connection::{Found, Paging, connection};
use super::enums::{RunKind, RunPhase, RunState, ShardState};
use super::errors::OrFail;
use super::filter::{DateTimeFilter, MonthFilter, RunKindFilter, RunStateFilter, Wanted, filter, order};
use super::loaders::ShardsOf;
use super::month::SettlementMonth;
use super::partner::Partner;
use super::scalars::{BigInt, DateTime, Month};

/// A settlement run.
#[derive(Clone)]
pub struct SettlementRun(pub(crate) settlement_run::Model);

impl From<settlement_run::Model> for SettlementRun {
    fn from(row: settlement_run::Model) -> Self {
        Self(row)
    }
}

/// What can be done with a run.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettlementRunAction {
    /// Stop after the step at hand: settlementRunPause.
    Pause,
    /// Go on where it stopped: settlementRunResume.
    Resume,
    /// Give up: settlementRunCancel.
    Cancel,
}

/// A settlement run of a month.
#[Object]
impl SettlementRun {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The month it settles.
    async fn month(&self) -> Month {
        Month(self.0.month)
    }

    /// The month with its state.
    async fn settlement_month(&self, ctx: &Context<'_>) -> Option<Result<SettlementMonth>> {
        let row = async { loaders(ctx)?.load_one(self.0.month).await.or_fail(ctx) };
        row.await.transpose().map(|row| row.map(SettlementMonth::from))
    }

    /// What it makes.
    async fn kind(&self) -> RunKind {
        self.0.kind.into()
    }

    /// Where it stands.
    async fn state(&self) -> RunState {
        self.0.state.into()
    }

    /// Which step comes next.
    async fn phase(&self) -> RunPhase {
        self.0.phase.into()
    }

    /// How far it is.
    async fn progress(&self) -> SettlementRunProgress {
        SettlementRunProgress { steps_done: self.0.steps_done, steps_total: self.0.steps_total }
    }

    /// Attempts at the step at hand.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// Facts taken in until then are in it; null before it froze its input.
    async fn cut_off(&self) -> Option<DateTime> {
        self.0.cut_off.map(DateTime)
    }

    /// Digest of the sums it settles; null before it froze its input.
    async fn input_digest(&self) -> Option<&str> {
        self.0.input_digest.as_deref()
    }

    /// Partners set aside with an error; the others are settled.
    async fn quarantined(&self) -> i32 {
        self.0.quarantined
    }

    /// Sums to the partner that were settled: partner, month of origin, mode, product, currency and reason.
    async fn lines(&self) -> BigInt {
        BigInt(self.0.lines)
    }

    /// Bills written.
    async fn bills(&self) -> BigInt {
        BigInt(self.0.bills)
    }

    /// Why it failed: a stable code.
    async fn error_code(&self) -> Option<&str> {
        self.0.error_code.as_deref()
    }

    /// Who asked for it.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When a worker first took it.
    async fn started_at(&self) -> Option<DateTime> {
        self.0.started_at.map(DateTime)
    }

    /// When it ended.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime)
    }

    /// Its parts by ranges of partners; a bounded number.
    async fn shards(&self, ctx: &Context<'_>) -> Option<Result<Vec<SettlementShard>>> {
        let rows = async { loaders(ctx)?.load_one(ShardsOf(self.0.id)).await.or_fail(ctx) };
        Some(rows.await.map(|rows| rows.unwrap_or_default().into_iter().map(SettlementShard::from).collect()))
    }

    /// The partners set aside, and why.
    async fn quarantine(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<SettlementQuarantineConnection>> {
        let below = async {
            let (list, at) = (reading::run::quarantine(scope(ctx)?), ("run_id", self.0.id.0));
            let order = reading::Order {
                name: "quarantine".into(),
                keys: vec![Key::int("partner_id")],
                descending: false,
            };
            Found::below(
                ctx,
                at,
                list,
                Ok(reading::Predicate::always()),
                order,
                Paging { first, after, last, before },
            )
            .await
        };
        Some(below.await.map(SettlementQuarantineConnection))
    }

    /// What the caller can do with it now.
    async fn allowed_actions(&self, ctx: &Context<'_>) -> Result<Vec<SettlementRunAction>> {
        use SettlementRunAction::{Cancel, Pause, Resume};
        let all = [
            (Pause, Steer::Pause, "Mutation.settlementRunPause"),
            (Resume, Steer::Resume, "Mutation.settlementRunResume"),
            (Cancel, Steer::Cancel, "Mutation.settlementRunCancel"),
        ];
        let mut actions = Vec::new();
        for (action, steer, field) in all {
            if steer.next(&self.0).is_some() && allowed(ctx, field)? {
                actions.push(action);
            }
        }
        Ok(actions)
    }
}

/// How far a run is.
#[derive(SimpleObject)]
pub struct SettlementRunProgress {
    /// Steps done.
    steps_done: i32,
    /// Steps in all; 0 until it froze its input.
    steps_total: i32,
}

/// A part of a run: a range of partners, written in one transaction.
#[derive(SimpleObject)]
pub struct SettlementShard {
    /// Its number in the run, from 0.
    shard: i32,
    /// Where it stands.
    state: ShardState,
    /// Attempts so far.
    attempts: i32,
    /// Sums to the partner that were settled.
    lines: BigInt,
    /// Digest of what it wrote.
    digest: Option<String>,
    /// Why it failed: a stable code.
    error_code: Option<String>,
}

impl From<settlement_shard::Model> for SettlementShard {
    fn from(row: settlement_shard::Model) -> Self {
        Self {
            shard: i32::from(row.shard),
            state: row.state.into(),
            attempts: row.attempts,
            lines: BigInt(row.lines),
            digest: row.digest,
            error_code: row.error_code,
        }
    }
}

/// A partner that a run set aside.
#[derive(Clone)]
pub struct SettlementQuarantine(settlement_quarantine::Model);

impl From<settlement_quarantine::Model> for SettlementQuarantine {
    fn from(row: settlement_quarantine::Model) -> Self {
        Self(row)
    }
}

/// A partner that a run set aside, so that it could settle the others.
#[Object]
impl SettlementQuarantine {
    /// The partner.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id).await.transpose()
    }

    /// Why; stable.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What exactly stood in the way.
    async fn detail(&self) -> &str {
        &self.0.detail
    }
}

connection! {
    /// A page of partners set aside.
    SettlementQuarantineConnection,
    /// A partner set aside, with its cursor.
    SettlementQuarantineEdge, SettlementQuarantine, settlement_quarantine::Model
}

connection! {
    /// A page of runs.
    SettlementRunConnection,
    /// A run with its cursor.
    SettlementRunEdge, SettlementRun, settlement_run::Model
}

filter! {
    /// Which runs.
    SettlementRunFilter {
        /// By month.
        month: MonthFilter => |f| f.on("month"),
        /// By kind.
        kind: RunKindFilter => |f| f.on("kind"),
        /// By state.
        state: RunStateFilter => |f| f.on("state"),
        /// By when it was asked for.
        created_at: DateTimeFilter => |f| f.on("created_at"),
    }
}

order! {
    /// The order of runs.
    SettlementRunOrder,
    /// What runs are ordered by.
    SettlementRunOrderField of "settlementRuns" {
        /// When it was asked for.
        CreatedAt "CREATED_AT" => [Key::int("created_at"), Key::int("id")],
        /// The month.
        Month "MONTH" => [Key::int("month"), Key::int("id")],
    } default CreatedAt Desc
}

/// Queries about runs.
#[derive(Default)]
pub struct RunQuery;

#[Object(guard = "root(\"Query\")")]
impl RunQuery {
    /// A settlement run by id.
    async fn settlement_run(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The run's id.")] id: ID,
    ) -> Option<Result<SettlementRun>> {
        let id: RunId = id.parse().ok()?;
        super::node::load(ctx, id).await.transpose()
    }

    /// The settlement runs, newest first.
    async fn settlement_runs(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<SettlementRunFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<SettlementRunOrder>,
    ) -> Option<Result<SettlementRunConnection>> {
        let list = async {
            Found::list(
                ctx,
                reading::run::list(scope(ctx)?),
                Wanted::of(filter),
                SettlementRunOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(SettlementRunConnection))
    }
}
