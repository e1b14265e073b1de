//! Arguments of fields: what each is called, what it takes, and what was sent.

use async_graphql::registry::Registry;
use async_graphql::{InputType, Name, Value};

use super::failure::{Failure, Outcome};
use super::wrong::Wrong;

/// An argument of a field.
pub(crate) struct Arg {
    /// Its name in the schema.
    pub(crate) name: &'static str,
    /// What it is for.
    pub(crate) doc: &'static str,
    /// Its type in the schema, null or not as sent; one with a default never needs to be sent.
    pub(crate) kind: String,
    /// What it is if it is not sent.
    pub(crate) default: Option<Value>,
    /// Adds its type to the registry.
    pub(crate) describe: Box<dyn Fn(&mut Registry) + Send + Sync>,
}

impl Arg {
    /// An argument that takes a `T`.
    pub(crate) fn new<T: InputType>(name: &'static str, doc: &'static str) -> Self {
        let describe = Box::new(|registry: &mut Registry| {
            T::create_type_info(registry);
        });
        Self { name, doc, kind: T::qualified_type_name(), default: None, describe }
    }

    /// The same, with a value for when it is not sent.
    pub(crate) fn or<T: InputType>(self, default: &T) -> Self {
        Self { default: Some(default.to_value()), ..self }
    }
}

/// The arguments that one field was sent, defaults included.
#[derive(Clone, Debug, Default)]
pub(crate) struct Args(pub(super) Vec<(Name, Value)>);

impl Args {
    /// The value of `name` as it was sent; none if it was not.
    pub(crate) fn sent(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(sent, _)| sent == name).map(|(_, value)| value)
    }

    /// The value of `name`.
    pub(crate) fn get<T: InputType>(&self, name: &str) -> Outcome<T> {
        T::parse(self.sent(name).cloned()).map_err(|wrong| {
            let message = wrong.into_server_error(Default::default()).message;
            Failure::BadInput(Wrong::misfit(name, &message))
        })
    }
}
