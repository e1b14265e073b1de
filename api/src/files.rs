//! Files over HTTP: a bill comes in by `PUT` to the one-time URL of `importCreate`, rejected rows go out as
//! CSV. Both stream; nothing is held in memory. Stored files come and go in the same way (`stored.rs`).

mod invoice_list;
mod stored;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use domain::kernel::csv_line::FORMULAS;
use domain::kernel::permission;
use domain::performance::import::receipt::{REJECT_PAGE, rejects};
use domain::performance::import::upload::Upload;
use domain::source::RejectCode;
use domain::{Actor, Error, Lang, Store};
use entity::{ImportId, import_reject};
use futures_util::StreamExt;
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::auth::Verifier;
use crate::http::Code;
use crate::http::limits::{BUSY_RETRY_AFTER_S, DOWNLOADS_MAX, UPLOAD_SILENCE_MAX, UPLOADS_MAX};
use crate::links::FileLinks;

/// Called with an import whose file is complete: rings the worker.
pub type Uploaded = Arc<dyn Fn(ImportId) + Send + Sync>;

/// What the routes need.
#[derive(Clone)]
pub struct Files {
    /// The database.
    pub store: Store,
    /// Who may download.
    pub verifier: Arc<Verifier>,
    /// Rings the worker.
    pub uploaded: Uploaded,
    /// Judges links that need no bearer token.
    pub links: FileLinks,
}

/// `PUT /uploads/{token}`, `GET /imports/{id}/rejects.csv`, `PUT /files/{token}`, `GET /files/{id}` and
/// `GET /payment-requests/{id}/invoice-list`.
pub fn routes(files: Files) -> Router {
    let places = |most| Arc::new(Semaphore::new(most));
    let state = Bounded { files, uploads: places(UPLOADS_MAX), downloads: places(DOWNLOADS_MAX) };
    Router::new()
        .route("/uploads/{token}", put(upload))
        .route("/imports/{id}/rejects.csv", get(download_rejects))
        .route("/files/{name}", put(stored::put).get(stored::get))
        .route("/payment-requests/{id}/invoice-list", get(invoice_list::get))
        .with_state(state)
}

/// The routes with the places they share.
#[derive(Clone)]
struct Bounded {
    files: Files,
    uploads: Arc<Semaphore>,
    downloads: Arc<Semaphore>,
}

/// Takes the file in, chunk by chunk. An interrupted upload leaves the URL usable; a complete one uses it up.
async fn upload(State(state): State<Bounded>, Path(token): Path<String>, request: Request) -> Response {
    let lang = lang(request.headers());
    let Ok(_place) = state.uploads.try_acquire() else { return busy(lang) };
    let files = state.files;
    match receive(&files, &token, request.into_body()).await {
        Ok(id) => {
            (files.uploaded)(id);
            (StatusCode::ACCEPTED, axum::Json(json!({ "import": id }))).into_response()
        }
        Err(error) => refuse(&error, lang),
    }
}

async fn receive(files: &Files, token: &str, body: Body) -> Result<ImportId, Error> {
    let mut upload = Upload::begin(&files.store, token).await?;
    let mut stream = body.into_data_stream();
    let silent = |_| std::io::Error::from(std::io::ErrorKind::TimedOut);
    while let Some(bytes) = timeout(UPLOAD_SILENCE_MAX, stream.next()).await.map_err(silent)? {
        upload.write(&bytes.map_err(std::io::Error::other)?).await?;
    }
    upload.finish().await
}

async fn download_rejects(
    State(state): State<Bounded>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let lang = lang(&headers);
    let Ok(place) = Arc::clone(&state.downloads).try_acquire_owned() else { return busy(lang) };
    let files = state.files;
    if let Err(refused) = caller(&files, &headers, "Query.import").await {
        return refused;
    }
    let id = id.parse::<ImportId>().map_err(|_| domain::Refusal::new(domain::Code::NotFound, &id));
    let known = match id {
        Ok(id) => domain::performance::import::ingest::load(&files.store, id).await.map(|import| import.id),
        Err(refusal) => Err(refusal.into()),
    };
    match known {
        Ok(id) => csv(files.store, id, lang, place),
        Err(error) => refuse(&error, lang),
    }
}

/// Who asks with a bearer token, if it may use `field`; else the answer.
#[allow(clippy::result_large_err)] // The other answer is as large.
async fn caller(files: &Files, headers: &HeaderMap, field: &str) -> Result<Actor, Response> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.strip_prefix("Bearer "));
    let actor = match token {
        Some(token) => files.verifier.verify(token).await.ok().map(|v| v.actor),
        None => None,
    };
    let Some(actor) = actor else {
        let body = json!({ "code": "UNAUTHENTICATED", "cbcCode": "CBC.0154" });
        let answer = (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")], axum::Json(body));
        return Err(answer.into_response());
    };
    if !permission::allows(&actor, field) {
        let body = json!({ "code": "FORBIDDEN", "cbcCode": "CBC.0151" });
        return Err((StatusCode::FORBIDDEN, axum::Json(body)).into_response());
    }
    Ok(actor)
}

