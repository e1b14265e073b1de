//! Deadlines by what they are about.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use domain::Error;
use domain::reading::{self, Predicate};
use entity::deadline;

use super::{Loaded, Rows};

/// The deadlines about the thing of an id, the next one due first.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct DeadlinesOf(pub(crate) String);

impl Loader<DeadlinesOf> for Rows {
    type Value = Vec<deadline::Model>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[DeadlinesOf]) -> Loaded<DeadlinesOf, Vec<deadline::Model>> {
        let about = Predicate::one_of("entity", keys.iter().map(|key| key.0.as_str().into()).collect());
        let rows = reading::deadline::list(self.scope).all(&self.store, about, "due_at, id").await?;
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for row in rows {
            found.entry(DeadlinesOf(row.entity.clone())).or_default().push(row);
        }
        Ok(found)
    }
}
