//! What is shown of settlement runs: progress, shards, what was set aside, and what can be done.

use domain::reading::Key;
use domain::reading::Order;
use domain::reading::settlement::run;
use domain::settlement::start::Steer;
use entity::{RunId, RunState, settlement_run, settlement_shard};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{DateTimeFilter, MonthFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::{RunKindFilter, RunStateFilter};
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::loaders::ShardsOf;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::scalars::BigInt;

entity::listed! {
    /// What can be done with a run.
    Operation as "SettlementRunOperation"; [] {
        /// Stop after the step at hand: settlementRunPause.
        Pause [] = "PAUSE",
        /// Go on where it stopped: settlementRunResume.
        Resume [] = "RESUME",
        /// Give up: settlementRunCancel.
        Cancel [] = "CANCEL",
    }
}

impl Shown for settlement_run::Model {
    const NAME: &'static str = "SettlementRun";

    fn object() -> Object<Self> {
        let object = Object::<Self>::new("A settlement run of a month.")
            .node(|run| run.id)
            .field("month", "The month it settles.", |run| run.month)
            .one("settlementMonth", "The month with its state.", |run| Some(run.month))
            .field("kind", "What it makes: an estimate, a draft or the final books.", |run| Choice(run.kind))
            .field("state", "The state of the run.", |run| Choice(run.state))
            .field("phase", "The step that comes next.", |run| Choice(run.phase))
            .object("progress", "The steps it has done so far.", |run| Progress { done: run.steps_done, total: run.steps_total })
            .field("attempts", "Attempts at the step at hand.", |run| run.attempts)
            .field(
                "cutOff",
                "The instant until which facts were taken in that are in it; null before it froze its input.",
                |run| run.cut_off,
            )
            .maybe_text("inputDigest", "Digest of the sums it settles; null before it froze its input.", |run| {
                run.input_digest.as_deref()
            })
            .field("quarantined", "Partners set aside with an error; the others are settled.", |run| run.quarantined)
            .field(
                "lines",
                "Sums to the partner that were settled: partner, month of origin, mode, product, currency and reason.",
                |run| BigInt(run.lines),
            )
            .field("bills", "Bills written.", |run| BigInt(run.bills));
        below(course(object))
    }
}

/// Adds who asked for it, and how it went.
fn course(object: Object<settlement_run::Model>) -> Object<settlement_run::Model> {
    object
        .maybe_text("errorCode", "The reason why it failed, a stable code; null unless it did.", |run| {
            run.error_code.as_deref()
        })
        .text("createdBy", "The name in the token of whoever asked for it.", |run| &run.created_by)
        .field("createdAt", "The instant at which it was asked for.", |run| run.created_at)
        .field("startedAt", "The instant at which a worker first took it; null until then.", |run| {
            run.started_at
        })
        .field("finishedAt", "The instant at which it ended; null until then.", |run| run.finished_at)
}

/// Adds its parts, and what can be done with it.
fn below(object: Object<settlement_run::Model>) -> Object<settlement_run::Model> {
    object
        .many("shards", "Its parts by ranges of partners; a bounded number.", |run| ShardsOf(run.id))
        .below_in_order(
            "quarantine",
            "The partners set aside, and the reasons.",
            ("run_id", |run| run.id.0),
            |env| run::quarantine(env.scope),
            || Order { name: "quarantine".into(), keys: vec![Key::int("partner_id")], descending: false },
        )
        .said_objects(
            "allowedOperations",
            "What can be done with it now, and whether by the caller.",
            |run, env| {
                let all = [
                    (Operation::Pause, Steer::Pause, "Mutation.settlementRunPause"),
                    (Operation::Resume, Steer::Resume, "Mutation.settlementRunResume"),
                    (Operation::Cancel, Steer::Cancel, "Mutation.settlementRunCancel"),
                ];
                let open = all.into_iter().filter_map(|(operation, steer, field)| {
                    Some(Possible { operation, to: steer.next(run)?, allowed: env.allows(field) })
                });
                open.collect()
            },
        )
}

/// An operation that is possible with a run.
struct Possible {
    operation: Operation,
    to: RunState,
    allowed: bool,
}

impl Shown for Possible {
    const NAME: &'static str = "PossibleRunOperation";

    fn object() -> Object<Self> {
        Object::<Self>::new("An operation that is possible with a run in its state.")
            .field("operation", "The operation.", |possible| Choice(possible.operation))
            .field("to", "The state after it.", |possible| Choice(possible.to))
            .field("allowed", "Whether the caller may.", |possible| possible.allowed)
    }
}

/// The steps that a run has done so far.
struct Progress {
    done: i32,
    total: i32,
}

impl Shown for Progress {
    const NAME: &'static str = "SettlementRunProgress";

    fn object() -> Object<Self> {
        Object::<Self>::new("The steps that a run has done so far.")
            .field("stepsDone", "Steps done.", |progress| progress.done)
            .field("stepsTotal", "Steps in all; 0 until it froze its input.", |progress| progress.total)
    }
}

impl Shown for settlement_shard::Model {
    const NAME: &'static str = "SettlementShard";

    fn object() -> Object<Self> {
        Object::<Self>::new("A part of a run: a range of partners, written in one transaction.")
            .field("shard", "Its number in the run, from 0.", |shard| i32::from(shard.shard))
            .field("state", "The state of the part.", |shard| Choice(shard.state))
            .field("attempts", "Attempts so far.", |shard| shard.attempts)
            .field("lines", "Sums to the partner that were settled.", |shard| BigInt(shard.lines))
            .maybe_text("digest", "Digest of what it wrote; null until it did.", |shard| {
                shard.digest.as_deref()
            })
            .maybe_text(
                "errorCode",
                "The reason why it failed, a stable code; null unless it did.",
                |shard| shard.error_code.as_deref(),
            )
    }
}

impl Paged for settlement_run::Model {
    const PAGE: &'static str = "A page of runs.";
    const EDGE: &'static str = "A run with its cursor.";
}

impl Listable for settlement_run::Model {
    fn list() -> List {
        List {
            filter: Filter::new("SettlementRunFilter", "Conditions on runs.")
                .by("month", "By month.", |f: &MonthFilter| f.on("month"))
                .by("kind", "By kind.", |f: &RunKindFilter| f.on("kind"))
                .by("state", "By state.", |f: &RunStateFilter| f.on("state"))
                .by("createdAt", "By the instant at which it was asked for.", |f: &DateTimeFilter| {
                    f.on("created_at")
                }),
            order: OrderBy::new("settlementRuns", "SettlementRunOrder", "The order of runs.")
                .by(
                    "CREATED_AT",
                    "The instant at which it was asked for.",
                    [Key::int("created_at"), Key::int("id")],
                )
                .by("MONTH", "The month.", [Key::int("month"), Key::int("id")])
                .descending(),
        }
    }
}

/// Adds the queries about runs.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.find::<RunId, _>(
        "settlementRun",
        "A settlement run by id; null if the caller sees none.",
        "The run's id.",
    )
    .list("settlementRuns", "The settlement runs, newest first.", |env| run::list(env.scope))
}
