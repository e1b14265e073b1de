//! JSON text as it grows. A comma is due unless the last byte opened an object or a list: strings end with a quote.

/// A piece of JSON text.
#[derive(Debug, Default)]
pub(crate) struct Json(Vec<u8>);

impl Json {
    /// An empty text with room for `bytes`.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    /// The text.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// The place up to which it is written; [`Self::cut`] returns to it.
    pub(crate) fn mark(&self) -> usize {
        self.0.len()
    }

    /// Takes back what was written after `mark`.
    pub(crate) fn cut(&mut self, mark: usize) {
        self.0.truncate(mark);
    }

    /// Begins an object.
    pub(crate) fn open_object(&mut self) {
        self.0.push(b'{');
    }

    /// Ends an object.
    pub(crate) fn close_object(&mut self) {
        self.0.push(b'}');
    }

    /// Begins a list.
    pub(crate) fn open_list(&mut self) {
        self.0.push(b'[');
    }

    /// Ends a list.
    pub(crate) fn close_list(&mut self) {
        self.0.push(b']');
    }

    /// Writes the name of the next value of an object. Names of GraphQL need no escapes.
    pub(crate) fn key(&mut self, name: &str) {
        self.item();
        self.0.push(b'"');
        self.0.extend_from_slice(name.as_bytes());
        self.0.extend_from_slice(b"\":");
    }

    /// Separates the next item of a list from the one before.
    pub(crate) fn item(&mut self) {
        if !matches!(self.0.last(), Some(b'{' | b'[')) {
            self.0.push(b',');
        }
    }

    /// Writes a text.
    pub(crate) fn text(&mut self, text: &str) {
        let plain = text.bytes().all(|b| b >= 0x20 && b != b'"' && b != b'\\');
        if plain {
            self.0.push(b'"');
            self.0.extend_from_slice(text.as_bytes());
            self.0.push(b'"');
        } else {
            self.value(text);
        }
    }

    /// Writes what is written as a text, and needs no escapes.
    pub(crate) fn display(&mut self, shown: impl std::fmt::Display) {
        self.0.push(b'"');
        self.number(shown);
        self.0.push(b'"');
    }

    /// Writes a number.
    pub(crate) fn number(&mut self, number: impl std::fmt::Display) {
        use std::io::Write as _;
        // A vector takes whatever is written to it.
        let _ = write!(self.0, "{number}");
    }

    /// Writes JSON that is written already.
    pub(crate) fn written(&mut self, json: &[u8]) {
        self.0.extend_from_slice(json);
    }

    /// Writes true or false.
    pub(crate) fn bool(&mut self, yes: bool) {
        self.0.extend_from_slice(if yes { b"true" } else { b"false" });
    }

    /// Writes null.
    pub(crate) fn null(&mut self) {
        self.0.extend_from_slice(b"null");
    }

    /// Writes whatever serialises; strings, numbers and maps of them always do.
    pub(crate) fn value<T: serde::Serialize + ?Sized>(&mut self, value: &T) {
        if serde_json::to_writer(&mut self.0, value).is_err() {
            self.null();
        }
    }

    /// Writes a value of the executor, in which bytes stand for JSON that is written already.
    pub(crate) fn executed(&mut self, value: &async_graphql::Value) {
        use async_graphql::Value;
        match value {
            Value::Binary(json) => self.written(json),
            Value::Object(fields) => {
                self.open_object();
                for (name, value) in fields {
                    self.key(name);
                    self.executed(value);
                }
                self.close_object();
            }
            Value::List(items) => {
                self.open_list();
                for item in items {
                    self.item();
                    self.executed(item);
                }
                self.close_list();
            }
            plain => self.value(plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_stand_between_values_only_and_a_cut_takes_them_back() {
        let mut json = Json::default();
        json.open_object();
        json.key("a");
        json.open_list();
        for text in ["x{", "\"\n", "[", "你"] {
            json.item();
            json.text(text);
        }
        json.close_list();
        let mark = json.mark();
        json.key("gone");
        json.number(7);
        json.cut(mark);
        json.key("b");
        json.open_object();
        json.close_object();
        json.key("c");
        json.null();
        json.close_object();
        let text = String::from_utf8(json.into_bytes()).unwrap();
        assert_eq!(text, r#"{"a":["x{","\"\n","[","你"],"b":{},"c":null}"#);
    }
}
