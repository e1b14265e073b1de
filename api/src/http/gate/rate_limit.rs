//! The caller's budget in an answer, in the fields of the IETF draft on rate limits: `RateLimit` and
//! `RateLimit-Policy` as it is written now, and the three fields of its earlier versions, which most clients
//! read.

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;

use crate::http::front::Front;
use crate::http::gate::budgets::Standing;
use crate::http::gate::caller::Caller;

/// Every field, for pages of other origins to read.
pub(crate) const FIELDS: [HeaderName; 5] = [
    HeaderName::from_static("ratelimit"),
    HeaderName::from_static("ratelimit-policy"),
    HeaderName::from_static("ratelimit-limit"),
    HeaderName::from_static("ratelimit-remaining"),
    HeaderName::from_static("ratelimit-reset"),
];

/// Adds the fields to `response`.
pub(crate) fn tell(front: &Front, caller: &Caller, mut response: Response) -> Response {
    let standing = front.budgets.standing(caller.subject(), caller.address, front.elapsed_ms());
    if let Some(standing) = standing {
        for (name, value) in FIELDS.into_iter().zip(values(standing)) {
            // Digits and ASCII names: always a header value.
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().insert(name, value);
            }
        }
    }
    response
}

fn values(standing: Standing) -> [String; 5] {
    let Standing { policy, limit, window_s, remaining, reset_s } = standing;
    [
        format!("\"{policy}\";r={remaining};t={reset_s}"),
        format!("\"{policy}\";q={limit};w={window_s}"),
        limit.to_string(),
        remaining.to_string(),
        reset_s.to_string(),
    ]
}
