//! Driving an export: claimed, written, noted as complete, or put off.

use entity::{ExportFormat, ExportId, Timestamp, export_job};
use serde_json::json;

use super::claim::{claim, failed, put_off, tell};
use super::create::KEPT;
use super::write::{Written, write};
use crate::kernel::actor::{Actor, Principal};
use crate::kernel::error::{Error, Result};
use crate::kernel::scope::Scope;
use crate::kernel::store::{Store, exec};

/// Works on an export if it waits. What goes wrong is noted in its row; it is an error only if the same happens again.
pub async fn export(store: &Store, id: ExportId) -> Result<()> {
    let Some(job) = claim(store, id).await? else { return Ok(()) };
    match attempt(store, &job).await {
        Ok(()) => {
            tracing::info!(export = %id, "export completed");
            Ok(())
        }
        Err(Error::LeaseLost) => Err(Error::LeaseLost),
        Err(error) if error.is_retryable() || matches!(error, Error::Refused(_)) => {
            tracing::warn!(export = %id, %error, "export put off");
            put_off(store, &job, &error).await
        }
        Err(error) => {
            tracing::error!(export = %id, %error, attempt = job.attempts, "export failed");
            failed(store, &job, &error).await
        }
    }
}

/// One try, from the first byte to the row that says it is complete.
async fn attempt(store: &Store, job: &export_job::Model) -> Result<()> {
    let principal: Principal = serde_json::from_str(&job.principal)?;
    let scope = Scope::of(&Actor { subject: job.created_by.clone(), principal }, store.clock.now());
    // Each try has an object of its own: a worker that slept through its lease spoils nothing.
    let path = format!("{}/{}", job.file_id, job.generation);
    store.files.clear(&job.file_id.to_string(), None).await?;
    let written = write(store, job, scope, &path).await?;
    match finish(store, job, &path, &written).await {
        Err(Error::LeaseLost) => {
            store.files.delete(&path).await?;
            Err(Error::LeaseLost)
        }
        ended => ended,
    }
}

/// Notes that the file is there. If the process ends before, the object is deleted by the next try.
async fn finish(store: &Store, job: &export_job::Model, path: &str, written: &Written) -> Result<()> {
    let now: Timestamp = store.clock.now();
    let expires = now.plus(KEPT);
    let tx = store.begin().await?;
    let progress = written.progress;
    let sql = "UPDATE export_job SET state = 'COMPLETED', rows_total = $1, rows_done = $1, bytes = $2, finished_at = $3, \
               expires_at = $4, lease_until = 0, error_code = NULL, error_detail = NULL \
               WHERE id = $5 AND generation = $6 AND state = 'RUNNING'";
    let values = [
        progress.rows.into(),
        progress.bytes.into(),
        now.0.into(),
        expires.0.into(),
        job.id.0.into(),
        job.generation.into(),
    ];
    if exec(tx.orm(), sql, values).await?.rows_affected() == 0 {
        return Err(Error::LeaseLost);
    }
    let sql = "UPDATE stored_file SET state = 'STORED', content_type = $1, bytes = $2, sha256 = $3, path = $4, \
               expires_at = $5 WHERE id = $6 AND state = 'AWAITING_UPLOAD'";
    let values = [
        content_type(job.format).into(),
        progress.bytes.into(),
        written.sha256.as_str().into(),
        path.into(),
        expires.0.into(),
        job.file_id.0.into(),
    ];
    if exec(tx.orm(), sql, values).await?.rows_affected() == 0 {
        return Err(Error::Invariant(format!("{} does not wait for its file", job.id)));
    }
    let rows = json!({ "what": job.what.name(), "rows": progress.rows, "bytes": progress.bytes });
    tell(&tx, store, now, job, "COMPLETED", rows).await?;
    crate::kernel::crash::point("export.finish");
    tx.commit().await
}

const fn content_type(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Csv => "text/csv; charset=utf-8",
        ExportFormat::CsvGzip => "application/gzip",
        ExportFormat::Ndjson => "application/x-ndjson",
    }
}
