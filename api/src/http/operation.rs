//! The one way of an operation, whatever transport it came by: prepared, then run or streamed.

use std::panic::AssertUnwindSafe;

use apollo_compiler::ast::Value;
use apollo_compiler::executable::{Operation, OperationType};
use apollo_compiler::response::JsonMap;
use async_graphql::{Request, Response};
use futures_util::FutureExt;
use futures_util::stream::{self, BoxStream, StreamExt};
use tracing::Instrument;

use super::front::Front;
use super::limits::{BAD_TOKEN_COST, BUSY_RETRY_AFTER_S, COST_MAX, REFUSED_DOCUMENT_COST};
use super::refusal::{Code, Refusal};
use super::stream_mark::StreamMark;
use crate::auth::Verified;
use crate::http::document::absent;
use crate::http::document::coerce::Types;
use crate::http::document::cost;
use crate::http::document::documents::{self, Checked};
use crate::http::document::measured::Measured;
use crate::http::document::variables;
use crate::http::gate::caller::{self, Caller};
use crate::http::transport::answer::{Answer, Cost};
use crate::http::transport::params::Params;
use crate::links::LinkMaker;

/// Kinds of operations that a transport can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Carries {
    pub(crate) mutations: bool,
    pub(crate) subscriptions: bool,
}

/// An operation that may run.
pub(crate) struct Prepared {
    pub(crate) kind: OperationType,
    pub(crate) cost: Cost,
    request: Request,
    measured: Measured,
    span: tracing::Span,
}

/// Resolves, limits, validates, authorises and prices an operation. Cheap checks come first; each
/// attempt costs its sender a point, so that refused ones are not free.
pub(crate) fn prepare(
    front: &Front,
    params: Params,
    caller: &Caller,
    carries: Carries,
) -> Result<Prepared, Refusal> {
    charge(front, caller, 1)?;
    let stranger = caller.actor().is_none() && !front.config.anonymous_introspection;
    if stranger && !params.query.as_deref().is_some_and(documents::asks_nothing) {
        return Err(Code::Unauthenticated.into());
    }
    let (id, extensions) = (params.document_id.as_deref(), params.extensions.as_ref());
    let document = front.persisted.resolve(params.query, id, extensions)?;
    let checked = match front.documents.check(&document.text) {
        Ok(checked) => checked,
        Err(refusal) => {
            charge(front, caller, REFUSED_DOCUMENT_COST)?;
            return Err(refusal);
        }
    };
    let operation = select(&checked, params.operation_name.as_deref())?;
    match operation.operation_type {
        OperationType::Mutation if !carries.mutations => return Err(Code::MethodNotAllowed.into()),
        OperationType::Subscription if !carries.subscriptions => {
            let message = "Subscriptions need `Accept: text/event-stream` or a WebSocket.";
            return Err(Refusal::because(Code::BadRequest, message));
        }
        _ => {}
    }
    let introspection = authorise(&checked, operation, caller)?;
    let coerced = coerce(front, &checked, operation, &params.variables.unwrap_or_default())?;
    hide_schema(front, &checked, operation, &coerced)?;
    let requested = price(front, &checked, operation, &coerced)?;
    // One point was paid at the door.
    let remaining = charge(front, caller, requested - 1)?;

    let absent = operation.variables.iter().map(|v| v.name.as_str());
    let absent: absent::Absent =
        absent.filter(|name| !coerced.contains_key(*name)).map(str::to_owned).collect();
    let mut executable = checked.executable.clone();
    absent::remove(&mut executable, &absent);
    let mut request = Request::new("").variables(variables::for_executor(coerced));
    request.operation_name = operation.name.as_ref().map(ToString::to_string);
    request.set_parsed_query(executable);
    Ok(Prepared {
        kind: operation.operation_type,
        cost: Cost { requested, remaining },
        measured: Measured::of(document.name, operation),
        span: span(operation, caller, requested),
        request: with_data(front, request, caller, introspection),
    })
}

/// The token of an `Authorization` value, judged. A bad one costs its sender's address points.
pub(crate) async fn identify(
    front: &Front,
    caller: &Caller,
    authorization: Option<&str>,
) -> Result<Option<Verified>, Refusal> {
    let verified = caller::verified(&front.parts.verifier, authorization).await;
    if verified.as_ref().is_err_and(|refusal| refusal.code == Code::Unauthenticated) {
        charge(front, caller, BAD_TOKEN_COST)?;
    }
    verified
}

