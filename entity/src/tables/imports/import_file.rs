//! One of the files of an import.

use serde::{Deserialize, Serialize};

/// One of the files of an import.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ImportFile {
    /// Name of the file, for people.
    pub name: String,
    /// Lines of the files before it: line numbers of the import are counted on.
    pub lines_before: i64,
}
