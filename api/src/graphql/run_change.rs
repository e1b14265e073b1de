//! Asking for settlement runs, and steering them.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::settlement::start::{self, StartRun, Steer};
use entity::RunId;

use super::Ring;
use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::enums::RunKind;
use super::run::SettlementRun;
use super::scalars::Month;
use super::user_error::payload;

/// Which month to settle, and how far.
#[derive(InputObject)]
pub struct SettlementRunStartInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The month.
    month: Month,
    /// Estimate, draft or final.
    kind: RunKind,
}

/// Which run to steer.
#[derive(InputObject)]
pub struct SettlementRunSteerInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The run.
    id: ID,
}

payload! {
    /// What came of it.
    SettlementRunStartPayload {
        /// The run; it waits for a worker.
        settlement_run: SettlementRun
    }
}
payload! {
    /// What came of it.
    SettlementRunPausePayload {
        /// The run as it is now.
        settlement_run: SettlementRun
    }
}
payload! {
    /// What came of it.
    SettlementRunResumePayload {
        /// The run as it is now.
        settlement_run: SettlementRun
    }
}
payload! {
    /// What came of it.
    SettlementRunCancelPayload {
        /// The run as it is now.
        settlement_run: SettlementRun
    }
}

/// Changes of runs.
#[derive(Default)]
pub struct RunMutation;

#[Object(guard = "root(\"Mutation\")")]
impl RunMutation {
    /// Asks for a settlement run. One live run per month and kind.
    async fn settlement_run_start(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which month, and how far.")] input: SettlementRunStartInput,
    ) -> Result<SettlementRunStartPayload> {
        let new = StartRun { month: input.month.0, kind: input.kind.into() };
        let result = start::start(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new).await;
        ring(ctx, &result);
        SettlementRunStartPayload::of(ctx, result, None).await
    }

    /// Stops a run after the step at hand.
    async fn settlement_run_pause(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which run.")] input: SettlementRunSteerInput,
    ) -> Result<SettlementRunPausePayload> {
        let result = steer(ctx, input, Steer::Pause).await?;
        SettlementRunPausePayload::of(ctx, result, None).await
    }

    /// Lets a run go on where it stopped. A final run that set partners aside tries those again.
    async fn settlement_run_resume(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which run.")] input: SettlementRunSteerInput,
    ) -> Result<SettlementRunResumePayload> {
        let result = steer(ctx, input, Steer::Resume).await?;
        ring(ctx, &result);
        SettlementRunResumePayload::of(ctx, result, None).await
    }

    /// Gives a run up. A final run that has frozen its month cannot be given up.
    async fn settlement_run_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which run.")] input: SettlementRunSteerInput,
    ) -> Result<SettlementRunCancelPayload> {
        let result = steer(ctx, input, Steer::Cancel).await?;
        SettlementRunCancelPayload::of(ctx, result, None).await
    }
}

async fn steer(
    ctx: &Context<'_>,
    input: SettlementRunSteerInput,
    steer: Steer,
) -> Result<domain::Result<RunId>> {
    let mut checks = Checks::default();
    let id = checks.id("id", &input.id);
    if let Err(refused) = checks.done() {
        return Ok(Err(refused));
    }
    Ok(start::steer(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), id, steer).await)
}

/// Tells a worker at once; without this its tick finds the run.
fn ring(ctx: &Context<'_>, result: &domain::Result<RunId>) {
    if let Ok(id) = result {
        super::ring(ctx, Ring::Settle(*id));
    }
}