/// Streams the rejected rows, a page of them at a time.
fn csv(store: Store, id: ImportId, lang: Lang, place: OwnedSemaphorePermit) -> Response {
    let pages = futures_util::stream::try_unfold(Some(0_i64), move |after| {
        let store = store.clone();
        let _held_while_the_download_lasts = &place;
        async move {
            let Some(after) = after else { return Ok::<_, Error>(None) };
            let rows = rejects(&store, id, after, REJECT_PAGE).await?;
            let mut text = String::new();
            if after == 0 {
                text.push_str("\u{feff}line,column,code,message,raw\r\n");
            }
            for row in &rows {
                text.push_str(&record(row, lang));
            }
            let next = rows.last().map(|row| row.line_no);
            if next.is_none() && text.is_empty() {
                return Ok(None);
            }
            Ok(Some((Bytes::from(text), next)))
        }
    });
    let name = format!("attachment; filename=\"{id}-rejects.csv\"");
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    (headers, Body::from_stream(pages)).into_response()
}

/// One row of the download. The raw row is text as far as it can be.
#[must_use]
pub fn record(row: &import_reject::Model, lang: Lang) -> String {
    let message = RejectCode::from_code(&row.code)
        .map_or_else(|| row.code.clone(), |code| code.message(lang, row.column_name.as_deref(), &row.detail));
    let raw = String::from_utf8_lossy(&row.raw);
    let fields =
        [&*row.line_no.to_string(), row.column_name.as_deref().unwrap_or(""), &row.code, &message, &raw];
    let quoted: Vec<String> = fields.iter().map(|field| quote(field)).collect();
    format!("{}\r\n", quoted.join(","))
}

/// Quoted; a value that a spreadsheet would take for a formula gets an apostrophe.
fn quote(field: &str) -> String {
    let guard = if field.starts_with(FORMULAS) { "'" } else { "" };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}

fn lang(headers: &HeaderMap) -> Lang {
    headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).map_or(Lang::En, Lang::pick)
}

fn refuse(error: &Error, lang: Lang) -> Response {
    let (status, code, cbc, message) = match error {
        Error::Refused(refusals) => match refusals.first() {
            Some(r) => {
                let status = match r.code {
                    domain::Code::NotFound => StatusCode::NOT_FOUND,
                    domain::Code::WrongState => StatusCode::CONFLICT,
                    domain::Code::FileTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                    _ => StatusCode::UNPROCESSABLE_ENTITY,
                };
                (status, r.code.name(), r.code.cbc(), r.code.message(lang, &r.detail))
            }
            None => (StatusCode::UNPROCESSABLE_ENTITY, "INVALID", Some("CBC.0101"), String::new()),
        },
        Error::Unavailable(_) | Error::StorageFull(_) => {
            tracing::warn!(%error, "a file could not be served now");
            return busy(lang);
        }
        Error::LeaseLost => (StatusCode::CONFLICT, "UPLOAD_TAKEN_OVER", None, String::new()),
        Error::Io(_) => (StatusCode::BAD_REQUEST, "INTERRUPTED", None, String::new()),
        other => {
            tracing::error!(error = %other, "a file request failed");
            (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", Some("CBC.0999"), String::new())
        }
    };
    let body = json!({ "code": code, "cbcCode": cbc, "message": message });
    (status, axum::Json(body)).into_response()
}

/// The answer when all places are taken or something needed is away.
fn busy(lang: Lang) -> Response {
    let code = Code::Unavailable;
    let body = json!({ "code": code.as_str(), "cbcCode": code.cbc_code(), "message": code.message(lang) });
    let later = [(header::RETRY_AFTER, BUSY_RETRY_AFTER_S.to_string())];
    (StatusCode::SERVICE_UNAVAILABLE, later, axum::Json(body)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_quoted_and_harmless_in_a_spreadsheet() {
        let row = import_reject::Model {
            import_id: ImportId(1),
            line_no: 7,
            column_name: Some("BilledCost".into()),
            code: "NOT_A_CODE".into(),
            detail: String::new(),
            raw: b"=1+1,\"x\"".to_vec(),
        };
        let text = record(&row, Lang::En);
        assert_eq!(text, "\"7\",\"BilledCost\",\"NOT_A_CODE\",\"NOT_A_CODE\",\"'=1+1,\"\"x\"\"\"\r\n");
    }
}
