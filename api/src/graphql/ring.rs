//! Telling a worker that there is something to do. Losing a ring only delays.

use std::sync::Arc;

use entity::{ExportId, ImportId, RunId};

/// What a worker should look at now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ring {
    /// An import whose file is here.
    Import(ImportId),
    /// A settlement run that waits.
    Settle(RunId),
    /// An export that waits.
    Export(ExportId),
}

/// Tells a worker; losing a ring only delays.
pub type Ringer = Arc<dyn Fn(Ring) + Send + Sync>;