fn charge(front: &Front, caller: &Caller, points: u64) -> Result<u64, Refusal> {
    let taken = front.budgets.take(caller.subject(), caller.address, points, front.elapsed_ms());
    taken.map_err(|seconds| {
        metrics::counter!("graphql_rate_limited_total").increment(1);
        Refusal::retry_after(Code::RateLimited, seconds)
    })
}

fn select<'d>(checked: &'d Checked, name: Option<&str>) -> Result<&'d Operation, Refusal> {
    match checked.typed.operations.get(name) {
        Ok(operation) => Ok(operation),
        Err(error) => Err(Refusal::because(Code::ValidationFailed, error.message().to_string())),
    }
}

/// Lets a caller run an operation: with a token anything, without one the schema where that is allowed. Gives
/// whether the operation reads nothing but the schema.
fn authorise(checked: &Checked, operation: &Operation, caller: &Caller) -> Result<bool, Refusal> {
    let mut fields = operation.root_fields(&checked.typed);
    let reads_more = fields.any(|f| !matches!(f.name.as_str(), "__schema" | "__type" | "__typename"));
    if caller.actor().is_none() && (reads_more || operation.operation_type != OperationType::Query) {
        return Err(Code::Unauthenticated.into());
    }
    Ok(!reads_more)
}

/// With introspection off there is no `__schema`, and no `__type` of any type: both are refused as fields that
/// do not exist. `__type` of a name that no type has stays null, as everywhere.
fn hide_schema(
    front: &Front,
    checked: &Checked,
    operation: &Operation,
    variables: &JsonMap,
) -> Result<(), Refusal> {
    if front.config.introspection {
        return Ok(());
    }
    let exists = |name: &str| front.documents.schema.types.contains_key(name);
    for field in operation.root_fields(&checked.typed) {
        let told = match field.name.as_str() {
            "__schema" => true,
            "__type" => match field.specified_argument_by_name("name").map(|value| &**value) {
                Some(Value::String(name)) => exists(name),
                Some(Value::Variable(name)) => {
                    variables.get(name.as_str()).and_then(|v| v.as_str()).is_some_and(exists)
                }
                _ => true,
            },
            _ => false,
        };
        if told {
            return Err(documents::unknown_field(&checked.typed, &operation.selection_set.ty, &field.name));
        }
    }
    Ok(())
}

fn coerce(
    front: &Front,
    checked: &Checked,
    operation: &Operation,
    sent: &JsonMap,
) -> Result<JsonMap, Refusal> {
    let types = Types {
        schema: &front.documents.schema,
        scalars: front.documents.scalars,
        sources: &checked.typed.sources,
        never_null: &checked.never_null,
    };
    types.coerce(operation, sent)
}

fn price(
    front: &Front,
    checked: &Checked,
    operation: &Operation,
    variables: &JsonMap,
) -> Result<u64, Refusal> {
    let schema = &front.documents.schema;
    let cost = cost::of(schema, &checked.typed, operation, variables, &front.config.costs)?;
    if cost > COST_MAX {
        let message = format!("The query costs {cost}, at most {COST_MAX}: ask for smaller pages.");
        return Err(Refusal { cost: Some(cost), ..Refusal::because(Code::QueryTooComplex, message) });
    }
    Ok(cost)
}

fn with_data(front: &Front, request: Request, caller: &Caller, introspection: bool) -> Request {
    let base = caller.base.as_deref().unwrap_or_default();
    let links = LinkMaker::new(front.config.links.clone(), base, front.parts.verifier.now());
    let mut request = request.data(caller.lang).data(caller.request_id.clone()).data(links);
    match caller.actor() {
        Some(actor) => request = request.data(actor.clone()),
        None => request = request.only_introspection(),
    }
    if introspection { request } else { (front.parts.attach)(caller, request) }
}

fn span(operation: &Operation, caller: &Caller, cost: u64) -> tracing::Span {
    tracing::info_span!(
        "graphql",
        operation = operation.name.as_ref().map(|n| n.as_str()),
        kind = operation.operation_type.name(),
        request_id = caller.request_id.0,
        subject = caller.subject(),
        traceparent = caller.traceparent,
        cost,
    )
}

