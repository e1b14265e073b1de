//! Top-level errors: what is not the caller's input. A surprise tells its request id and nothing else.

use async_graphql::{Context, Error, ErrorExtensions, Value};
use domain::Lang;

use super::caller::{Caller, lang};
use super::wrong::Wrong;

/// The top-level errors of resolvers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TopLevel {
    /// No caller.
    Unauthenticated,
    /// The caller may not use the field.
    Forbidden,
    /// The database is away or busy.
    Unavailable,
    /// A bug.
    Internal,
    /// An argument of a query that cannot be understood.
    BadUserInput,
}

impl TopLevel {
    const fn code(self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
            Self::BadUserInput => "BAD_USER_INPUT",
        }
    }

    const fn cbc(self) -> &'static str {
        match self {
            Self::Unauthenticated => "CBC.0154",
            Self::Forbidden => "CBC.0151",
            Self::Unavailable | Self::Internal => "CBC.0999",
            Self::BadUserInput => "CBC.0100",
        }
    }

    const fn message(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Unauthenticated, Lang::En) => "Sign in: no valid bearer token was sent.",
            (Self::Unauthenticated, Lang::ZhCn) => "请登录：缺少有效的访问令牌。",
            (Self::Forbidden, Lang::En) => "You may not do this.",
            (Self::Forbidden, Lang::ZhCn) => "您无权执行此操作。",
            (Self::Unavailable, Lang::En) => "The service is busy. Try again shortly.",
            (Self::Unavailable, Lang::ZhCn) => "服务繁忙，请稍后重试。",
            (Self::Internal, Lang::En) => "Something went wrong on our side.",
            (Self::Internal, Lang::ZhCn) => "服务内部错误。",
            (Self::BadUserInput, Lang::En) => "A value does not fit its type.",
            (Self::BadUserInput, Lang::ZhCn) => "输入值与类型不符。",
        }
    }

    /// The error in `lang`.
    pub(crate) fn error(self, lang: Lang, request_id: Option<&str>) -> Error {
        self.says(self.message(lang), request_id)
    }

    /// The error in words of its own.
    pub(crate) fn says(self, message: &str, request_id: Option<&str>) -> Error {
        Error::new(message).extend_with(|_, e| {
            e.set("code", self.code());
            e.set("cbcCode", self.cbc());
            e.set("retryable", self == Self::Unavailable);
            e.set("requestId", request_id.map_or(Value::Null, Value::from));
        })
    }
}

fn request_id<'c>(ctx: &Context<'c>) -> Option<&'c str> {
    ctx.data_opt::<Caller>().and_then(|caller| caller.request_id.as_deref())
}

/// An argument that cannot be understood, with what is wrong.
pub(crate) fn bad_input(ctx: &Context<'_>, wrong: &Wrong) -> Error {
    TopLevel::BadUserInput.says(wrong.said(lang(ctx)), request_id(ctx))
}

/// What a use case's error is to the caller of a query. The cause goes to the log only, with `place`.
pub(crate) fn told(
    error: &domain::Error,
    lang: Lang,
    id: Option<&str>,
    place: &dyn std::fmt::Debug,
) -> Error {
    match error {
        domain::Error::Forbidden => TopLevel::Forbidden.error(lang, id),
        domain::Error::Refused(refusals) => {
            let messages = refusals.iter().map(|r| r.code.message(lang, &r.detail));
            TopLevel::BadUserInput.says(&messages.collect::<Vec<_>>().join(" "), id)
        }
        retryable if retryable.is_retryable() => {
            tracing::warn!(request_id = id, cause = %retryable, "a request could not be served now");
            TopLevel::Unavailable.error(lang, id)
        }
        surprise => {
            tracing::error!(request_id = id, cause = %surprise, ?place, "a request failed");
            TopLevel::Internal.error(lang, id)
        }
    }
}

/// As [`told`], of the field that `ctx` stands at.
pub(crate) fn failed(ctx: &Context<'_>, error: &domain::Error) -> Error {
    told(error, lang(ctx), request_id(ctx), &ctx.path_node.map(|path| path.to_string_vec()))
}

/// Turns the errors of use cases into errors for the caller.
pub(crate) trait OrFail<T> {
    /// The value, or what the caller is told.
    fn or_fail(self, ctx: &Context<'_>) -> async_graphql::Result<T>;
}

impl<T> OrFail<T> for domain::Result<T> {
    fn or_fail(self, ctx: &Context<'_>) -> async_graphql::Result<T> {
        self.map_err(|error| failed(ctx, &error))
    }
}

impl<T> OrFail<T> for Result<T, std::sync::Arc<domain::Error>> {
    fn or_fail(self, ctx: &Context<'_>) -> async_graphql::Result<T> {
        self.map_err(|error| failed(ctx, &error))
    }
}
