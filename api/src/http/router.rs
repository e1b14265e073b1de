//! Paths, and the layers around them.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware;
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::envelope;
use super::explorer;
use super::front::Front;
use super::probes;
use crate::http::gate::rate_limit;
use crate::http::transport::graphql_route;
use crate::http::transport::single_connection;
use crate::http::transport::socket_route;

/// Time for which browsers may remember that an origin is allowed.
const PREFLIGHT_MAX_AGE: Duration = Duration::from_secs(600);

/// All routes of the front. Merge other routers (uploads, downloads) into `extra`: they get request
/// ids, header limits, CORS, compression and the net under panics too.
pub fn router(front: Arc<Front>, extra: Router) -> Router {
    let graphql = get(socket_route::get).post(graphql_route::post);
    let stream = get(single_connection::fetch)
        .put(single_connection::reserve)
        .post(single_connection::operate)
        .delete(single_connection::end);
    let mut routes = Router::new()
        .route("/graphql", graphql)
        .route("/graphql/stream", stream)
        .route("/healthz", get(probes::healthz))
        .route("/readyz", get(probes::readyz))
        .route("/metrics", get(probes::metrics));
    if front.config.graphiql {
        routes = routes.route("/", get(explorer::page)).route("/graphiql/{file}", get(explorer::file));
    }
    // A compressor would hold parts of a subscription back; event streams it leaves alone by itself.
    let unbuffered = DefaultPredicate::new().and(NotForContentType::const_new("multipart/mixed"));
    let cors = cors(&front.config.allowed_origins);
    routes
        .with_state(front)
        .merge(extra)
        .layer(CompressionLayer::new().compress_when(unbuffered))
        .layer(cors)
        .layer(middleware::from_fn(envelope::wrap))
}

/// Exactly the origins listed, no credentials: tokens travel in a header, never in a cookie.
fn cors(allowed_origins: &[String]) -> CorsLayer {
    let origins = allowed_origins.iter().filter_map(|o| HeaderValue::from_str(o).ok());
    let traced = ["traceparent", "tracestate", "x-request-id"];
    let preflight = [
        "graphql-require-preflight",
        "apollo-require-preflight",
        "x-apollo-operation-name",
        "last-event-id",
        single_connection::TOKEN,
    ];
    let names = traced.into_iter().chain(preflight).map(HeaderName::from_static);
    let standard = [header::ACCEPT, header::ACCEPT_LANGUAGE, header::AUTHORIZATION, header::CONTENT_TYPE];
    let exposed = [envelope::REQUEST_ID, header::RETRY_AFTER, header::CONTENT_LANGUAGE].into_iter();
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers(names.chain(standard).collect::<Vec<_>>())
        .expose_headers(exposed.chain(rate_limit::FIELDS).collect::<Vec<_>>())
        .max_age(PREFLIGHT_MAX_AGE)
}
