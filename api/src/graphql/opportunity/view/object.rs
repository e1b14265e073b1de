//! What is shown of views.

use domain::reading::{self, Listing, Predicate};
use entity::opportunity_view;

use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::{Object, Shown};

impl Shown for opportunity_view::Model {
    const NAME: &'static str = "OpportunityView";

    fn object() -> Object<Self> {
        Object::<Self>::new("What a person looks for in the list of opportunities, under a name. Only its owner sees it.")
            .node(|view| view.id)
            .text("name", "The name that its owner gave it.", |view| &view.name)
            .text(
                "settings",
                "The arguments of `opportunities` as a JSON object: filter, orderBy, search, mine. Give them as variables.",
                |view| &view.settings,
            )
            .field("createdAt", "The instant at which it was created.", |view| view.created_at)
            .field("version", "Grows with every change; the expectedVersion of the next one.", |view| view.version)
    }
}

/// The views of the caller.
pub(super) fn own(env: &Env) -> Listing<opportunity_view::Model> {
    reading::opportunity::rows::views(&env.caller.actor.subject)
}

async fn all(env: &Env) -> Outcome<Vec<opportunity_view::Model>> {
    Ok(own(env).all(&env.store, Predicate::always(), "name, id").await?)
}

/// Adds the query of views.
pub(in crate::graphql::opportunity) fn query(root: Object<Queries>) -> Object<Queries> {
    root.lists(
        "opportunityViews",
        "The caller's own views of opportunities, by name; there are at most 50.",
        |env, _, _| Box::pin(async move { Ok(vec![all(env).await?]) }),
    )
}
