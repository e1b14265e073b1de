//! Lists and objects in TEXT columns: typed where they are read, and an error where they are damaged.

use sea_orm::{ColIdx, DbErr, QueryResult, TryGetError, TryGetable, Value, sea_query};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value that is kept as JSON in a TEXT column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct JsonText<T>(pub T);

impl<T: Serialize> JsonText<T> {
    /// The JSON as it is stored.
    #[must_use]
    pub fn text(&self) -> String {
        // Only maps with keys that are no texts and writers that fail make an error here. Should there ever be one, the
        // column gets no JSON, and whoever reads it is told so.
        serde_json::to_string(&self.0).unwrap_or_default()
    }
}

impl<T: DeserializeOwned> TryGetable for JsonText<T> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        let text = String::try_get_by(row, index)?;
        let value = serde_json::from_str(&text).map_err(|error| {
            TryGetError::DbErr(DbErr::Type(format!("a column holds damaged JSON: {error}")))
        })?;
        Ok(Self(value))
    }
}

impl<T: Serialize> From<JsonText<T>> for Value {
    fn from(value: JsonText<T>) -> Self {
        Self::String(Some(value.text()))
    }
}

impl<T: DeserializeOwned> sea_query::ValueType for JsonText<T> {
    fn try_from(value: Value) -> Result<Self, sea_query::ValueTypeErr> {
        let text = <String as sea_query::ValueType>::try_from(value)?;
        serde_json::from_str(&text).map(Self).map_err(|_| sea_query::ValueTypeErr)
    }

    fn type_name() -> String {
        "JsonText".to_owned()
    }

    fn array_type() -> sea_query::ArrayType {
        sea_query::ArrayType::String
    }

    fn column_type() -> sea_query::ColumnType {
        sea_query::ColumnType::Text
    }
}

impl<T> sea_query::Nullable for JsonText<T> {
    fn null() -> Value {
        Value::String(None)
    }
}

#[cfg(test)]
mod tests {
    use sea_query::ValueType as _;

    use super::*;

    #[test]
    fn a_list_comes_back_as_it_was_and_damage_is_an_error() {
        let list = JsonText(vec!["a \"b\"".to_owned(), "中".to_owned()]);
        let stored: Value = list.clone().into();
        assert_eq!(stored, Value::String(Some(r#"["a \"b\"","中"]"#.to_owned())));
        assert_eq!(JsonText::<Vec<String>>::unwrap(stored), list);
        for damaged in ["", "[", r#"{"a":1}"#, "[1]"] {
            let stored = Value::String(Some(damaged.to_owned()));
            assert!(<JsonText<Vec<String>> as sea_query::ValueType>::try_from(stored).is_err(), "{damaged}");
        }
    }
}
