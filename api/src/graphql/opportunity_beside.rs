//! What stands beside an opportunity: whom to talk to, what is said of it, what is attached.

use async_graphql::{Context, Object, Result};
use domain::reading::{self, Key};
use entity::opportunity;

use super::caller::{caller, scope};
use super::connection::{Found, Paging};
use super::opportunity_comment::OpportunityCommentConnection;
use super::opportunity_contact::{self, OpportunityContact};
use super::opportunity_file::OpportunityFileConnection;

/// The fields of an opportunity that are kept beside it.
pub struct OpportunityBeside<'a>(pub(crate) &'a opportunity::Model);

/// What stands beside an opportunity.
#[Object]
impl OpportunityBeside<'_> {
    /// Whom to talk to at the customer, as much as the caller may see.
    async fn contact(&self, ctx: &Context<'_>) -> Result<OpportunityContact> {
        Ok(opportunity_contact::of(self.0, &caller(ctx)?.actor))
    }

    /// What was said of it, oldest first. A partner reads what is not internal, from the time it has it.
    async fn comments(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<OpportunityCommentConnection>> {
        let below = async {
            let keys = vec![Key::int("opportunity_comment.id")];
            let order = reading::Order { name: "opportunityComments".into(), keys, descending: false };
            let at = ("opportunity_comment.opportunity_id", self.0.id.0);
            let list = reading::opportunity::comments(scope(ctx)?);
            let paging = Paging { first, after, last, before };
            Found::below(ctx, at, list, Ok(reading::Predicate::always()), order, paging).await
        };
        Some(below.await.map(OpportunityCommentConnection))
    }

    /// What is attached to it, oldest first, by the same rule.
    async fn files(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<OpportunityFileConnection>> {
        let below = async {
            let keys = ["opportunity_file.attached_at", "opportunity_file.file_id"].map(Key::int).into();
            let order = reading::Order { name: "opportunityFiles".into(), keys, descending: false };
            let at = ("opportunity_file.opportunity_id", self.0.id.0);
            let list = reading::opportunity::files(scope(ctx)?);
            let paging = Paging { first, after, last, before };
            Found::below(ctx, at, list, Ok(reading::Predicate::always()), order, paging).await
        };
        Some(below.await.map(OpportunityFileConnection))
    }
}
