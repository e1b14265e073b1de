//! The invoice list of a payment request as a page to print.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::reading::money::invoice_list;
use domain::{Error, Refusal, Scope};
use entity::PaymentRequestId;

use super::{Bounded, busy, caller, lang, refuse};

/// Nothing is loaded and nothing runs on the page.
const CSP: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/// The page, in the language of the request.
pub(super) async fn get(
    State(state): State<Bounded>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let lang = lang(&headers);
    let Ok(_place) = state.downloads.try_acquire() else { return busy(lang) };
    let actor = match caller(&state.files, &headers, "Query.paymentRequest").await {
        Ok(actor) => actor,
        Err(refused) => return refused,
    };
    let found = match id.parse::<PaymentRequestId>() {
        Ok(id) => {
            let scope = Scope::of(&actor, state.files.store.clock.now());
            invoice_list::page(&state.files.store, scope, id, lang).await
        }
        Err(_) => Ok(None),
    };
    let missing = || Error::from(Refusal::new(domain::Code::NotFound, &id));
    match found.and_then(|page| page.ok_or_else(missing)) {
        Ok(page) => {
            let headers = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                (header::CONTENT_SECURITY_POLICY, CSP),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
                (header::CACHE_CONTROL, "private, no-store"),
                (header::CONTENT_LANGUAGE, lang.tag()),
            ];
            (headers, page).into_response()
        }
        Err(error) => refuse(&error, lang),
    }
}
