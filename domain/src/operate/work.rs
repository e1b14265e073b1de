//! Work of a worker when a bell rings. The bell carries only an id; whether there is anything to do, and
//! what, stands in the database.

use entity::{ExportId, ImportId, Month, RunId, RunKind};

use crate::kernel::error::Result;
use crate::kernel::store::{Store, query};
use crate::operate::timetable::ask_for;
use crate::performance::import::ingest::{Source, ingest};
use crate::performance::import::{claim, upload};
use crate::settlement::run;

/// Something that waits for a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// An import whose file is ready to be read.
    Import(ImportId),
    /// A settlement run.
    Settle(RunId),
    /// An export that waits to be written.
    Export(ExportId),
}

/// Carries on what waits, in the name of `owner`.
pub async fn carry_on(store: &Store, due: Due, owner: &str) -> Result<()> {
    match due {
        Due::Import(id) => import(store, id).await,
        Due::Settle(id) => settle(store, id, owner).await,
        Due::Export(id) => export(store, id).await,
    }
}

/// Takes an uploaded import in, then asks for an estimate of the months it touched.
pub async fn import(store: &Store, id: ImportId) -> Result<()> {
    let import = crate::performance::import::ingest::load(store, id).await?;
    if import.upload_token_hash.is_none() || !claim::due(store).await?.contains(&id) {
        return Ok(());
    }
    let mut file = tempfile::NamedTempFile::new()?;
    if upload::copy_to(store, id, file.as_file_mut()).await? != import.total_bytes {
        let claimed = claim::claim(store, id).await?;
        let detail = "Parts of the uploaded file are missing. Upload it again as a new import.";
        return claim::fail(store, id, claimed.generation, "UPLOAD_INCOMPLETE", detail).await;
    }
    let done = ingest(store, id, Source::File(file.path().to_path_buf()), |_| {}).await?;
    tracing::info!(import = %id, state = %done.state, accepted = done.rows_accepted, "import ended");
    crate::kernel::crash::point("import.estimate");
    estimate_after_import(store, id).await
}

/// Asks for an estimate of every open month the import brought payments for.
pub async fn estimate_after_import(store: &Store, id: ImportId) -> Result<()> {
    let sql = "SELECT DISTINCT m.month FROM settlement_month m WHERE m.closed = $1 AND EXISTS \
               (SELECT 1 FROM consumption_payment p WHERE p.month = m.month AND p.import_id = $2)";
    for row in query(store.db(), sql, [false.into(), id.0.into()]).await? {
        ask_for(store, "estimate-after-import", Month(row.try_get_by_index(0)?), RunKind::Estimate).await?;
    }
    Ok(())
}

/// Carries a run on.
pub async fn settle(store: &Store, id: RunId, owner: &str) -> Result<()> {
    let run = run::advance(store, id, owner, |_| {}).await?;
    tracing::info!(run = %id, state = %run.state, phase = run.phase.name(), "settlement run stands");
    Ok(())
}

/// Writes an export.
pub async fn export(store: &Store, id: ExportId) -> Result<()> {
    crate::reading::export::export(store, id).await
}
