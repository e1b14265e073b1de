//! Subscriptions: how far a run, an import or an export is, until it ends. They poll its row; clients that cannot
//! subscribe do the same with `settlementRun(id)`, `import(id)` and `export(id)`.

use std::time::Duration;

use async_graphql::{Context, ID, Result, Subscription};
use domain::Store;
use domain::reading::{self, Listing};
use entity::{
    ExportId, ExportState, ImportId, ImportState, RunId, RunState, bill_import, export_job, settlement_run,
};
use futures_util::Stream;
use futures_util::stream::unfold;

use crate::graphql::schema::caller::{root, scope, store};
use crate::graphql::schema::object::Shown;
use crate::graphql::schema::root::Sent;

/// Time between two looks at the row: fast enough for a progress bar.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Progress as it happens.
#[derive(Default)]
pub(crate) struct ProgressSubscription;

/// Progress as it happens.
#[Subscription]
impl ProgressSubscription {
    /// The run at once, then whenever it changed, until it ends. Nothing for an id that does not exist.
    #[graphql(guard = "root(\"Subscription\")")]
    async fn settlement_run_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The run's id.")] id: ID,
    ) -> Result<impl Stream<Item = Sent<settlement_run::Model>>> {
        let id = id.parse::<RunId>().map_or(0, |id| id.0);
        let ended = |run: &settlement_run::Model| {
            matches!(run.state, RunState::Succeeded | RunState::Failed | RunState::Cancelled)
        };
        Ok(watch(store(ctx)?.clone(), reading::settlement::run::list(scope(ctx)?), id, ended))
    }

    /// The import at once, then whenever it changed, until it ends. Nothing for an id that does not exist.
    #[graphql(guard = "root(\"Subscription\")")]
    async fn import_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The import's id.")] id: ID,
    ) -> Result<impl Stream<Item = Sent<bill_import::Model>>> {
        let id = id.parse::<ImportId>().map_or(0, |id| id.0);
        let ended = |import: &bill_import::Model| {
            matches!(import.state, ImportState::Completed | ImportState::Failed)
        };
        Ok(watch(store(ctx)?.clone(), reading::performance::import::list(scope(ctx)?), id, ended))
    }

    /// The export at once, then whenever it changed, until it ends. Nothing for an id that does not exist.
    #[graphql(guard = "root(\"Subscription\")")]
    async fn export_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The export's id.")] id: ID,
    ) -> Result<impl Stream<Item = Sent<export_job::Model>>> {
        let id = id.parse::<ExportId>().map_or(0, |id| id.0);
        let ended =
            |job: &export_job::Model| !matches!(job.state, ExportState::Pending | ExportState::Running);
        Ok(watch(store(ctx)?.clone(), reading::exports::list(scope(ctx)?), id, ended))
    }
}

/// The row of `id` whenever it changed, to its end. A database that is away for a moment only delays the next look.
fn watch<T>(store: Store, list: Listing<T>, id: i64, ended: fn(&T) -> bool) -> impl Stream<Item = Sent<T>>
where
    T: Shown + Clone + PartialEq,
{
    unfold((store, list, None::<T>), move |(store, list, seen)| async move {
        if seen.as_ref().is_some_and(ended) {
            return None;
        }
        loop {
            match list.by_id(&store, "id", id).await {
                Ok(None) => return None,
                Ok(Some(row)) if seen.as_ref() != Some(&row) => {
                    return Some((Sent(row.clone()), (store, list, Some(row))));
                }
                Ok(Some(_)) => {}
                Err(error) => tracing::warn!(cause = %error, "a subscription could not look at its row"),
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    })
}
