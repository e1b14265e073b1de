//! Answers of this process to bells.

use std::sync::Arc;

use domain::Store;
use domain::money::payout::Gateway;
use domain::operate::work::{Due, carry_on};
use entity::{ExportId, ImportId, RunId};
use worker::{Bell, Handler, Ringer};

use crate::process::tasks::Tasks;

/// The handler of bells: looks at the row the bell names, or at which tasks are due.
pub(crate) fn handler(store: Store, gateway: Gateway, ringer: Ringer, tasks: Tasks) -> Handler {
    let owner: Arc<str> = format!("worker-{}", std::process::id()).into();
    Arc::new(move |bell| {
        let (store, gateway) = (store.clone(), gateway.clone());
        let (ringer, owner, tasks) = (ringer.clone(), Arc::clone(&owner), tasks.clone());
        Box::pin(async move {
            let due = match bell {
                Bell::Import(id) => Due::Import(ImportId(id)),
                Bell::Settle(id) => Due::Settle(RunId(id)),
                Bell::Export(id) => Due::Export(ExportId(id)),
                Bell::Tick => return tasks.begin_due(&store, &gateway, &ringer, &owner).await,
            };
            if let Err(error) = carry_on(&store, due, &owner).await {
                // The row says what is left to do; the next tick finds it.
                tracing::warn!(?bell, %error, "a bell could not be answered");
            }
        })
    })
}

/// Rings without waiting, for callers that have committed their row. Without the bell the tick finds it.
pub(crate) fn ring(ringer: &Ringer, bell: Bell) {
    let ringer = ringer.clone();
    tokio::spawn(async move {
        if let Err(reason) = ringer.ring(bell).await {
            tracing::warn!(?bell, %reason, "the queue is away: the next tick finds the work");
        }
    });
}
