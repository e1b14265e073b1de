//! `schema`: the GraphQL schema as it is committed in `schema.graphql`.

use std::io::Write;

use crate::outcome::Outcome;

/// Runs the verb.
pub(crate) fn run(out: &mut (dyn Write + Send)) -> anyhow::Result<Outcome> {
    out.write_all(api::graphql::sdl().as_bytes())?;
    Ok(Outcome::Done)
}
