//! Measurements of each document and operation. The labels are bounded: only registered documents are named,
//! and their number is; what callers write themselves counts together.

use apollo_compiler::executable::Operation;

/// The label of what is not registered.
const OTHER: &str = "other";

/// One operation of one document.
pub(crate) struct Measured {
    document: String,
    operation: String,
}

impl Measured {
    /// `document` is the name of a registered document.
    pub(crate) fn of(document: Option<String>, operation: &Operation) -> Self {
        let Some(document) = document else {
            return Self { document: OTHER.to_owned(), operation: OTHER.to_owned() };
        };
        let name = operation.name.as_ref().map_or_else(String::new, ToString::to_string);
        Self { document, operation: name }
    }

    /// It ran to `outcome` in `ms` milliseconds.
    pub(crate) fn ran(self, outcome: &'static str, ms: u64) {
        let Self { document, operation } = self;
        let labels = [("document", document), ("operation", operation)];
        metrics::counter!("graphql_document_milliseconds_total", &labels).increment(ms);
        let [(_, document), (_, operation)] = labels;
        metrics::counter!(
            "graphql_document_operations_total",
            "document" => document, "operation" => operation, "outcome" => outcome
        )
        .increment(1);
    }

    /// A subscription began.
    pub(crate) fn subscribed(&self) {
        let (document, operation) = (self.document.clone(), self.operation.clone());
        metrics::counter!(
            "graphql_document_operations_total",
            "document" => document, "operation" => operation, "outcome" => "subscribed"
        )
        .increment(1);
    }
}
