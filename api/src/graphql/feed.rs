//! The events of this process's subscribers: one tail for all of them, while there are any.

use std::sync::Arc;
use std::time::Duration;

use domain::notify::tail::Tail;
use domain::{Result, Store};
use entity::event;
use tokio::sync::{Mutex, broadcast};

/// Events kept for a slow subscriber before it is told to load again.
pub(crate) const BACKLOG: usize = 1_024;
/// Longest time between two looks. News make it look at once; without them changes come this late.
pub(crate) const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Shortest time between two looks: many commits are one look.
const LOOK_PAUSE: Duration = Duration::from_millis(50);

/// After so many events at once subscribers are let read: below the backlog.
const BREATH: usize = 256;
/// How long.
const BREATH_PAUSE: Duration = Duration::from_millis(10);

/// Gives each subscriber every event from now on.
#[derive(Clone)]
pub(crate) struct Feed(Arc<Inner>);

struct Inner {
    store: Store,
    /// Where the running tail speaks; nothing while nobody listens.
    speaker: Mutex<Option<broadcast::Sender<Arc<event::Model>>>>,
}

impl Feed {
    pub(crate) fn new(store: Store) -> Self {
        Self(Arc::new(Inner { store, speaker: Mutex::default() }))
    }

    /// What is committed from now on.
    pub(crate) async fn subscribe(&self) -> Result<broadcast::Receiver<Arc<event::Model>>> {
        let mut speaker = self.0.speaker.lock().await;
        if let Some(speaker) = speaker.as_ref() {
            return Ok(speaker.subscribe());
        }
        let tail = Tail::from_now_on(&self.0.store).await?;
        let (sender, receiver) = broadcast::channel(BACKLOG);
        *speaker = Some(sender.clone());
        tokio::spawn(follow(Arc::clone(&self.0), tail, sender));
        Ok(receiver)
    }
}

/// Looks and speaks until nobody listens any more.
async fn follow(inner: Arc<Inner>, mut tail: Tail, speaker: broadcast::Sender<Arc<event::Model>>) {
    let mut news = inner.store.news.of_any();
    loop {
        let _ = tokio::time::timeout(LOOK_EVERY, news.changed()).await;
        news.mark_unchanged();
        if speaker.receiver_count() == 0 {
            // Whoever subscribes now waits for the lock and begins a new tail.
            let mut current = inner.speaker.lock().await;
            if speaker.receiver_count() == 0 {
                *current = None;
                return;
            }
        }
        match tail.look().await {
            Ok(found) if found.gap => {
                tracing::warn!(
                    "subscribers are told to load again: too many events lie beside an open transaction"
                );
                *inner.speaker.lock().await = None;
                return;
            }
            Ok(found) => {
                for (n, event) in found.events.into_iter().enumerate() {
                    if n % BREATH == BREATH - 1 {
                        tokio::time::sleep(BREATH_PAUSE).await;
                    }
                    // Nobody may listen just now.
                    let _ = speaker.send(Arc::new(event));
                }
            }
            Err(error) => tracing::warn!(cause = %error, "events could not be looked for now"),
        }
        tokio::time::sleep(LOOK_PAUSE).await;
    }
}
