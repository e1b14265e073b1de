//! Refusals as data: `userErrors` of payloads.

use async_graphql::{Context, ID, Interface, Result, SimpleObject};
use domain::{Code, Lang, Refusal};

use super::caller::lang;
use super::errors::failed;
use super::node::{Node, find};
use super::user_error_code::UserErrorCode;

/// Something in the input that the caller can cure.
#[derive(Interface)]
#[graphql(
    field(
        name = "message",
        ty = "&String",
        desc = "What is wrong and how to cure it, in the request's language."
    ),
    field(name = "code", ty = "&UserErrorCode", desc = "Which of the closed list; stable."),
    field(
        name = "cbc_code",
        ty = "&Option<String>",
        desc = "The code of the vendor's catalogue, where it has one."
    ),
    field(
        name = "path",
        ty = "&Option<Vec<String>>",
        desc = "The input field at fault, outermost first; null for the whole input."
    )
)]
// A payload has at most a few: the size of the larger does not matter.
#[allow(clippy::large_enum_variant)]
pub enum UserError {
    /// A plain refusal.
    InputError(InputError),
    /// Somebody else changed it first.
    VersionConflict(VersionConflict),
}

/// A refusal that its message explains.
#[derive(SimpleObject)]
pub struct InputError {
    /// What is wrong and how to cure it, in the request's language.
    message: String,
    /// Which of the closed list; stable.
    code: UserErrorCode,
    /// The code of the vendor's catalogue, where it has one.
    cbc_code: Option<String>,
    /// The input field at fault, outermost first; null for the whole input.
    path: Option<Vec<String>>,
}

/// Somebody else changed it first: look at what it is now, then repeat the change.
#[derive(SimpleObject)]
pub struct VersionConflict {
    /// What is wrong and how to cure it, in the request's language.
    message: String,
    /// Which of the closed list; stable.
    code: UserErrorCode,
    /// The code of the vendor's catalogue, where it has one.
    cbc_code: Option<String>,
    /// The input field at fault, outermost first; null for the whole input.
    path: Option<Vec<String>>,
    /// What it is now.
    current: Option<Box<Node>>,
}

fn plain(refusal: &Refusal, lang: Lang) -> InputError {
    InputError {
        message: refusal.code.message(lang, &refusal.detail),
        code: refusal.code.into(),
        cbc_code: refusal.code.cbc().map(str::to_owned),
        path: (!refusal.path.is_empty()).then(|| refusal.path.clone()),
    }
}

/// The outcome of a use case: what it changed, or its refusals; anything else is a top-level error.
/// `edited` is what a version conflict is about.
pub(crate) async fn outcome<T>(
    ctx: &Context<'_>,
    result: domain::Result<T>,
    edited: Option<&ID>,
) -> Result<(Option<T>, Vec<UserError>)> {
    let refusals = match result {
        Ok(value) => return Ok((Some(value), vec![])),
        Err(domain::Error::Refused(refusals)) => refusals,
        Err(error) => return Err(failed(ctx, &error)),
    };
    Ok((None, refused(ctx, &refusals, edited).await?))
}

/// Refusals as payloads tell them, of a whole input or of one row of it. `edited` is what a version conflict is about.
pub(crate) async fn refused(
    ctx: &Context<'_>,
    refusals: &[Refusal],
    edited: Option<&ID>,
) -> Result<Vec<UserError>> {
    let mut errors = Vec::with_capacity(refusals.len());
    for refusal in refusals {
        let InputError { message, code, cbc_code, path } = plain(refusal, lang(ctx));
        errors.push(match edited.filter(|_| refusal.code == Code::VersionConflict) {
            None => UserError::InputError(InputError { message, code, cbc_code, path }),
            Some(id) => {
                let current = find(ctx, id).await?.map(Box::new);
                UserError::VersionConflict(VersionConflict { message, code, cbc_code, path, current })
            }
        });
    }
    Ok(errors)
}

/// Declares a payload: the changed object, or why nothing changed.
macro_rules! payload {
    ($(#[doc = $doc:tt])* $payload:ident { $(#[doc = $field_doc:tt])* $field:ident: $type:ty }) => {
        $(#[doc = $doc])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $payload {
            $(#[doc = $field_doc])*
            $field: Option<$type>,
            /// Why nothing changed; empty on success.
            user_errors: Vec<$crate::graphql::user_error::UserError>,
        }

        impl $payload {
            /// From the outcome of a use case that returns an id.
            async fn of<K>(
                ctx: &async_graphql::Context<'_>,
                result: domain::Result<K>,
                edited: Option<&async_graphql::ID>,
            ) -> async_graphql::Result<Self>
            where
                K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
                $crate::graphql::loaders::Rows: async_graphql::dataloader::Loader<K, Error = std::sync::Arc<domain::Error>>,
                $type: From<<$crate::graphql::loaders::Rows as async_graphql::dataloader::Loader<K>>::Value>,
            {
                use $crate::graphql::errors::OrFail;
                let (id, user_errors) = $crate::graphql::user_error::outcome(ctx, result, edited).await?;
                let $field = match id {
                    None => None,
                    Some(id) => $crate::graphql::caller::loaders(ctx)?.load_one(id).await.or_fail(ctx)?.map(<$type>::from),
                };
                Ok(Self { $field, user_errors })
            }
        }
    };
}
pub(crate) use payload;
