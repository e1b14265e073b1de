//! Stored files: bytes come in once by `PUT` to the URL of `fileCreate`, and go out to whoever sees the file.

use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::reading::file::Purposes;
use domain::reading::files::find;
use domain::reading::files::upload::{FILE_LIMIT, FileUpload};
use domain::{Error, Lang, Refusal, Scope};
use entity::{FileId, FileState, stored_file};
use futures_util::StreamExt;
use serde_json::json;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

use super::{Bounded, Files, busy, caller, lang, refuse};
use crate::http::limits::UPLOAD_SILENCE_MAX;
use crate::links::Signed;

/// What a page of ours may do with a file that a browser shows after all: nothing.
const SANDBOX: &str = "sandbox; default-src 'none'";

/// Takes the bytes in. An interrupted or refused upload leaves the URL usable; a complete one uses it up.
pub(super) async fn put(
    State(state): State<Bounded>,
    Path(token): Path<String>,
    request: Request,
) -> Response {
    let lang = lang(request.headers());
    let Ok(_place) = state.uploads.try_acquire() else { return busy(lang) };
    match receive(&state.files, &token, request).await {
        Ok(id) => (StatusCode::CREATED, axum::Json(json!({ "file": id }))).into_response(),
        Err(error) => refuse(&error, lang),
    }
}

async fn receive(files: &Files, token: &str, request: Request) -> Result<FileId, Error> {
    let mut upload = FileUpload::begin(&files.store, token).await?;
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let announced = announced.and_then(|length| length.parse().ok());
    let mut taken = announced.map_or(Ok(()), |length| upload.expect(length));
    let mut stream = request.into_body().into_data_stream();
    let silent = |_| std::io::Error::from(std::io::ErrorKind::TimedOut);
    let mut beyond = 0;
    while let Some(bytes) = timeout(UPLOAD_SILENCE_MAX, stream.next()).await.map_err(silent)? {
        let bytes = bytes.map_err(std::io::Error::other)?;
        if taken.is_ok() {
            taken = upload.write(&bytes);
        } else {
            // Clients that still send do not hear the answer: a little is let go by.
            beyond += bytes.len();
            if beyond > FILE_LIMIT {
                break;
            }
        }
    }
    taken?;
    upload.finish().await
}

/// Gives the bytes out, as a download whatever they are.
pub(super) async fn get(
    State(state): State<Bounded>,
    Path(id): Path<String>,
    Query(signed): Query<Signed>,
    headers: HeaderMap,
) -> Response {
    let lang = lang(&headers);
    let Ok(place) = Arc::clone(&state.downloads).try_acquire_owned() else { return busy(lang) };
    let files = &state.files;
    let seen = match files.links.opens(&id, &signed, files.verifier.now()) {
        // The link was given to somebody who sees the file.
        Some(true) => (Scope::All, Purposes::all()),
        Some(false) => return expired(lang),
        None => match caller(files, &headers, "Query.file").await {
            Ok(actor) => (Scope::of(&actor, files.store.clock.now()), Purposes::of(&actor)),
            Err(refused) => return refused,
        },
    };
    match give(files, seen, &id, place).await {
        Ok(response) => response,
        Err(error) => refuse(&error, lang),
    }
}

/// The answer to a link whose time is over, or that we never made: a person reads it in a browser.
fn expired(lang: Lang) -> Response {
    let message = match lang {
        Lang::En => "This link has expired. Open the file from the page again.",
        Lang::ZhCn => "链接已失效，请从页面重新打开文件。",
    };
    let body = json!({ "code": "LINK_EXPIRED", "cbcCode": "CBC.0154", "message": message });
    (StatusCode::FORBIDDEN, [(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response()
}

async fn give(
    files: &Files,
    (scope, purposes): (Scope, Purposes),
    id: &str,
    place: OwnedSemaphorePermit,
) -> Result<Response, Error> {
    let store = &files.store;
    let found = match id.parse::<FileId>() {
        Ok(id) => find(store, scope, &purposes, id).await?,
        Err(_) => None,
    };
    let there = found.filter(|file| file.state == FileState::Stored);
    let file = there.ok_or_else(|| Refusal::new(domain::Code::NotFound, id))?;
    let path = file.path.as_deref().unwrap_or_default();
    let bytes = store.files.get(path).await?.map(move |bytes| {
        let _held_while_the_download_lasts = &place;
        bytes
    });
    Ok((headers_of(&file), Body::from_stream(bytes)).into_response())
}

/// The headers of a file. PURE.
fn headers_of(file: &stored_file::Model) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let kind = file.content_type.as_deref().unwrap_or("application/octet-stream");
    let texts = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_LENGTH, file.bytes.to_string()),
        (header::CONTENT_DISPOSITION, disposition(&file.name)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::ETAG, format!("\"{}\"", file.sha256.as_deref().unwrap_or_default())),
    ];
    for (name, text) in texts {
        // A type or name that is no header value is left out.
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(name, value);
        }
    }
    headers
}

/// A download of this name: once for old clients, once as it is (RFC 6266). PURE.
fn disposition(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' };
    let simple: String = name.chars().map(plain).collect();
    let mut whole = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            whole.push(char::from(byte));
        } else {
            whole.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{simple}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(
            disposition("发票 \"1\".pdf"),
            "attachment; filename=\"__ _1_.pdf\"; filename*=UTF-8''%E5%8F%91%E7%A5%A8%20%221%22.pdf"
        );
        assert!(HeaderValue::from_str(&disposition("a\r\nx: y")).is_ok());
    }
}
