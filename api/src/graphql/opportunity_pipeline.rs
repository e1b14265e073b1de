//! Opportunities added up, for a dashboard.

use async_graphql::{Context, Object, Result};
use domain::opportunity::state::labels;
use domain::reading::opportunity_pipeline::{PipelineSum, sums};

use super::caller::{lang, root, scope, store};
use super::errors::OrFail;
use super::money::Money;
use super::opportunity_enums::{OpportunityKind, OpportunityStage, OpportunityState};
use super::opportunity_list::{OpportunityFilter, wanted};
use super::scalars::Month;

/// Opportunities added up.
pub struct OpportunityPipelineSum(PipelineSum);

/// Opportunities of one kind, state, stage, month of signing and currency, added up.
#[Object]
impl OpportunityPipelineSum {
    /// Who shares them.
    async fn kind(&self) -> OpportunityKind {
        self.0.kind.into()
    }

    /// Where they stand.
    async fn state(&self) -> OpportunityState {
        self.0.state.into()
    }

    /// The state as people read it, in the request's language.
    async fn label(&self, ctx: &Context<'_>) -> &'static str {
        labels::label(self.0.state, lang(ctx))
    }

    /// How far the sales are; null where no progress was told.
    async fn stage(&self) -> Option<OpportunityStage> {
        self.0.stage.map(Into::into)
    }

    /// The month in which they are expected to be signed; null where nobody said.
    async fn expected_sign_month(&self) -> Option<Month> {
        self.0.sign_month.map(Month)
    }

    /// How many.
    async fn count(&self) -> i32 {
        i32::try_from(self.0.count).unwrap_or(i32::MAX)
    }

    /// Their expected revenue; what has none adds nothing.
    async fn expected_amount(&self) -> Money {
        Money::of(self.0.expected, self.0.currency)
    }

    /// The same, each by how likely it is won; what has no probability yet adds nothing. Rounded once.
    async fn weighted_amount(&self) -> Money {
        Money::of(self.0.weighted, self.0.currency)
    }
}

/// Queries over all opportunities.
#[derive(Default)]
pub struct OpportunityPipelineQuery;

#[Object(guard = "root(\"Query\")")]
impl OpportunityPipelineQuery {
    /// The opportunities the caller sees, added up by kind, state, stage, month of signing and currency.
    async fn opportunity_pipeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only opportunities for which this holds.")] filter: Option<OpportunityFilter>,
        #[graphql(desc = "Only opportunities in which every word of this occurs, as in `opportunities`.")]
        search: Option<String>,
        #[graphql(
            desc = "Only opportunities the caller itself is at work on, as in `opportunities`.",
            default
        )]
        mine: bool,
    ) -> Option<Result<Vec<OpportunityPipelineSum>>> {
        let found = async {
            let wanted = wanted(ctx, filter, search.as_deref(), mine)?;
            let sums = sums(store(ctx)?, scope(ctx)?, wanted).await.or_fail(ctx)?;
            Ok(sums.into_iter().map(OpportunityPipelineSum).collect())
        };
        Some(found.await)
    }
}
