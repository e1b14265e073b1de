//! Filters and orders of lists. Field names are the caller's, columns are ours.

pub(crate) use super::comparators::*;
pub(crate) use crate::schema::comparators::*;
pub(crate) use crate::schema::filter::{Condition, FILTER_VALUES_LIMIT, OrderDirection};

/// Declares a filter of a list: fields with the condition each becomes, and `and` and `or` of the same.
macro_rules! filter {
    ($(#[doc = $doc:tt])* $filter:ident { $($(#[doc = $field_doc:tt])* $field:ident: $type:ty => $on:expr),+ $(,)? }) => {
        $(#[doc = $doc])*
        #[derive(async_graphql::InputObject, Clone, Debug, Default)]
        pub struct $filter {
            /// All of these hold too.
            pub and: Option<Vec<$filter>>,
            /// At least one of these holds too.
            pub or: Option<Vec<$filter>>,
            $($(#[doc = $field_doc])* pub $field: Option<$type>,)+
        }

        impl $filter {
            fn condition(&self) -> $crate::graphql::filter::Condition {
                use domain::reading::Predicate;
                let mut all = Vec::new();
                $(if let Some(compare) = &self.$field {
                    let on: fn(&$type) -> $crate::graphql::filter::Condition = $on;
                    all.push(on(compare)?);
                })+
                for part in self.and.iter().flatten() {
                    all.push(part.condition()?);
                }
                if let Some(any) = &self.or {
                    all.push(Predicate::any(any.iter().map(Self::condition).collect::<Result<Vec<_>, _>>()?));
                }
                Ok(Predicate::all(all))
            }
        }

        impl From<Option<$filter>> for $crate::graphql::filter::Wanted {
            fn from(filter: Option<$filter>) -> Self {
                Self(filter.map_or_else(|| Ok(domain::reading::Predicate::always()), |filter| filter.condition()))
            }
        }
    };
}
pub(crate) use filter;

/// What a list's filter becomes.
pub(crate) struct Wanted(pub(crate) Condition);

impl Wanted {
    /// The condition of `filter`, within the limits.
    pub(crate) fn of(filter: impl Into<Self>) -> Condition {
        let condition = filter.into().0?;
        if condition.size() > FILTER_VALUES_LIMIT {
            return Err(format!("A filter compares with at most {FILTER_VALUES_LIMIT} values."));
        }
        Ok(condition)
    }
}

/// Declares the orders of a list. `$keys` end with what makes rows distinct.
macro_rules! order {
    ($(#[doc = $doc:tt])* $order:ident, $(#[doc = $field_doc:tt])* $field:ident of $list:literal {
        $($(#[doc = $value_doc:tt])* $value:ident $name:literal => [$($key:expr),+]),+ $(,)?
    } default $default:ident $direction:ident) => {
        $(#[doc = $field_doc])*
        #[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $field { $($(#[doc = $value_doc])* $value,)+ }

        $(#[doc = $doc])*
        #[derive(async_graphql::InputObject, Clone, Copy, Debug)]
        pub struct $order {
            /// By what.
            pub field: $field,
            /// Which way; the id or key decides between equals, the same way.
            #[graphql(default)]
            pub direction: $crate::graphql::filter::OrderDirection,
        }

        impl $order {
            /// The order asked for, or the list's own.
            pub(crate) fn of(order: Option<Self>) -> domain::reading::Order {
                let order = order.unwrap_or(Self {
                    field: $field::$default,
                    direction: $crate::graphql::filter::OrderDirection::$direction,
                });
                let (name, keys) = match order.field {
                    $($field::$value => ($name, vec![$($key),+]),)+
                };
                let descending = order.direction == $crate::graphql::filter::OrderDirection::Desc;
                let way = if descending { "DESC" } else { "ASC" };
                domain::reading::Order { name: format!("{}:{name}:{way}", $list), keys, descending }
            }
        }
    };
}
pub(crate) use order;
