//! The executor behind the front, without its type parameters: the front is compiled once, whatever
//! the schema.

use async_graphql::{Executor, Request, Response};
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;

/// Runs operations. Every `async_graphql::Schema` is one.
pub trait Execute: Send + Sync + 'static {
    /// Runs a query or mutation.
    fn execute(&self, request: Request) -> BoxFuture<'static, Response>;
    /// Runs a subscription: one response an event.
    fn stream(&self, request: Request) -> BoxStream<'static, Response>;
}

impl<E: Executor> Execute for E {
    fn execute(&self, request: Request) -> BoxFuture<'static, Response> {
        let this = self.clone();
        Box::pin(async move { Executor::execute(&this, request).await })
    }

    fn stream(&self, request: Request) -> BoxStream<'static, Response> {
        self.execute_stream(request, None)
    }
}
