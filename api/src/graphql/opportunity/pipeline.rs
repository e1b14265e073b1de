//! Opportunities added up, for a dashboard.

use domain::opportunity::state::labels;
use domain::reading::opportunity::pipeline::{PipelineSum, sums};
use entity::opportunity;

use super::list::wanted;
use crate::graphql::schema::args::Args;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};

impl Shown for PipelineSum {
    const NAME: &'static str = "OpportunityPipelineSum";

    fn object() -> Object<Self> {
        Object::<Self>::new("Opportunities of one kind, state, stage, month of signing and currency, added up.")
            .field("kind", "Their kind: who shares them.", |sum| Choice(sum.kind))
            .field("state", "Their state.", |sum| Choice(sum.state))
            .said("label", "The state as people read it, in the request's language.", |sum, env| {
                labels::label(sum.state, env.lang())
            })
            .field("stage", "How far the sales are; null where no progress was reported.", |sum| {
                sum.stage.map(Choice)
            })
            .field(
                "expectedSignMonth",
                "The month in which they are expected to be signed; null where nobody said one.",
                |sum| sum.sign_month,
            )
            .field("count", "The number of opportunities.", |sum| i32::try_from(sum.count).unwrap_or(i32::MAX))
            .object(
                "expectedAmount",
                "The sum of their expected revenues; an opportunity without any adds nothing.",
                |sum| Money::of(sum.expected, sum.currency),
            )
            .object(
                "weightedAmount",
                "The same sum, each revenue times how likely the opportunity is won; one without a probability adds \
                 nothing. Rounded once.",
                |sum| Money::of(sum.weighted, sum.currency),
            )
    }
}

async fn added_up(env: &Env, args: &Args) -> Outcome<Vec<PipelineSum>> {
    Ok(sums(&env.store, env.scope, wanted(env, args)?).await?)
}

/// Adds the query of sums.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.lists(
        "opportunityPipeline",
        "The opportunities the caller sees, added up by kind, state, stage, month of signing and currency.",
        |env, _, args| Box::pin(async move { Ok(vec![added_up(env, args).await?]) }),
    )
    .filtered::<opportunity::Model>()
    .arg::<Option<String>>(
        "search",
        "Only opportunities in which every word of this occurs, as in `opportunities`.",
    )
    .arg_or("mine", "Only opportunities the caller itself is at work on, as in `opportunities`.", &false)
}
