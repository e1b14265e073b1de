//! The nouns of the schema.

use crate::schema::node::NodeKind;

/// The kinds of things that have ids.
pub(crate) fn kinds() -> Vec<NodeKind> {
    vec![]
}
