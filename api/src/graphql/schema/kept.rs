//! Filter and order of a list as fields of an input, for who keeps what a list is asked for.

use std::borrow::Cow;
use std::marker::PhantomData;

use async_graphql::registry::Registry;
use async_graphql::{InputType, InputValueError, InputValueResult, Name, Value};

use super::filter::Condition;
use super::list::{Listable, list_of};

/// A filter of lists of `C`, as it was sent.
pub(crate) struct FilterOf<C>(Value, PhantomData<fn(C)>);

impl<C: Listable> FilterOf<C> {
    /// The condition it becomes, or what is wrong with it.
    pub(crate) fn condition(&self) -> Condition {
        list_of::<C>().filter.read(Some(&self.0))
    }
}

impl<C: Listable> InputType for FilterOf<C> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(list_of::<C>().filter.name)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        list_of::<C>().filter.describe(registry);
        Self::qualified_type_name()
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value {
            Some(value @ Value::Object(_)) => Ok(Self(value, PhantomData)),
            other => Err(InputValueError::expected_type(other.unwrap_or_default())),
        }
    }

    fn to_value(&self) -> Value {
        self.0.clone()
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

/// An order of lists of `C`, as it was sent; the direction stands in it even if it was not.
pub(crate) struct OrderOf<C>(Value, PhantomData<fn(C)>);

impl<C: Listable> InputType for OrderOf<C> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(list_of::<C>().order.name)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        list_of::<C>().order.describe(registry);
        Self::qualified_type_name()
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value {
            Some(Value::Object(mut parts)) => {
                // Nobody fills in the defaults below an argument.
                parts.entry(Name::new("direction")).or_insert_with(|| Value::Enum(Name::new("ASC")));
                Ok(Self(Value::Object(parts), PhantomData))
            }
            other => Err(InputValueError::expected_type(other.unwrap_or_default())),
        }
    }

    fn to_value(&self) -> Value {
        self.0.clone()
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}
