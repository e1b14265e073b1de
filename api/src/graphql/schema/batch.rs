//! Batches what the fields of one level ask for into one statement, by turns instead of by time.
//!
//! A field that needs a row leaves its key and waits. When no field of the operation has anything left to do but
//! wait, everything that waits is read, one statement a kind, and all of a kind go on together. The number of
//! statements so depends on the shape of a query only: neither on the number of rows nor, as with batches that a
//! delay ends, on how busy the machine is.

use std::any::{Any, TypeId};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use async_graphql::dataloader::Loader;
use domain::Error;
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::task::AtomicWaker;
use tokio::sync::oneshot;

use super::loaders::Rows;

/// What was found for the keys that one field left.
type Answer<K, V> = Result<HashMap<K, V>, Arc<Error>>;
type Left<K> = (Vec<K>, oneshot::Sender<Answer<K, <Rows as Loader<K>>::Value>>);

/// The loaders of one request.
pub(crate) struct Batches {
    rows: Arc<Rows>,
    /// Who waits, by type of key.
    waiting: Mutex<HashMap<TypeId, Box<dyn Waiting>>>,
}

/// Fields that wait for keys of one type.
trait Waiting: Any + Send {
    /// Reads for all of them.
    fn read(self: Box<Self>, rows: Arc<Rows>) -> BoxFuture<'static, ()>;
}

struct Queue<K>(Vec<Left<K>>)
where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    Rows: Loader<K, Error = Arc<Error>>;

impl<K> Waiting for Queue<K>
where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    Rows: Loader<K, Error = Arc<Error>>,
{
    fn read(self: Box<Self>, rows: Arc<Rows>) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            let keys: HashSet<&K> = self.0.iter().flat_map(|(keys, _)| keys).collect();
            let keys: Vec<K> = keys.into_iter().cloned().collect();
            let found = rows.load(&keys).await;
            for (keys, sender) in self.0 {
                let answer = match &found {
                    Ok(found) => {
                        let of = |key: K| found.get(&key).cloned().map(|row| (key, row));
                        Ok(keys.into_iter().filter_map(of).collect())
                    }
                    Err(error) => Err(Arc::clone(error)),
                };
                // Nobody listens any more if that part of the query failed.
                let _ = sender.send(answer);
            }
        })
    }
}

impl Batches {
    pub(crate) fn new(rows: Rows) -> Self {
        Self { rows: Arc::new(rows), waiting: Mutex::default() }
    }

    /// The values of `keys`, as far as there are any, read together with what the siblings of the asking field need.
    pub(crate) async fn load_many<K>(&self, keys: Vec<K>) -> Answer<K, <Rows as Loader<K>>::Value>
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Rows: Loader<K, Error = Arc<Error>>,
    {
        // Unconstrained, or tokio makes some siblings wait for another turn, and the next level is read twice.
        let answer = tokio::task::unconstrained(self.leave(keys)).await;
        answer.unwrap_or_else(|_| {
            Err(Arc::new(Error::Invariant("a batch was dropped before it was read".into())))
        })
    }

    fn leave<K>(&self, keys: Vec<K>) -> oneshot::Receiver<Answer<K, <Rows as Loader<K>>::Value>>
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Rows: Loader<K, Error = Arc<Error>>,
    {
        let (sender, receiver) = oneshot::channel();
        let mut all = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = all.entry(TypeId::of::<K>()).or_insert_with(|| Box::new(Queue::<K>(Vec::new())));
        let queue: &mut dyn Any = queue.as_mut();
        if let Some(queue) = queue.downcast_mut::<Queue<K>>() {
            queue.0.push((keys, sender));
        }
        receiver
    }

    fn take(&self) -> Vec<BoxFuture<'static, ()>> {
        let mut all = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        all.drain().map(|(_, queue)| queue.read(Arc::clone(&self.rows))).collect()
    }
}

/// Runs an operation turn by turn: its fields while any can go on, then what they wait for.
pub(crate) struct Turns {
    batches: Arc<Batches>,
    reading: FuturesUnordered<BoxFuture<'static, ()>>,
    fields: Arc<Fields>,
}

/// Knows whether a field can go on.
#[derive(Default)]
struct Fields {
    ready: AtomicBool,
    task: AtomicWaker,
}

impl Wake for Fields {
    fn wake(self: Arc<Self>) {
        self.ready.store(true, Ordering::SeqCst);
        self.task.wake();
    }
}

impl Turns {
    pub(crate) fn new(batches: Arc<Batches>) -> Self {
        Self { batches, reading: FuturesUnordered::new(), fields: Arc::default() }
    }

    /// Polls the operation by `work`.
    pub(crate) fn poll<T>(
        &mut self,
        cx: &mut Context<'_>,
        mut work: impl FnMut(&mut Context<'_>) -> Poll<T>,
    ) -> Poll<T> {
        self.fields.task.register(cx.waker());
        let waker = Waker::from(Arc::clone(&self.fields));
        loop {
            while let Poll::Ready(Some(())) = self.reading.poll_next_unpin(cx) {}
            self.fields.ready.store(false, Ordering::SeqCst);
            if let Poll::Ready(done) = work(&mut Context::from_waker(&waker)) {
                return Poll::Ready(done);
            }
            if self.fields.ready.load(Ordering::SeqCst) {
                // The waker has told the task already.
                return Poll::Pending;
            }
            let batches = self.batches.take();
            if batches.is_empty() {
                return Poll::Pending;
            }
            self.reading.extend(batches);
        }
    }
}
