//! The progress of opportunities, told by both sides.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::opportunity::progress::report::{self, Report};
use entity::opportunity_progress;

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::connection::connection;
use super::opportunity::Opportunity;
use super::opportunity_enums::{OpportunitySide, OpportunityStage};
use super::scalars::DateTime;
use super::user_error::payload;

/// A report of progress.
pub struct OpportunityProgress(opportunity_progress::Model);

impl From<opportunity_progress::Model> for OpportunityProgress {
    fn from(row: opportunity_progress::Model) -> Self {
        Self(row)
    }
}

/// What one side told of the progress of an opportunity; both sides see it.
#[Object]
impl OpportunityProgress {
    /// Which side told it.
    async fn side(&self) -> OpportunitySide {
        self.0.side.into()
    }

    /// How far the sale is.
    async fn stage(&self) -> OpportunityStage {
        self.0.stage.into()
    }

    /// How likely it is won, 0 to 100.
    async fn win_percent(&self) -> i32 {
        self.0.win_percent.into()
    }

    /// Technical exchanges.
    async fn exchanges(&self) -> &str {
        &self.0.exchanges
    }

    /// How tests stand.
    async fn tests(&self) -> &str {
        &self.0.tests
    }

    /// What happened.
    async fn detail(&self) -> &str {
        &self.0.detail
    }

    /// What comes next.
    async fn next_step(&self) -> &str {
        &self.0.next_step
    }

    /// Who told it.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// When.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

connection! {
    /// A page of what was told of the progress of an opportunity.
    OpportunityProgressConnection,
    /// A report of progress with its cursor.
    OpportunityProgressEdge, OpportunityProgress, opportunity_progress::Model
}

/// The progress of an opportunity.
#[derive(InputObject)]
pub struct OpportunityProgressAddInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
    /// How far the sale is; CONTRACT or DELIVERY once it is signed.
    stage: OpportunityStage,
    /// How likely it is won, 0 to 100; 100 once it is signed.
    win_percent: i32,
    /// Technical exchanges, at most 4000 characters.
    #[graphql(default)]
    exchanges: String,
    /// How tests stand, at most 4000 characters.
    #[graphql(default)]
    tests: String,
    /// What happened, 1 to 4000 characters.
    detail: String,
    /// What comes next, at most 4000 characters.
    #[graphql(default)]
    next_step: String,
}

payload! {
    /// What came of it.
    OpportunityProgressAddPayload {
        /// The opportunity as it is now.
        opportunity: Opportunity
    }
}

/// Telling progress.
#[derive(Default)]
pub struct OpportunityProgressMutation;

#[Object(guard = "root(\"Mutation\")")]
impl OpportunityProgressMutation {
    /// Tells the progress of an opportunity that passed and has not ended; the first report begins the work together.
    /// Reports are appended, so no version is asked for.
    async fn opportunity_progress_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report.")] input: OpportunityProgressAddInput,
    ) -> Result<OpportunityProgressAddPayload> {
        let mut checks = Checks::default();
        let report = Report {
            opportunity_id: checks.id("id", &input.id),
            stage: input.stage.into(),
            win_percent: input.win_percent,
            exchanges: input.exchanges,
            tests: input.tests,
            detail: input.detail,
            next_step: input.next_step,
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                report::add(store(ctx)?, &write_context(ctx)?, key, report).await
            }
        };
        OpportunityProgressAddPayload::of(ctx, result, None).await
    }
}
