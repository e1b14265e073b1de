//! Refusals of the front, given instead of an answer: one code, one status, messages in both languages.

use async_graphql::{ErrorExtensionValues, Pos, ServerError};
use axum::http::StatusCode;
use domain::Lang;

use crate::http::document::scalars::NULL_COMPARES;

/// Reason for which a request is refused. The text of a code is part of the contract and never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// No token, or one that is not accepted.
    Unauthenticated,
    /// The caller may not do this at all.
    Forbidden,
    /// The budget of the account or address is used up.
    RateLimited,
    /// The document or its cost is past a limit.
    QueryTooComplex,
    /// The operation took too long.
    Timeout,
    /// Everything is busy, or something needed is away.
    Unavailable,
    /// A bug: the request id leads to the log.
    Internal,
    /// The document is not GraphQL.
    ParseFailed,
    /// The document does not fit the schema.
    ValidationFailed,
    /// A value does not fit its type.
    BadUserInput,
    /// The request is not one of GraphQL over HTTP.
    BadRequest,
    /// No document is known under this hash; send it once with its hash.
    PersistedQueryNotFound,
    /// Documents are not kept by hash here.
    PersistedQueryNotSupported,
    /// Only known documents are run here.
    QueryNotInSafelist,
    /// A mutation by GET.
    MethodNotAllowed,
    /// No media type both sides speak.
    NotAcceptable,
    /// The body is not `application/json`.
    UnsupportedMediaType,
    /// The body is too large.
    PayloadTooLarge,
    /// The query string is too long.
    UriTooLong,
    /// The headers are too large.
    HeadersTooLarge,
    /// The body did not arrive in time.
    RequestTimeout,
}

impl Code {
    /// The codes a resolver may use in a top-level error; expected refusals are `userErrors`.
    pub const TOP_LEVEL: [Self; 7] = [
        Self::Unauthenticated,
        Self::Forbidden,
        Self::RateLimited,
        Self::QueryTooComplex,
        Self::Timeout,
        Self::Unavailable,
        Self::Internal,
    ];

    /// A top-level error of a resolver, in the caller's language. Only for the codes of `TOP_LEVEL`:
    /// what can be expected to happen is a `userError`.
    #[must_use]
    pub fn error(self, lang: Lang) -> async_graphql::Error {
        let mut error = async_graphql::Error::new(self.message(lang));
        error.extensions = Some(extensions(self, ""));
        error
    }

    /// The text in `extensions.code`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::RateLimited => "RATE_LIMITED",
            Self::QueryTooComplex => "QUERY_TOO_COMPLEX",
            Self::Timeout => "TIMEOUT",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
            Self::ParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::ValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::BadRequest => "BAD_REQUEST",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::PersistedQueryNotSupported => "PERSISTED_QUERY_NOT_SUPPORTED",
            Self::QueryNotInSafelist => "QUERY_NOT_IN_SAFELIST",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::NotAcceptable => "NOT_ACCEPTABLE",
            Self::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            Self::PayloadTooLarge => "PAYLOAD_TOO_LARGE",
            Self::UriTooLong => "URI_TOO_LONG",
            Self::HeadersTooLarge => "HEADERS_TOO_LARGE",
            Self::RequestTimeout => "REQUEST_TIMEOUT",
        }
    }

    /// The code of the vendor's catalogue, where it has one.
    #[must_use]
    pub fn cbc_code(self) -> Option<&'static str> {
        match self {
            Self::Unauthenticated => Some("CBC.0154"),
            Self::Forbidden => Some("CBC.0151"),
            Self::RateLimited => Some("CBC.0250"),
            Self::Internal | Self::Unavailable | Self::Timeout => Some("CBC.0999"),
            Self::BadUserInput => Some("CBC.0101"),
            _ if self.status().is_client_error() => Some("CBC.0100"),
            _ => None,
        }
    }

    /// `true` when the same request may succeed later without a change.
    #[must_use]
    pub fn retryable(self) -> bool {
        matches!(self, Self::RateLimited | Self::Timeout | Self::Unavailable | Self::RequestTimeout)
    }

    /// The HTTP status. Errors of the document have 400 only where the client speaks
    /// `application/graphql-response+json`; see `concerns_document`.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            Self::Timeout => StatusCode::GATEWAY_TIMEOUT,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UriTooLong => StatusCode::URI_TOO_LONG,
            Self::HeadersTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// `true` for what GraphQL calls a request error: transport and caller were fine, the document
    /// or its variables were not. Old clients (`application/json`) get these with status 200.
    #[must_use]
    pub fn concerns_document(self) -> bool {
        matches!(
            self,
            Self::ParseFailed
                | Self::ValidationFailed
                | Self::BadUserInput
                | Self::QueryTooComplex
                | Self::PersistedQueryNotFound
                | Self::PersistedQueryNotSupported
                | Self::QueryNotInSafelist
        )
    }

    /// The message for a person.
    #[must_use]
    pub fn message(self, lang: Lang) -> &'static str {
        let (en, zh) = self.messages();
        match lang {
            Lang::En => en,
            Lang::ZhCn => zh,
        }
    }

    fn messages(self) -> (&'static str, &'static str) {
        match self {
            Self::Unauthenticated => {
                ("Sign in: no valid bearer token was sent.", "请登录：缺少有效的访问令牌。")
            }
            Self::Forbidden => ("You may not do this.", "您无权执行此操作。"),
            Self::RateLimited => ("Too many requests. Try again later.", "请求过于频繁，请稍后重试。"),
            Self::QueryTooComplex => ("The query asks for too much at once.", "查询过于复杂。"),
            Self::Timeout => ("The operation took too long.", "操作超时。"),
            Self::Unavailable => ("The service is busy. Try again shortly.", "服务繁忙，请稍后重试。"),
            Self::Internal => ("Something went wrong on our side.", "服务内部错误。"),
            Self::ParseFailed => ("The document cannot be read.", "无法解析查询文档。"),
            Self::ValidationFailed => ("The document does not fit the schema.", "查询文档与模式不符。"),
            Self::BadUserInput => ("A value does not fit its type.", "输入值与类型不符。"),
            Self::BadRequest => ("The request is malformed.", "请求格式错误。"),
            // Clients look for exactly this text before they send the document itself.
            Self::PersistedQueryNotFound => ("PersistedQueryNotFound", "PersistedQueryNotFound"),
            Self::PersistedQueryNotSupported => ("PersistedQueryNotSupported", "PersistedQueryNotSupported"),
            Self::QueryNotInSafelist => {
                ("Only registered documents are run here.", "仅允许执行已登记的查询文档。")
            }
            Self::MethodNotAllowed => ("Mutations are sent by POST.", "变更操作必须使用 POST。"),
            Self::NotAcceptable => {
                ("None of the accepted media types is spoken here.", "不支持所请求的响应类型。")
            }
            Self::UnsupportedMediaType => {
                ("Send the body as application/json (UTF-8).", "请求体必须为 application/json（UTF-8）。")
            }
            Self::PayloadTooLarge => ("The body is too large.", "请求体过大。"),
            Self::UriTooLong => ("The query string is too long; use POST.", "查询字符串过长，请使用 POST。"),
            Self::HeadersTooLarge => ("The headers are too large.", "请求头过大。"),
            Self::RequestTimeout => ("The body did not arrive in time.", "请求体接收超时。"),
        }
    }
}

