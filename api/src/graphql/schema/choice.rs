//! Enums of the tables as enums of the schema: names and descriptions are the entity's own.

use std::borrow::Cow;

use async_graphql::registry::{MetaEnumValue, MetaType, MetaTypeId, Registry};
use async_graphql::{InputType, InputValueError, InputValueResult, Name, Value};
use entity::Listed;

use super::comparators::{Comparator, Compared, Operator};
use super::leaf::Leaf;
use crate::json::Json;

/// A value of an enum, as the API takes and gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Choice<E>(pub(crate) E);

/// An enum the API shows. The tables' enums and some of the domain's are.
pub(crate) trait Enumerated: Listed + Send + Sync + 'static {}
impl<E: Listed + Send + Sync + 'static> Enumerated for E {}

/// The name of a value.
pub(crate) fn name_of<E: Enumerated>(value: E) -> &'static str {
    E::VALUES.iter().find(|(listed, ..)| *listed == value).map_or("", |(_, name, _)| name)
}

impl<E: Enumerated> InputType for Choice<E> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(E::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::Enum, |_| {
            let value = |(_, name, doc): &(E, &'static str, &'static str)| {
                let value = MetaEnumValue {
                    name: (*name).to_owned(),
                    description: (!doc.is_empty()).then(|| (*doc).to_owned()),
                    deprecation: Default::default(),
                    visible: None,
                    inaccessible: false,
                    tags: vec![],
                    directive_invocations: vec![],
                };
                ((*name).to_owned(), value)
            };
            MetaType::Enum {
                name: E::NAME.to_owned(),
                description: (!E::DOC.is_empty()).then(|| E::DOC.to_owned()),
                enum_values: E::VALUES.iter().map(value).collect(),
                visible: None,
                inaccessible: false,
                tags: vec![],
                rust_typename: Some(std::any::type_name::<Self>()),
                directive_invocations: vec![],
                requires_scopes: vec![],
            }
        })
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let found = match value.as_ref() {
            Some(Value::Enum(name)) => E::VALUES.iter().find(|(_, listed, _)| name == *listed),
            Some(Value::String(name)) => E::VALUES.iter().find(|(_, listed, _)| name == *listed),
            _ => None,
        };
        let wrong = || InputValueError::expected_type(value.clone().unwrap_or_default());
        found.map(|(listed, ..)| Self(*listed)).ok_or_else(wrong)
    }

    fn to_value(&self) -> Value {
        Value::Enum(Name::new(name_of(self.0)))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl<E: Enumerated> Leaf for Choice<E> {
    fn name() -> String {
        format!("{}!", E::NAME)
    }

    fn describe(registry: &mut Registry) {
        <Self as InputType>::create_type_info(registry);
    }

    fn put(&self, out: &mut Json) -> bool {
        out.text(name_of(self.0));
        true
    }
}

impl<E: Enumerated> Compared for Choice<E> {
    const OPERATORS: &'static [Operator] = Operator::EQUALITY;

    fn filter() -> Cow<'static, str> {
        Cow::Owned(format!("{}Filter", E::NAME))
    }

    fn doc() -> Cow<'static, str> {
        Cow::Owned(format!("Compares with values of {}.", E::NAME))
    }
}

/// Compares with values of an enum.
pub(crate) type ChoiceFilter<E> = Comparator<Choice<E>>;
