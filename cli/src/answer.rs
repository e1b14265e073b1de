//! What this process does when a bell rings.

use std::sync::Arc;

use domain::money::payout::Gateway;
use domain::operate::work::{self, Due};
use domain::{Result, Store};
use entity::{ExportId, ImportId, RunId};
use worker::{Bell, Handler, Ringer};

/// The handler of bells: looks at the row the bell names, or at whatever is due.
pub(crate) fn handler(store: Store, gateway: Gateway, ringer: Ringer) -> Handler {
    let owner: Arc<str> = format!("worker-{}", std::process::id()).into();
    Arc::new(move |bell| {
        let (store, gateway) = (store.clone(), gateway.clone());
        let (ringer, owner) = (ringer.clone(), Arc::clone(&owner));
        Box::pin(async move {
            if let Err(error) = answer(&store, &gateway, &ringer, &owner, bell).await {
                // The row says what is left to do; the next tick finds it.
                tracing::warn!(?bell, %error, "a bell could not be answered");
            }
        })
    })
}

async fn answer(store: &Store, gateway: &Gateway, ringer: &Ringer, owner: &str, bell: Bell) -> Result<()> {
    match bell {
        Bell::Import(id) => work::import(store, ImportId(id)).await,
        Bell::Settle(id) => work::settle(store, RunId(id), owner).await,
        Bell::Export(id) => work::export(store, ExportId(id)).await,
        Bell::Tick => tick(store, gateway, ringer, owner).await,
    }
}

/// Rings for each piece of work that is due, so that all workers share it; does it here when the queue is away.
async fn tick(store: &Store, gateway: &Gateway, ringer: &Ringer, owner: &str) -> Result<()> {
    for due in work::tick(store, gateway).await? {
        let bell = match due {
            Due::Import(id) => Bell::Import(id.0),
            Due::Settle(id) => Bell::Settle(id.0),
            Due::Export(id) => Bell::Export(id.0),
        };
        if let Err(reason) = ringer.ring(bell).await {
            tracing::warn!(?bell, %reason, "the queue is away: this process does the work itself");
            match due {
                Due::Import(id) => work::import(store, id).await?,
                Due::Settle(id) => work::settle(store, id, owner).await?,
                Due::Export(id) => work::export(store, id).await?,
            }
        }
    }
    Ok(())
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
