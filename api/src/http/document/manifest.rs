//! Manifests of trusted documents as the tools of clients write them. PURE.
//!
//! Relay's compiler and graphql-codegen write `{"<hash>": "<document>"}`, Apollo's generator
//! `{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id", "name", "type", "body"}]}`. All of
//! them can hash with SHA-256, and must: a document is known here by the hash of its text, which is computed anew.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::http::document::persisted::sha256_hex;

/// Value of `format` in the manifests of Apollo.
const APOLLO: &str = "apollo-persisted-query-manifest";

/// Reason for which a manifest is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// The bytes are no JSON object, or one of another form.
    #[error("it is neither a map from hash to document nor a manifest of Apollo's: {0}")]
    Form(String),
    /// A document stands under something else than its SHA-256.
    #[error(
        "a document stands under \"{0}\", which is not its SHA-256: let the client's tool hash with SHA-256"
    )]
    Hash(String),
}

#[derive(Deserialize)]
struct Apollo {
    version: u32,
    operations: Vec<ApolloOperation>,
}

#[derive(Deserialize)]
struct ApolloOperation {
    id: String,
    body: String,
}

/// The documents of a manifest in one of the three forms.
pub fn documents(bytes: &[u8]) -> Result<Vec<String>, ManifestError> {
    let form = |error: serde_json::Error| ManifestError::Form(error.to_string());
    let object: Map<String, Value> = serde_json::from_slice(bytes).map_err(form)?;
    let named = if object.get("format").is_some_and(|format| format == APOLLO) {
        let manifest: Apollo = serde_json::from_value(Value::Object(object)).map_err(form)?;
        if manifest.version != 1 {
            return Err(ManifestError::Form(format!("version {}", manifest.version)));
        }
        manifest.operations.into_iter().map(|operation| (operation.id, operation.body)).collect()
    } else {
        let text = |(hash, document): (String, Value)| match document {
            Value::String(document) => Ok((hash, document)),
            _ => Err(ManifestError::Form(format!("what stands under \"{hash}\" is no text"))),
        };
        object.into_iter().map(text).collect::<Result<Vec<_>, _>>()?
    };
    let checked = |(hash, document): (String, String)| {
        let hash_text = hash.strip_prefix("sha256:").unwrap_or(&hash);
        if hash_text.eq_ignore_ascii_case(&sha256_hex(&document)) {
            Ok(document)
        } else {
            Err(ManifestError::Hash(hash))
        }
    };
    named.into_iter().map(checked).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const DOCUMENT: &str = "query A { a }";

    #[test]
    fn the_manifests_of_all_three_tools_are_read() {
        let hash = sha256_hex(DOCUMENT);
        let relay = json!({ &hash: DOCUMENT });
        let codegen = json!({ format!("sha256:{hash}"): DOCUMENT });
        let apollo = json!({
            "format": APOLLO, "version": 1,
            "operations": [{ "id": hash, "name": "A", "type": "query", "body": DOCUMENT }]
        });
        for manifest in [relay, codegen, apollo] {
            assert_eq!(
                documents(manifest.to_string().as_bytes()),
                Ok(vec![DOCUMENT.to_owned()]),
                "{manifest}"
            );
        }
        assert_eq!(documents(b"{}"), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_manifest_of_sha256_is_refused() {
        let md5 = json!({ "d41d8cd98f00b204e9800998ecf8427e": DOCUMENT });
        let other = json!({ sha256_hex("query B { b }"): DOCUMENT });
        for manifest in [md5, other] {
            let refused = documents(manifest.to_string().as_bytes());
            assert!(matches!(refused, Err(ManifestError::Hash(_))), "{manifest}");
        }
        let hash = sha256_hex(DOCUMENT);
        let bad = [
            json!([]),
            json!({ &hash: 1 }),
            json!({ "format": APOLLO, "version": 2, "operations": [] }),
            json!({ "format": APOLLO, "version": 1, "operations": [{ "id": hash }] }),
            json!({ "format": "another", "version": 1, "operations": [] }),
        ];
        for manifest in bad {
            let refused = documents(manifest.to_string().as_bytes());
            assert!(matches!(refused, Err(ManifestError::Form(_))), "{manifest}");
        }
        assert!(matches!(documents(b"{"), Err(ManifestError::Form(_))));
    }
}
