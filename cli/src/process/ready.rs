//! The checks behind `/readyz`: the database, the queue, the migrations; and the recurring jobs that are in
//! trouble.

use std::sync::Arc;

use api::http::{ReadyCheck, ReadyReport};
use domain::Store;
use domain::kernel::store::query_one;
use domain::operate::task::list;
use worker::Ringer;

use crate::process::open::pending;

/// The checks of a process with this database and queue.
pub(crate) fn check(store: Store, ringer: Ringer) -> ReadyCheck {
    Arc::new(move || {
        let (store, ringer) = (store.clone(), ringer.clone());
        Box::pin(async move { report(&store, &ringer).await })
    })
}

async fn report(store: &Store, ringer: &Ringer) -> ReadyReport {
    let database = query_one(store.db(), "SELECT 1", []).await.map(drop).map_err(|error| error.to_string());
    let queue = ringer.ping().await.map_err(|error| error.to_string());
    let migrations = match pending(store).await {
        Ok(names) if names.is_empty() => Ok(()),
        Ok(names) => Err(format!("missing: {}", names.join(", "))),
        Err(error) => Err(error.to_string()),
    };
    let now = store.clock.now();
    // What is wrong with the database is said above.
    let jobs =
        list(store).await.unwrap_or_default().into_iter().map(|job| (job.task.name, job.standing(now)));
    ReadyReport {
        checks: vec![("database", database), ("queue", queue), ("migrations", migrations)],
        jobs: jobs
            .filter(|(_, standing)| standing.is_trouble())
            .map(|(name, standing)| (name, standing.name()))
            .collect(),
    }
}
