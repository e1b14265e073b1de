//! Enums of the tables as enums of the schema: names and descriptions are the entity's own.

use std::borrow::Cow;

use async_graphql::registry::{MetaEnumValue, MetaType, MetaTypeId, Registry};
use async_graphql::{InputType, InputValueError, InputValueResult, Name, Value};
use domain::reading::Predicate;
use entity::Listed;

use super::describe::{self, Input};
use super::filter::Condition;
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

/// Compares with values of an enum.
#[derive(Clone, Debug)]
pub(crate) struct ChoiceFilter<E> {
    /// Is this.
    eq: Option<Choice<E>>,
    /// Is one of these.
    one_of: Option<Vec<Choice<E>>>,
}

impl<E: Enumerated> ChoiceFilter<E>
where
    domain::reading::Value: From<E>,
{
    /// The condition on `column`.
    pub(crate) fn on(&self, column: &str) -> Condition {
        let parts = [self.eq.as_ref().map(std::slice::from_ref), self.one_of.as_deref()];
        let one_of = |values: &[Choice<E>]| {
            Predicate::one_of(column, values.iter().map(|value| value.0.into()).collect())
        };
        Ok(Predicate::all(parts.into_iter().flatten().map(one_of)))
    }
}

impl<E: Enumerated> InputType for ChoiceFilter<E> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Filter", E::NAME))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::InputObject, |registry| {
            let one = <Choice<E> as InputType>::create_type_info(registry);
            let one = one.trim_end_matches('!');
            let fields = [
                Input::new("eq", "Is this.", one.to_owned()),
                Input::new("in", "Is one of these.", format!("[{one}!]")),
            ];
            describe::input_object(
                &Self::type_name(),
                &format!("Compares with values of {}.", E::NAME),
                fields,
                Some(std::any::type_name::<Self>()),
            )
        })
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let Some(Value::Object(mut fields)) = value else {
            return Err(InputValueError::expected_type(value.unwrap_or_default()));
        };
        let eq = InputType::parse(fields.swap_remove("eq")).map_err(InputValueError::propagate)?;
        let one_of = InputType::parse(fields.swap_remove("in")).map_err(InputValueError::propagate)?;
        Ok(Self { eq, one_of })
    }

    fn to_value(&self) -> Value {
        let fields = [("eq", self.eq.to_value()), ("in", self.one_of.to_value())];
        Value::Object(fields.into_iter().map(|(name, value)| (Name::new(name), value)).collect())
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}
