//! Reports of the progress of opportunities, by both sides.

use async_graphql::{ID, InputObject};
use domain::opportunity::progress::report::{self, Report};
use domain::reading::{self, Key, Order};
use entity::{OpportunityId, opportunity, opportunity_progress};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::OpportunityStage;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::{Object, Shown};

impl Shown for opportunity_progress::Model {
    const NAME: &'static str = "OpportunityProgress";

    fn object() -> Object<Self> {
        Object::<Self>::new("A report of the progress of an opportunity by one side; both sides see it.")
            .field("side", "The side that reported it.", |report| Choice(report.side))
            .field("stage", "How far the sale is.", |report| Choice(report.stage))
            .field("winPercent", "How likely it is won, 0 to 100.", |report| i32::from(report.win_percent))
            .text("exchanges", "The technical exchanges that took place; empty for none.", |report| {
                &report.exchanges
            })
            .text("tests", "How tests go; empty if there are none.", |report| &report.tests)
            .text("detail", "What happened, in words.", |report| &report.detail)
            .text("nextStep", "The next step; empty if nobody said one.", |report| &report.next_step)
            .text("createdBy", "The person who reported it.", |report| &report.created_by)
            .field("createdAt", "The instant at which it was reported.", |report| report.created_at)
    }
}

impl Paged for opportunity_progress::Model {
    const PAGE: &'static str = "A page of reports of the progress of an opportunity.";
    const EDGE: &'static str = "A report of progress with its cursor.";
}

/// Adds the reports of progress.
pub(crate) fn told(object: Object<opportunity::Model>) -> Object<opportunity::Model> {
    object.below_in_order(
        "progress",
        "The reports of its progress by both sides, newest first.",
        ("opportunity_progress.opportunity_id", |opportunity| opportunity.id.0),
        |env| reading::opportunity::rows::progress(env.scope),
        || Order {
            name: "opportunityProgress".into(),
            keys: vec![Key::int("opportunity_progress.id")],
            descending: true,
        },
    )
}

/// A report of the progress of an opportunity.
#[derive(InputObject)]
pub(crate) struct OpportunityProgressAddInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
    /// How far the sale is; CONTRACT or DELIVERY once it is signed.
    stage: OpportunityStage,
    /// How likely it is won, 0 to 100; 100 once it is signed.
    win_percent: i32,
    /// The technical exchanges that took place, at most 4000 characters.
    #[graphql(default)]
    exchanges: String,
    /// How tests go, at most 4000 characters.
    #[graphql(default)]
    tests: String,
    /// What happened, 1 to 4000 characters.
    detail: String,
    /// The next step, at most 4000 characters.
    #[graphql(default)]
    next_step: String,
}

impl Change for OpportunityProgressAddInput {
    type Gives = OpportunityId;
    const NAME: &'static str = "opportunityProgressAdd";
    const DOC: &'static str = "Reports the progress of an opportunity that passed and has not ended; the first report begins the work together. \
         Reports are appended, so no version is asked for.";
    const INPUT: &'static str = "The report.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("opportunity", "The opportunity as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<OpportunityId> {
        let mut checks = Checks::default();
        let opportunity_id = checks.id("id", &self.id);
        checks.done()?;
        let report = Report {
            opportunity_id,
            stage: self.stage.0,
            win_percent: self.win_percent,
            exchanges: self.exchanges,
            tests: self.tests,
            detail: self.detail,
            next_step: self.next_step,
        };
        report::add(&env.store, &env.context(), Some(&self.idempotency_key), report).await
    }
}

/// Adds the reporting of progress.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<OpportunityProgressAddInput>()
}
