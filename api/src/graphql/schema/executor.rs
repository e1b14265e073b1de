//! The schema as an executor that runs operations turn by turn.

use std::any::TypeId;
use std::future::poll_fn;
use std::sync::Arc;

use async_graphql::{Executor, Request, Response};
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream, StreamExt};

use super::batch::{Batches, Turns};
use crate::http::Execute;

/// An executor whose requests carry their loaders (`attach`).
pub(crate) struct ByTurns<E>(pub(crate) E);

fn turns(request: &Request) -> Option<Turns> {
    let batches = request.data.get(&TypeId::of::<Arc<Batches>>())?;
    batches.downcast_ref::<Arc<Batches>>().map(|batches| Turns::new(Arc::clone(batches)))
}

impl<E: Executor> Execute for ByTurns<E> {
    fn execute(&self, request: Request) -> BoxFuture<'static, Response> {
        let (turns, executor) = (turns(&request), self.0.clone());
        let mut work: BoxFuture<'static, Response> =
            Box::pin(async move { Executor::execute(&executor, request).await });
        match turns {
            None => work,
            Some(mut turns) => {
                Box::pin(async move { poll_fn(|cx| turns.poll(cx, |cx| work.as_mut().poll(cx))).await })
            }
        }
    }

    fn stream(&self, request: Request) -> BoxStream<'static, Response> {
        let turns = turns(&request);
        let mut events = self.0.execute_stream(request, None);
        match turns {
            None => events,
            Some(mut turns) => {
                stream::poll_fn(move |cx| turns.poll(cx, |cx| events.poll_next_unpin(cx))).boxed()
            }
        }
    }
}