/// Runs a query or mutation to its end, its time limit, or its panic.
pub(crate) async fn run(front: &Front, prepared: Prepared, caller: &Caller) -> Result<Answer, Refusal> {
    let Ok(_permit) = front.in_flight.try_acquire() else {
        return Err(Refusal::retry_after(Code::Unavailable, BUSY_RETRY_AFTER_S));
    };
    let started = tokio::time::Instant::now();
    let Prepared { kind, cost, request, measured, span } = prepared;
    let kind = kind.name();
    let work = AssertUnwindSafe(front.parts.executor.execute(request)).catch_unwind();
    let outcome = tokio::time::timeout(front.config.operation_timeout, work.instrument(span.clone())).await;
    let answer = match outcome {
        Ok(Ok(response)) => match Answer::executed(response, cost, caller) {
            answer if answer.is_unavailable() => {
                Err(Refusal::retry_after(Code::Unavailable, BUSY_RETRY_AFTER_S))
            }
            answer => Ok(answer),
        },
        Ok(Err(_)) => Err(panicked(caller)),
        Err(_) => Err(Code::Timeout.into()),
    };
    let outcome = match &answer {
        Ok(answer) if answer.errors.is_empty() => "ok",
        Ok(_) => "errors",
        Err(refusal) => refusal.code.as_str(),
    };
    let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(parent: &span, outcome, ms, "operation");
    metrics::counter!("graphql_operations_total", "kind" => kind, "outcome" => outcome).increment(1);
    metrics::histogram!("graphql_operation_seconds", "kind" => kind).record(started.elapsed());
    measured.ran(outcome, ms);
    answer
}

/// The answers of an operation one after the other: one for a query or mutation, one an event for a
/// subscription. A subscription ends with its token and with the process, and says so.
pub(crate) fn stream(
    front: std::sync::Arc<Front>,
    prepared: Prepared,
    caller: Caller,
) -> Result<BoxStream<'static, Answer>, Refusal> {
    if prepared.kind != OperationType::Subscription {
        let once = async move {
            let answer = run(&front, prepared, &caller).await;
            answer.unwrap_or_else(|refusal| Answer::refused(&refusal, &caller))
        };
        return Ok(stream::once(once).boxed());
    }
    let place = front.streams.subscription(&caller)?;
    prepared.measured.subscribed();
    let end = end_of_stream(&front, &caller);
    let mark = StreamMark::behind(caller.last_event_id.as_deref());
    let events = front.parts.executor.stream(prepared.request.data(mark.clone()));
    let cost = prepared.cost;
    let answers = AssertUnwindSafe(events).catch_unwind().map({
        let caller = caller.clone();
        move |event: Result<Response, _>| match event {
            Ok(response) => Answer::executed(response, cost, &caller).of_event(mark.take()),
            Err(_) => Answer::refused(&panicked(&caller), &caller),
        }
    });
    let ended = std::sync::Arc::new(std::sync::OnceLock::new());
    let reason = ended.clone();
    let until = async move {
        let _ = ended.set(end.await);
    };
    let farewell = stream::once(async move { reason.get().copied() })
        .filter_map(std::future::ready)
        .map(move |code: Code| Answer::refused(&code.into(), &caller));
    let whole = answers.take_until(until).chain(farewell).map(move |answer| {
        let _held_while_the_stream_lives = &place;
        answer
    });
    Ok(whole.boxed())
}

/// Waits for what ends a subscription from outside, and names it.
fn end_of_stream(front: &Front, caller: &Caller) -> impl Future<Output = Code> + Send + 'static {
    let stop = front.parts.stop.clone();
    let left = time_left(front, caller);
    async move {
        tokio::select! {
            () = stop.cancelled() => Code::Unavailable,
            () = tokio::time::sleep(left) => Code::Unauthenticated,
        }
    }
}

/// The time for which the caller's token is good, leeway included; without a token there is no end.
pub(crate) fn time_left(front: &Front, caller: &Caller) -> std::time::Duration {
    // tokio's timers reach about two years; a year without a new token is as good as no end.
    const LONGEST_S: u64 = 365 * 24 * 3600;
    let seconds = caller.verified.as_ref().map_or(LONGEST_S, |verified| {
        let end = verified.expires_at.saturating_add(crate::auth::LEEWAY_S);
        u64::try_from(end.saturating_sub(front.parts.verifier.now())).unwrap_or(0)
    });
    std::time::Duration::from_secs(seconds.min(LONGEST_S))
}

fn panicked(caller: &Caller) -> Refusal {
    tracing::error!(request_id = caller.request_id.0, "an operation panicked");
    Code::Internal.into()
}
