//! Asking for an export.

use entity::{ExportFormat, ExportId, ExportState, ExportWhat, FileId, FilePurpose, FileState};
use serde::{Deserialize, Serialize};

use super::filter::ExportFilter;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, exec, query_one};
use crate::kernel::write::{Begun, Context, Write};

/// Time for which the file of an export is kept, and for which one may wait to be written. (public pages: 3
/// days)
pub const KEPT: i64 = 3 * entity::timestamp::DAY;
/// Exports of one account that may wait or run: one reads everything it may see, and the worker has other work.
pub const AT_ONCE: i64 = 5;

/// A wish for an export.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewExport {
    /// Kind of rows that it writes.
    pub what: ExportWhat,
    /// Format of the file.
    pub format: ExportFormat,
    /// Selection of the rows.
    pub filter: ExportFilter,
}

impl NewExport {
    /// The name of the file. PURE.
    fn file_name(&self) -> String {
        let what = self.what.name().to_ascii_lowercase().replace('_', "-");
        let month = self.filter.month.map_or_else(String::new, |month| format!("-{month}"));
        let ending = match self.format {
            ExportFormat::Csv => "csv",
            ExportFormat::CsvGzip => "csv.gz",
            ExportFormat::Ndjson => "ndjson",
        };
        format!("{what}{month}.{ending}")
    }
}

/// Makes an export that waits for a worker, and the row of the file it will become.
pub async fn create(store: &Store, context: &Context, key: &str, input: NewExport) -> Result<ExportId> {
    let wrong = input.filter.check(input.what);
    if !wrong.is_empty() {
        return Err(Error::Refused(wrong));
    }
    // Without a file store the export would only wait until it is given up.
    store.files.require()?;
    let write = match Write::begin(store, context, "exportCreate", Some(key), &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let (now, subject) = (write.now, context.actor.subject.as_str());
    let (tx, partner) = (write.tx().orm(), context.actor.partner().map(|partner| partner.0));
    let sql = "SELECT COUNT(*) FROM export_job WHERE created_by = $1 AND state IN ('PENDING', 'RUNNING')";
    let at_work: i64 =
        query_one(tx, sql, [subject.into()]).await?.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    if at_work >= AT_ONCE {
        return Err(Refusal::new(Code::LimitReached, AT_ONCE.to_string()).into());
    }
    let (file, id) = (FileId(store.ids.next(now)), ExportId(store.ids.next(now)));
    let expires = now.plus(KEPT);
    let sql = "INSERT INTO stored_file (id, purpose, name, bytes, partner_id, state, upload_expires_at, created_by, \
               created_at) VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8)";
    let values = [
        file.0.into(),
        FilePurpose::Export.name().into(),
        input.file_name().into(),
        partner.into(),
        FileState::AwaitingUpload.name().into(),
        expires.0.into(),
        subject.into(),
        now.0.into(),
    ];
    exec(tx, sql, values).await?;
    let sql = "INSERT INTO export_job (id, what, format, filter, principal, partner_id, state, rows_done, bytes, file_id, \
               generation, lease_until, attempts, retry_at, created_by, created_at, expires_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8, 0, 0, 0, $9, $10, $9, $11)";
    let values = [
        id.0.into(),
        input.what.name().into(),
        input.format.name().into(),
        serde_json::to_string(&input.filter)?.into(),
        serde_json::to_string(&context.actor.principal)?.into(),
        partner.into(),
        ExportState::Pending.name().into(),
        file.0.into(),
        now.0.into(),
        subject.into(),
        expires.0.into(),
    ];
    exec(tx, sql, values).await?;
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_what_is_in_it() {
        let filter = ExportFilter { month: Some(entity::Month(202_608)), ..ExportFilter::default() };
        let new = NewExport { what: ExportWhat::PerformanceLines, format: ExportFormat::CsvGzip, filter };
        assert_eq!(new.file_name(), "performance-lines-2026-08.csv.gz");
        let all = NewExport { format: ExportFormat::Ndjson, filter: ExportFilter::default(), ..new };
        assert_eq!(all.file_name(), "performance-lines.ndjson");
    }
}
