//! Typed comparators of filters: what the caller compares becomes a condition on a column.
//!
//! A comparator is a scalar and the ways to compare it. Nothing in it is ever null: a variable that was meant to be
//! compared with and is null would otherwise ask for everything.

use std::borrow::Cow;

use async_graphql::registry::{MetaTypeId, Registry};
use async_graphql::{InputType, InputValueError, InputValueResult, Name, Value};
use domain::reading::{Predicate, Value as Stored};

use super::describe::{self, Input};
use super::filter::Condition;
use super::wrong::Wrong;

mod columns;
pub(crate) mod key;
mod months;

pub(crate) use columns::{AmountFilter, CurrencyFilter, DateTimeFilter, IdFilter, StringFilter, flag};
pub(crate) use months::MonthFilter;

/// A way to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Eq,
    In,
    Not,
    IsNull,
    Lt,
    Lte,
    Gt,
    Gte,
    Contains,
}

use Operator::{Contains, Eq as Equal, Gt, Gte, In, IsNull, Lt, Lte, Not};

impl Operator {
    /// For what is only equal or not.
    pub(crate) const EQUALITY: &'static [Self] = &[Equal, In, Not, IsNull];
    /// For what has an order.
    pub(crate) const ORDER: &'static [Self] = &[Equal, In, Not, IsNull, Lt, Lte, Gt, Gte];
    /// For what people read.
    pub(crate) const TEXT: &'static [Self] = &[Equal, In, Not, IsNull, Contains];

    const fn name(self) -> &'static str {
        match self {
            Equal => "eq",
            In => "in",
            Not => "not",
            IsNull => "isNull",
            Lt => "lt",
            Lte => "lte",
            Gt => "gt",
            Gte => "gte",
            Contains => "contains",
        }
    }

    const fn doc(self) -> &'static str {
        match self {
            Equal => "Is this.",
            In => "Is one of these.",
            Not => "Is not this; what has no value is not this either.",
            IsNull => "Has no value, or has one.",
            Lt => "Is less or earlier than this.",
            Lte => "Is this, less or earlier.",
            Gt => "Is more or later than this.",
            Gte => "Is this, more or later.",
            Contains => "Contains this, without regard to the case of ASCII letters.",
        }
    }

    fn kind(self, one: &str) -> String {
        match self {
            In => format!("[{one}!]"),
            IsNull => "Boolean".to_owned(),
            _ => one.to_owned(),
        }
    }
}

/// A scalar that filters compare.
pub(crate) trait Compared: InputType + Clone {
    /// The ways to compare it.
    const OPERATORS: &'static [Operator];

    /// The name of its comparator.
    fn filter() -> Cow<'static, str>;

    /// The description of its comparator.
    fn doc() -> Cow<'static, str>;
}

/// One comparison of a comparator.
#[derive(Clone, Debug)]
pub(super) enum Part<S> {
    /// With one value.
    One(Operator, S),
    /// With several values.
    Among(Vec<S>),
    /// With nothing at all.
    Null(bool),
}

/// Everything that one field of a filter compares; all of it holds.
#[derive(Clone, Debug)]
pub(crate) struct Comparator<S>(pub(super) Vec<Part<S>>);

impl<S: Compared> Comparator<S> {
    /// The condition on `column`, in which `stored` says how a value is kept; one that is kept nowhere equals nothing.
    pub(super) fn compare(
        &self,
        column: &str,
        stored: impl Fn(&S) -> Result<Option<Stored>, Wrong>,
    ) -> Condition {
        let one = |part: &Part<S>| -> Condition {
            Ok(match part {
                Part::Null(null) => Predicate::is_null(column, *null),
                Part::Among(values) => {
                    let kept = values.iter().filter_map(|value| stored(value).transpose());
                    Predicate::one_of(column, kept.collect::<Result<_, _>>()?)
                }
                Part::One(operator, value) => match (operator, stored(value)?) {
                    (Not, None) => Predicate::always(),
                    (_, None) => Predicate::never(),
                    (Not, Some(kept)) => Predicate::any([
                        Predicate::compare(column, "<>", kept),
                        Predicate::is_null(column, true),
                    ]),
                    (Lt, Some(kept)) => Predicate::compare(column, "<", kept),
                    (Lte, Some(kept)) => Predicate::compare(column, "<=", kept),
                    (Gt, Some(kept)) => Predicate::compare(column, ">", kept),
                    (Gte, Some(kept)) => Predicate::compare(column, ">=", kept),
                    (_, Some(kept)) => Predicate::compare(column, "=", kept),
                },
            })
        };
        Ok(Predicate::all(self.0.iter().map(one).collect::<Result<Vec<_>, _>>()?))
    }
}

impl<S: Compared> InputType for Comparator<S> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        S::filter()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::InputObject, |registry| {
            S::create_type_info(registry);
            let one = S::type_name();
            let input =
                |operator: &Operator| Input::new(operator.name(), operator.doc(), operator.kind(&one));
            let (name, doc) = (S::filter(), S::doc());
            let inputs = S::OPERATORS.iter().map(input);
            describe::input_object(&name, &doc, inputs, Some(std::any::type_name::<Self>()))
        })
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let Some(Value::Object(fields)) = value else {
            return Err(InputValueError::expected_type(value.unwrap_or_default()));
        };
        let mut parts = Vec::with_capacity(fields.len());
        for (name, value) in fields {
            let operator = S::OPERATORS.iter().find(|operator| operator.name() == name);
            parts.push(match operator {
                Some(IsNull) => {
                    bool::parse(Some(value)).map(Part::Null).map_err(InputValueError::propagate)?
                }
                Some(In) => Vec::parse(Some(value)).map(Part::Among).map_err(InputValueError::propagate)?,
                Some(operator) => {
                    let value = S::parse(Some(value)).map_err(InputValueError::propagate)?;
                    Part::One(*operator, value)
                }
                None => return Err(InputValueError::custom(format!("nothing is compared by `{name}`"))),
            });
        }
        Ok(Self(parts))
    }

    fn to_value(&self) -> Value {
        let field = |part: &Part<S>| match part {
            Part::One(operator, value) => (Name::new(operator.name()), value.to_value()),
            Part::Among(values) => (Name::new(In.name()), values.to_value()),
            Part::Null(null) => (Name::new(IsNull.name()), Value::Boolean(*null)),
        };
        Value::Object(self.0.iter().map(field).collect())
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}
