//! The parameters of a GraphQL request, from a JSON body, a query string or a socket message. PURE.

use apollo_compiler::response::JsonMap;
use serde::Deserialize;

use crate::http::refusal::{Code, Refusal};

/// A request as the client wrote it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Params {
    #[serde(default)]
    pub(crate) query: Option<String>,
    #[serde(default)]
    pub(crate) operation_name: Option<String>,
    /// Names a document by its hash; Relay's name for it is `doc_id`.
    #[serde(default, alias = "doc_id")]
    pub(crate) document_id: Option<String>,
    #[serde(default)]
    pub(crate) variables: Option<JsonMap>,
    #[serde(default)]
    pub(crate) extensions: Option<JsonMap>,
}

impl Params {
    /// From a POST body. Lists (batches) and wrong types are refused.
    pub(crate) fn from_body(body: &[u8]) -> Result<Self, Refusal> {
        // serde would read a list as the fields in order.
        if body.iter().find(|b| !b.is_ascii_whitespace()) != Some(&b'{') {
            return Err(Refusal::because(Code::BadRequest, "The body must be one JSON object."));
        }
        let params: Self = serde_json::from_slice(body).map_err(|e| malformed(&e))?;
        params.checked()
    }

    /// From the query string of a GET; `variables` and `extensions` are JSON objects as text.
    pub(crate) fn from_query_string(query: &str) -> Result<Self, Refusal> {
        let mut params = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "query" => params.query = Some(value.into_owned()),
                "operationName" if !value.is_empty() => params.operation_name = Some(value.into_owned()),
                "documentId" | "doc_id" => params.document_id = Some(value.into_owned()),
                "variables" => params.variables = object(&value)?,
                "extensions" => params.extensions = object(&value)?,
                _ => {}
            }
        }
        params.checked()
    }

    /// Refuses a request without a document and without its hash.
    pub(crate) fn checked(self) -> Result<Self, Refusal> {
        let persisted = self.extensions.as_ref().is_some_and(|e| e.contains_key("persistedQuery"));
        let named = persisted || self.document_id.as_deref().is_some_and(|id| !id.is_empty());
        if self.query.as_deref().is_none_or(str::is_empty) && !named {
            return Err(Refusal::because(Code::BadRequest, "The parameter `query` is missing."));
        }
        Ok(self)
    }
}

fn object(text: &str) -> Result<Option<JsonMap>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(text).map_err(|e| malformed(&e))
}

fn malformed(error: &serde_json::Error) -> Refusal {
    // The text of serde names columns and expected types, never the inside of the program.
    Refusal::because(Code::BadRequest, format!("The parameters are malformed: {error}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_must_be_one_object_with_typed_members() {
        let good = [
            r#"{"query":"{a}"}"#,
            r#" {"query":"{a}","operationName":null,"variables":null,"extensions":null}"#,
            r#"{"query":"{a}","variables":{"x":1},"extensions":{},"unknown":1}"#,
            r#"{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}"#,
            r#"{"documentId":"sha256:x"}"#,
            r#"{"doc_id":"x"}"#,
        ];
        for body in good {
            assert!(Params::from_body(body.as_bytes()).is_ok(), "{body}");
        }
        let bad = [
            "",
            "null",
            "[]",
            r#"[{"query":"{a}"}]"#,
            r#"["{a}"]"#,
            "{",
            "{}",
            r#"{"query":null}"#,
            r#"{"query":1}"#,
            r#"{"query":""}"#,
            r#"{"query":"{a}","operationName":1}"#,
            r#"{"query":"{a}","variables":[]}"#,
            r#"{"query":"{a}","variables":"{}"}"#,
            r#"{"query":"{a}","extensions":[]}"#,
            r#"{"query":"{a}","query":"{b}"}"#,
        ];
        for body in bad {
            assert_eq!(Params::from_body(body.as_bytes()).unwrap_err().code, Code::BadRequest, "{body}");
        }
    }

    #[test]
    fn a_query_string_carries_objects_as_json_text() {
        let params =
            Params::from_query_string("query=%7Ba%7D&operationName=A&variables=%7B%22x%22:1%7D").unwrap();
        assert_eq!(params.query.as_deref(), Some("{a}"));
        assert_eq!(params.operation_name.as_deref(), Some("A"));
        assert_eq!(params.variables.unwrap().len(), 1);
        assert!(Params::from_query_string("query=%7Ba%7D&variables=%5B%5D").is_err());
        assert!(Params::from_query_string("operation_name=A").is_err());
    }
}
