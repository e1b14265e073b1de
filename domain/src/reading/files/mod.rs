//! Files that people upload and exports write. A row says what a file is and where it stands; its bytes are an object
//! of the file store, a directory or a bucket. A row is STORED only after its object is there.

pub mod create;
pub mod sniff;
pub mod tidy;
pub mod upload;

pub use create::{NewFile, create};

use entity::{FileId, stored_file};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::reading;
use crate::reading::file::Purposes;

/// The file of an id, if the caller sees it.
pub async fn find(
    store: &Store,
    scope: Scope,
    purposes: &Purposes,
    id: FileId,
) -> Result<Option<stored_file::Model>> {
    reading::file::list(scope, purposes).by_id(store, "id", id.0).await
}
