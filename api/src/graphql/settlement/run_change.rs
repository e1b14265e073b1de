//! Asking for settlement runs, and steering them.

use async_graphql::{ID, InputObject};
use domain::settlement::start::{self, StartRun, Steer};
use entity::RunId;

use crate::graphql::Ring;
use crate::graphql::schema::change::{Change, Changed, Changes, Second};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::enums::{CloseItem, RunKind};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;
use crate::graphql::schema::scalars::Month;

/// The month to settle, and how far.
#[derive(InputObject)]
pub(crate) struct SettlementRunStartInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The month.
    month: Month,
    /// Estimate, draft or final.
    kind: RunKind,
    /// Items of the month's checklist that a final may pass over; it is kept in the audit trail.
    #[graphql(default)]
    acknowledge: Vec<CloseItem>,
}

impl Change for SettlementRunStartInput {
    type Gives = RunId;
    const NAME: &'static str = "settlementRunStart";
    const DOC: &'static str = "Asks for a settlement run. One live run per month and kind.";
    const INPUT: &'static str = "The month, and how far to settle it.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("settlementRun", "The run; it waits for a worker.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<RunId> {
        let new = StartRun {
            month: self.month.0,
            kind: self.kind.0,
            acknowledge: self.acknowledge.into_iter().map(|item| item.0).collect(),
        };
        let run = start::start(&env.store, &env.context(), Some(&self.idempotency_key), new).await?;
        // A worker begins at once; without this its tick finds the run.
        env.ring(Ring::Settle(run));
        Ok(run)
    }
}

/// The run to steer.
#[derive(InputObject)]
pub(crate) struct SettlementRunSteerInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The run.
    id: ID,
}

impl SettlementRunSteerInput {
    async fn steer(self, env: &Env, steer: Steer) -> domain::Result<RunId> {
        let mut checks = Checks::default();
        let id = checks.id("id", &self.id);
        checks.done()?;
        start::steer(&env.store, &env.context(), Some(&self.idempotency_key), id, steer).await
    }
}

/// A run to stop.
type Pause = SettlementRunSteerInput;
/// A run that shall go on.
type Resume = Second<SettlementRunSteerInput>;
/// A run to give up.
type Cancel = Second<Second<SettlementRunSteerInput>>;

impl Change for Pause {
    type Gives = RunId;
    const NAME: &'static str = "settlementRunPause";
    const DOC: &'static str = "Stops a run after the step at hand.";
    const INPUT: &'static str = "The run.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("settlementRun", "The run as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<RunId> {
        self.steer(env, Steer::Pause).await
    }
}

impl Change for Resume {
    type Gives = RunId;
    const NAME: &'static str = "settlementRunResume";
    const DOC: &'static str =
        "Lets a run go on where it stopped. A final run that set partners aside tries those again.";
    const INPUT: &'static str = "The run.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("settlementRun", "The run as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<RunId> {
        let run = self.0.steer(env, Steer::Resume).await?;
        env.ring(Ring::Settle(run));
        Ok(run)
    }
}

impl Change for Cancel {
    type Gives = RunId;
    const NAME: &'static str = "settlementRunCancel";
    const DOC: &'static str = "Gives a run up. A final run that has frozen its month cannot be given up.";
    const INPUT: &'static str = "The run.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("settlementRun", "The run as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<RunId> {
        self.0.0.steer(env, Steer::Cancel).await
    }
}

/// Adds the changes of runs.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<SettlementRunStartInput>().change::<Pause>().change::<Resume>().change::<Cancel>()
}