/// A refused request: one or more errors under one code.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// Decides the status.
    pub code: Code,
    /// In English: what exactly is wrong and where; empty for the message of the code.
    pub details: Vec<Detail>,
    /// Seconds after which to try again.
    pub retry_after_s: Option<u64>,
    /// Cost asked for, when it is the reason.
    pub cost: Option<u64>,
}

/// One thing wrong.
#[derive(Debug, Clone)]
pub struct Detail {
    /// In English; tells about the document only, never about the inside.
    pub message: String,
    /// Line and column in the document.
    pub locations: Vec<Pos>,
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self { code, details: Vec::new(), retry_after_s: None, cost: None }
    }
}

impl Refusal {
    /// A refusal that says what exactly is wrong.
    pub(crate) fn because(code: Code, message: impl Into<String>) -> Self {
        let detail = Detail { message: message.into(), locations: Vec::new() };
        Self { details: vec![detail], ..code.into() }
    }

    /// A refusal worth repeating after `seconds`.
    pub(crate) fn retry_after(code: Code, seconds: u64) -> Self {
        Self { retry_after_s: Some(seconds), ..code.into() }
    }

    /// The errors of the answer, with codes, in the caller's language.
    pub(crate) fn errors(&self, lang: Lang, request_id: &str) -> Vec<ServerError> {
        let general = self.code.message(lang);
        if self.details.is_empty() {
            return vec![error(self, general.to_owned(), Vec::new(), request_id)];
        }
        let details = self.details.iter().take(super::limits::ERRORS_MAX);
        details
            .map(|d| {
                let message = match lang {
                    Lang::En => d.message.clone(),
                    Lang::ZhCn => format!("{general} {}", in_chinese(&d.message)),
                };
                error(self, message, d.locations.clone(), request_id)
            })
            .collect()
    }
}

/// Reasons that our own checks give, in both languages. The detail names parts of the document; what another
/// implementation says of documents stays English behind a localised lead.
const REASONS: [(&str, &str); 9] = [
    (NULL_COMPARES, "不能与 null 比较：请省略该字段，或使用 isNull"),
    (
        "write digits with a decimal point and no separators, e.g. 1234.50",
        "请书写带小数点、不带分隔符的数字，例如 1234.50",
    ),
    ("write e.g. 2026-08-01T00:00:00Z", "请书写为例如 2026-08-01T00:00:00Z"),
    ("write it as a string", "请以字符串书写"),
    ("a value is missing", "缺少值"),
    (" must not be null here", " 此处不得为 null"),
    (" takes exactly one field", " 须恰好给出一个字段"),
    (" has no field ", " 没有字段 "),
    (" is expected", " 为所需类型"),
];

fn in_chinese(detail: &str) -> String {
    REASONS.iter().fold(detail.to_owned(), |text, (en, zh)| text.replace(en, zh))
}

fn error(refusal: &Refusal, message: String, locations: Vec<Pos>, request_id: &str) -> ServerError {
    let mut error = ServerError::new(message, None);
    error.locations = locations;
    error.extensions = Some(extensions(refusal.code, request_id));
    if let (Some(extensions), Some(cost)) = (&mut error.extensions, refusal.cost) {
        extensions.set("cost", cost);
        extensions.set("limit", super::limits::COST_MAX);
    }
    if let (Some(extensions), Some(seconds)) = (&mut error.extensions, refusal.retry_after_s) {
        extensions.set("retryAfterSeconds", seconds);
    }
    error
}

/// The extensions every error carries.
pub(crate) fn extensions(code: Code, request_id: &str) -> ErrorExtensionValues {
    let mut values = ErrorExtensionValues::default();
    values.set("code", code.as_str());
    if let Some(cbc) = code.cbc_code() {
        values.set("cbcCode", cbc);
    }
    values.set("retryable", code.retryable());
    if !request_id.is_empty() {
        values.set("requestId", request_id);
    }
    values
}
