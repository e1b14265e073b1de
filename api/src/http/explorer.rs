//! GraphiQL from the binary: no request leaves the machine, and the page may load nothing else.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Only our own scripts run. Styles may be inline, because the editor sets them.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    connect-src 'self'; img-src 'self' data:; font-src 'self' data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

const PAGE: &str = include_str!("../../assets/graphiql/index.html");
const FILES: [(&str, &str, &[u8]); 6] = [
    ("react.js", "text/javascript; charset=utf-8", include_bytes!("../../assets/graphiql/react.js")),
    ("react-dom.js", "text/javascript; charset=utf-8", include_bytes!("../../assets/graphiql/react-dom.js")),
    ("graphiql.js", "text/javascript; charset=utf-8", include_bytes!("../../assets/graphiql/graphiql.js")),
    ("graphiql.css", "text/css; charset=utf-8", include_bytes!("../../assets/graphiql/graphiql.css")),
    ("explorer.js", "text/javascript; charset=utf-8", include_bytes!("../../assets/graphiql/explorer.js")),
    ("explorer.css", "text/css; charset=utf-8", include_bytes!("../../assets/graphiql/explorer.css")),
];

/// Answers with the page, under a policy that lets it load nothing else.
pub(crate) async fn page() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-cache"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (headers, PAGE).into_response()
}

/// One of its files.
pub(crate) async fn file(Path(name): Path<String>) -> Response {
    let Some((_, kind, bytes)) = FILES.iter().find(|(file, ..)| *file == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    ([(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, "public, max-age=3600")], *bytes).into_response()
}
