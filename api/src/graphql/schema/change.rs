//! Mutations: one declaration each, on what it takes.

use std::borrow::Cow;

use async_graphql::registry::Registry;
use async_graphql::{ID, InputType, InputValueError, InputValueResult, Value};

use super::args::Args;
use super::env::Env;
use super::object::{Object, Shown};
use super::relation::column;
use super::table::{Child, table_of};
use super::user_error::{UserError, told};

/// A mutation, declared on its input.
pub(crate) trait Change: InputType + Send + Sync + 'static {
    /// What the use case gives when it was done.
    type Gives: Send + Sync + 'static;
    /// Its name in the schema: noun and verb.
    const NAME: &'static str;
    /// What it does.
    const DOC: &'static str;
    /// What its input is.
    const INPUT: &'static str;
    /// The type of its payload, where another mutation gives the same; else it is named after the mutation.
    const PAYLOAD: Option<&'static str> = None;

    /// The fields of its payload; `userErrors` is added to them.
    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>>;

    /// The thing a version conflict is about, where `id` of the input does not name it.
    fn edited(&self) -> Option<ID> {
        None
    }

    /// Reads the input and calls the use case.
    fn change(self, env: &Env) -> impl Future<Output = domain::Result<Self::Gives>> + Send;
}

/// The outcome of a mutation: what was done, or why nothing was.
pub(crate) struct Changed<I: Change> {
    /// What the use case gave.
    pub(crate) done: Option<I::Gives>,
    errors: Vec<UserError>,
}

impl<I: Change> Shown for Changed<I> {
    fn name() -> Cow<'static, str> {
        if let Some(name) = I::PAYLOAD {
            return Cow::Borrowed(name);
        }
        let (first, rest) = I::NAME.split_at(1);
        Cow::Owned(format!("{}{rest}Payload", first.to_ascii_uppercase()))
    }

    fn object() -> Object<Self> {
        I::payload(Object::<Self>::new(format!("The outcome of `{}`.", I::NAME)))
            .user_errors("Why nothing changed; empty on success.", |changed| &changed.errors)
    }
}

/// The input of one mutation, taken by a second one.
pub(crate) struct Second<I>(pub(crate) I);

impl<I: InputType> InputType for Second<I> {
    type RawValueType = I::RawValueType;

    fn type_name() -> Cow<'static, str> {
        I::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        I::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        I::parse(value).map(Self).map_err(InputValueError::propagate)
    }

    fn to_value(&self) -> Value {
        self.0.to_value()
    }

    fn as_raw_value(&self) -> Option<&I::RawValueType> {
        self.0.as_raw_value()
    }
}

/// The row of `Mutation`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Changes;

/// The thing that `id` of the input names.
fn named(args: &Args) -> Option<ID> {
    match args.sent("input") {
        Some(Value::Object(parts)) => match parts.get("id") {
            Some(Value::String(id)) => Some(ID::from(id)),
            _ => None,
        },
        _ => None,
    }
}

impl Object<Changes> {
    /// Adds a mutation.
    pub(crate) fn change<I: Change>(self) -> Self {
        // Null if it is forbidden or fails: what stands before it in the document was done, and is told.
        let (kind, child) = (Changed::<I>::name().into_owned(), Child::Table(table_of::<Changed<I>>));
        self.objects_by(I::NAME, I::DOC, kind, child, |env, _, args| {
            Box::pin(async move {
                let input: I = args.get("input")?;
                let edited = input.edited().or_else(|| named(args));
                let changed = match input.change(env).await {
                    Ok(done) => Changed::<I> { done: Some(done), errors: vec![] },
                    Err(domain::Error::Refused(refusals)) => {
                        Changed { done: None, errors: told::<I>(env, &refusals, edited.as_ref()) }
                    }
                    Err(error) => return Err(error.into()),
                };
                Ok(column([Some(changed)]))
            })
        })
        .arg::<I>("input", I::INPUT)
    }
}
