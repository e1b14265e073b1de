//! What people say of opportunities.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::opportunity::discussion::comment::{NewComment, add};
use entity::opportunity_comment;

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::connection::connection;
use super::opportunity::Opportunity;
use super::opportunity_enums::OpportunitySide;
use super::scalars::DateTime;
use super::user_error::{UserError, outcome};

/// A comment.
pub struct OpportunityComment(opportunity_comment::Model);

impl From<opportunity_comment::Model> for OpportunityComment {
    fn from(row: opportunity_comment::Model) -> Self {
        Self(row)
    }
}

/// Something said of an opportunity. It stays as it is.
#[Object]
impl OpportunityComment {
    /// Its id.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Who says it: the side.
    async fn side(&self) -> OpportunitySide {
        self.0.side.into()
    }

    /// Whether only the vendor's staff reads it.
    async fn internal(&self) -> bool {
        self.0.internal
    }

    /// What is said.
    async fn text(&self) -> &str {
        &self.0.note
    }

    /// Who says it.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// When.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

connection! {
    /// A page of comments.
    OpportunityCommentConnection,
    /// A comment with its cursor.
    OpportunityCommentEdge, OpportunityComment, opportunity_comment::Model
}

/// What to say.
#[derive(InputObject)]
pub struct OpportunityCommentAddInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// Of which opportunity.
    opportunity_id: ID,
    /// What, 1 to 2000 characters.
    text: String,
    /// For the vendor's staff only; no partner reads it or hears of it.
    #[graphql(default)]
    internal: bool,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct OpportunityCommentAddPayload {
    /// The opportunity.
    opportunity: Option<Opportunity>,
    /// The id of the comment.
    comment_id: Option<ID>,
    /// Why nothing was said; empty on success.
    user_errors: Vec<UserError>,
}

/// Comments on opportunities.
#[derive(Default)]
pub struct OpportunityCommentMutation;

#[Object(guard = "root(\"Mutation\")")]
impl OpportunityCommentMutation {
    /// Says something of an opportunity, whatever its state. The partner that has it now reads it, and no later one.
    async fn opportunity_comment_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to say.")] input: OpportunityCommentAddInput,
    ) -> Result<OpportunityCommentAddPayload> {
        let mut checks = Checks::default();
        let opportunity_id = checks.id("opportunityId", &input.opportunity_id);
        let new = NewComment { opportunity_id, internal: input.internal, text: input.text };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => add(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new).await,
        };
        let (said, user_errors) = outcome(ctx, result, None).await?;
        let opportunity = match &said {
            None => None,
            Some(said) => super::node::load(ctx, said.opportunity_id).await?,
        };
        let comment_id = said.map(|said| said.comment_id.to_string().into());
        Ok(OpportunityCommentAddPayload { opportunity, comment_id, user_errors })
    }
}
