//! Batches what the fields of one level ask for into one statement, by turns instead of by time.
//!
//! A field that needs a row leaves its key and gives way once; by the time it has its second turn every sibling
//! has left its key too, and whoever comes first reads for all. The number of statements so depends on the shape
//! of a query only: neither on the number of rows nor, as with batches by a delay, on how busy the machine is.

use std::any::{Any, TypeId};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::dataloader::Loader;
use domain::Error;
use tokio::sync::oneshot;

use super::loaders::Rows;

type Answer<V> = Result<Option<V>, Arc<Error>>;
/// Who waits for which key.
type Waiting<K, V> = Vec<(K, oneshot::Sender<Answer<V>>)>;

/// The loaders of one request.
pub(crate) struct Batches {
    rows: Rows,
    /// By type of key, a `Waiting` of it.
    waiting: Mutex<HashMap<TypeId, Box<dyn Any + Send>>>,
}

impl Batches {
    pub(crate) fn new(rows: Rows) -> Self {
        Self { rows, waiting: Mutex::default() }
    }

    /// The value of `key`, read together with what the siblings of the asking field need.
    pub(crate) async fn load_one<K>(&self, key: K) -> Answer<<Rows as Loader<K>>::Value>
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Rows: Loader<K, Error = Arc<Error>>,
    {
        loop {
            let answer = self.leave(key.clone());
            give_way().await;
            self.read_for_all::<K>().await;
            // An error: whoever read for all was dropped on the way, because its part of the query failed.
            if let Ok(answer) = answer.await {
                return answer;
            }
        }
    }

    fn leave<K>(&self, key: K) -> oneshot::Receiver<Answer<<Rows as Loader<K>>::Value>>
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Rows: Loader<K, Error = Arc<Error>>,
    {
        let (sender, receiver) = oneshot::channel();
        let mut all = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = all
            .entry(TypeId::of::<K>())
            .or_insert_with(|| Box::new(Waiting::<K, <Rows as Loader<K>>::Value>::new()));
        if let Some(queue) = queue.downcast_mut::<Waiting<K, <Rows as Loader<K>>::Value>>() {
            queue.push((key, sender));
        }
        receiver
    }

    /// Reads for everybody who waits; nothing if a sibling has begun to.
    async fn read_for_all<K>(&self)
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Rows: Loader<K, Error = Arc<Error>>,
    {
        let taken = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&TypeId::of::<K>());
        let Some(taken) = taken.and_then(|all| all.downcast::<Waiting<K, <Rows as Loader<K>>::Value>>().ok())
        else {
            return;
        };
        let keys: HashSet<K> = taken.iter().map(|(key, _)| key.clone()).collect();
        let keys: Vec<K> = keys.into_iter().collect();
        let found = self.rows.load(&keys).await;
        for (key, sender) in *taken {
            let answer = match &found {
                Ok(found) => Ok(found.get(&key).cloned()),
                Err(error) => Err(Arc::clone(error)),
            };
            // Nobody listens any more if that part of the query failed.
            let _ = sender.send(answer);
        }
    }
}

/// Lets everything that is ready have its turn first. Not tokio's yield: that would let the whole operation give
/// way to others, this only the field to its siblings.
async fn give_way() {
    let mut given = false;
    std::future::poll_fn(|cx| {
        if given {
            return std::task::Poll::Ready(());
        }
        given = true;
        cx.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}
