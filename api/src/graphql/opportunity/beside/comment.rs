//! Comments on opportunities.

use async_graphql::{ID, InputObject};
use domain::opportunity::discussion::comment::{Commented, NewComment, add};
use domain::reading::{self, Key, Order};
use entity::{opportunity, opportunity_comment};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::{Object, Shown};

impl Shown for opportunity_comment::Model {
    const NAME: &'static str = "OpportunityComment";

    fn object() -> Object<Self> {
        Object::<Self>::new("A comment on an opportunity. It never changes.")
            .field("id", "Its id.", |comment| comment.id)
            .field("side", "The side that wrote it.", |comment| Choice(comment.side))
            .field("internal", "Whether only the vendor's staff reads it.", |comment| comment.internal)
            .text("text", "The text.", |comment| &comment.note)
            .text("createdBy", "The person who wrote it.", |comment| &comment.created_by)
            .field("createdAt", "The instant at which it was written.", |comment| comment.created_at)
    }
}

impl Paged for opportunity_comment::Model {
    const PAGE: &'static str = "A page of comments.";
    const EDGE: &'static str = "A comment with its cursor.";
}

/// Adds the comments on an opportunity.
pub(super) fn said(object: Object<opportunity::Model>) -> Object<opportunity::Model> {
    object.below_in_order(
        "comments",
        "The comments on it, oldest first. A partner reads those that are not internal, from the time it has the \
         opportunity.",
        ("opportunity_comment.opportunity_id", |opportunity| opportunity.id.0),
        |env| reading::opportunity::rows::comments(env.scope),
        || Order {
            name: "opportunityComments".into(),
            keys: vec![Key::int("opportunity_comment.id")],
            descending: false,
        },
    )
}

/// A comment to be written.
#[derive(InputObject)]
pub(crate) struct OpportunityCommentAddInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
    /// The text, 1 to 2000 characters.
    text: String,
    /// Whether it is for the vendor's staff only; then no partner reads it or hears of it.
    #[graphql(default)]
    internal: bool,
}

impl Change for OpportunityCommentAddInput {
    type Gives = Commented;
    const NAME: &'static str = "opportunityCommentAdd";
    const DOC: &'static str = "Comments on an opportunity in any state. The partner that has it now reads the comment, and no later one does.";
    const INPUT: &'static str = "The comment to be written.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields
            .one("opportunity", "The opportunity.", |changed| changed.done.map(|done| done.opportunity_id))
            .field("commentId", "The id of the comment; null if none was written.", |changed| {
                changed.done.map(|done| done.comment_id)
            })
    }

    async fn change(self, env: &Env) -> domain::Result<Commented> {
        let mut checks = Checks::default();
        let opportunity_id = checks.id("id", &self.id);
        checks.done()?;
        let new = NewComment { opportunity_id, internal: self.internal, text: self.text };
        add(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// Adds the writing of comments.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<OpportunityCommentAddInput>()
}
