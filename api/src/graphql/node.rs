//! Anything by its id.

use async_graphql::ID;

use crate::graphql::schema::args::Args;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::{Failure, Outcome};
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::Object;
use crate::graphql::schema::wrong::Wrong;

/// Most ids of one `nodes`: a page.
const NODES_LIMIT: usize = 100;

/// Adds the queries by id.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.any_by("node", "Anything by its id. Malformed, unknown and foreign ids all give null.", |args| {
        args.get("id")
    })
    .arg::<ID>("id", "Any id the API gave.")
    .anything(
        "nodes",
        "Many things by their ids, in the same order, null for each that is not found.",
        |env, _, args| Box::pin(ids(env, args)),
    )
    .arg::<Vec<ID>>("ids", "Any ids the API gave, at most 100.")
}

async fn ids(_: &Env, args: &Args) -> Outcome<Vec<Vec<ID>>> {
    let ids: Vec<ID> = args.get("ids")?;
    if ids.len() > NODES_LIMIT {
        return Err(Failure::BadInput(Wrong::too_many("ids", NODES_LIMIT)));
    }
    Ok(vec![ids])
}
