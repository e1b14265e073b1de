//! Comparators of scalars, and how each scalar is kept in a column.

use std::borrow::Cow;
use std::str::FromStr;

use async_graphql::ID;
use domain::reading::{Noun, Predicate, Value as Stored};

use super::super::filter::Condition;
use super::super::money;
use super::super::scalars::{CurrencyCode, DateTime, Decimal};
use super::super::wrong::Wrong;
use super::{Comparator, Compared, Operator, Part, key};

/// Longest text a filter compares with, in bytes.
const TEXT_LIMIT: usize = 1024;

/// Names comparators after their scalars.
macro_rules! compared {
    ($($(#[doc = $doc:literal])* $filter:ident($scalar:ty) by $operators:ident, $name:literal;)+) => {$(
        impl Compared for $scalar {
            const OPERATORS: &'static [Operator] = Operator::$operators;

            fn filter() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }

            fn doc() -> Cow<'static, str> {
                Cow::Borrowed(concat!($($doc),*).trim_start())
            }
        }

        $(#[doc = $doc])*
        pub(crate) type $filter = Comparator<$scalar>;
    )+};
}

compared! {
    /// Compares a text.
    StringFilter(String) by TEXT, "StringFilter";
    /// Compares an id. Ids that do not exist, or name what the caller does not see, are no row's.
    IdFilter(ID) by EQUALITY, "IDFilter";
    /// Compares an instant.
    DateTimeFilter(DateTime) by ORDER, "DateTimeFilter";
    /// Compares an amount, in units of its currency.
    AmountFilter(Decimal) by ORDER, "AmountFilter";
    /// Compares a currency.
    CurrencyFilter(CurrencyCode) by EQUALITY, "CurrencyFilter";
}

fn short(text: &str) -> Result<&str, Wrong> {
    if text.len() <= TEXT_LIMIT {
        return Ok(text);
    }
    Err(Wrong::new(
        format!("A filter compares with texts of at most {TEXT_LIMIT} bytes."),
        format!("筛选条件中的文本不得超过 {TEXT_LIMIT} 字节。"),
    ))
}

impl StringFilter {
    /// The condition on a column of texts.
    pub(crate) fn on(&self, column: &str) -> Condition {
        let (parts, rest): (Vec<_>, Vec<_>) =
            self.0.iter().cloned().partition(|part| matches!(part, Part::One(Operator::Contains, _)));
        let mut all = vec![Comparator(rest).compare(column, |text| Ok(Some(short(text)?.into())))?];
        for part in parts {
            if let Part::One(_, text) = part {
                all.push(Predicate::contains(column, short(&text)?));
            }
        }
        Ok(Predicate::all(all))
    }
}

impl IdFilter {
    /// The condition on `column`, which names another row.
    pub(crate) fn on<T: FromStr + key::Named>(&self, column: &str) -> Condition {
        Ok(self.names::<T>(T::NOUN, column))
    }

    /// The condition on `column`, which is the id of the row itself: whoever sees the row sees its id.
    pub(crate) fn on_own<T: FromStr + key::Named>(&self, column: &str) -> Condition {
        Ok(self.names::<T>(Noun::Rows, column))
    }

    /// The condition on a column that holds ids of any kind as they are written.
    pub(crate) fn on_text(&self, column: &str) -> Condition {
        self.compare(column, |id| Ok(Some(short(id)?.into())))
    }

    /// The condition that `column` is among the rows that `frame` finds by `inner`, e.g. `SELECT x FROM y WHERE {}`.
    pub(crate) fn among<T: FromStr + key::Named>(&self, column: &str, inner: &str, frame: &str) -> Condition {
        let one = |part: &Part<ID>| {
            // What is not, or is not there, is not found among them.
            let (found, part) = match part {
                Part::One(Operator::Not, id) => ("NOT IN", Part::One(Operator::Eq, id.clone())),
                Part::Null(true) => ("NOT IN", Part::Null(false)),
                other => ("IN", other.clone()),
            };
            let inside = Comparator(vec![part]).names::<T>(T::NOUN, inner);
            inside.within(&format!("{column} {found} ({frame})"))
        };
        Ok(Predicate::all(self.0.iter().map(one)))
    }

    /// The condition that `column` names one of the ids, each a `noun` that the caller sees. An id that it does not see is
    /// no row's: `not` that id is every row.
    fn names<T: FromStr + key::Named>(&self, noun: Noun, column: &str) -> Predicate {
        let of = |ids: &[ID]| {
            let keys = ids.iter().filter_map(|id| id.parse::<T>().ok()).map(|id| id.key().into());
            Predicate::names(noun, column, keys.collect())
        };
        let one = |part: &Part<ID>| match part {
            Part::Null(null) => Predicate::is_null(column, *null),
            Part::Among(ids) => of(ids),
            Part::One(Operator::Not, id) => {
                of(std::slice::from_ref(id)).within(&format!("(NOT ({{}}) OR {column} IS NULL)"))
            }
            Part::One(_, id) => of(std::slice::from_ref(id)),
        };
        Predicate::all(self.0.iter().map(one))
    }
}

impl DateTimeFilter {
    /// The condition on a column of instants.
    pub(crate) fn on(&self, column: &str) -> Condition {
        self.compare(column, |at| Ok(Some(at.0.0.into())))
    }
}

impl AmountFilter {
    /// The condition on a column of micros.
    pub(crate) fn on(&self, column: &str) -> Condition {
        self.compare(column, |amount| {
            let micros = money::micros(amount, 6).map_err(|bad| {
                Wrong::new(format!("A filter compares with {bad}."), format!("筛选金额无效：{bad}。"))
            })?;
            Ok(Some(micros.into()))
        })
    }
}

impl CurrencyFilter {
    /// The condition on a column of currencies.
    pub(crate) fn on(&self, column: &str) -> Condition {
        self.compare(column, |code| Ok(Some(code.0.into())))
    }
}

impl<E: super::super::choice::Enumerated> Comparator<super::super::choice::Choice<E>> {
    /// The condition of values that are kept as something else, of which there is always one: `of` says where one of
    /// them is.
    pub(crate) fn chosen(&self, of: impl Fn(&[E]) -> Predicate) -> Condition {
        let all = || E::VALUES.iter().map(|(value, ..)| *value);
        let part = |part: &Part<super::super::choice::Choice<E>>| match part {
            Part::Null(null) => {
                if *null {
                    Predicate::never()
                } else {
                    Predicate::always()
                }
            }
            Part::Among(values) => of(&values.iter().map(|value| value.0).collect::<Vec<_>>()),
            Part::One(Operator::Not, value) => {
                of(&all().filter(|other| *other != value.0).collect::<Vec<_>>())
            }
            Part::One(_, value) => of(&[value.0]),
        };
        Ok(Predicate::all(self.0.iter().map(part)))
    }
}

impl<E: super::super::choice::Enumerated> Comparator<super::super::choice::Choice<E>>
where
    Stored: From<E>,
{
    /// The condition on a column of the enum.
    pub(crate) fn on(&self, column: &str) -> Condition {
        self.compare(column, |value| Ok(Some(value.0.into())))
    }
}

/// `column` is `yes` or not.
pub(crate) fn flag(column: &str, yes: bool) -> Condition {
    Ok(Predicate::compare(column, "=", yes))
}
