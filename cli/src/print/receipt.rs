//! The receipt of an import as a table.

use std::io::Write;

use domain::performance::import::receipt::{rejects, totals};
use domain::source::RejectCode;
use domain::{Lang, Store};
use entity::{ImportMode, ImportState, bill_import, import_reject};

use crate::print::money;
use crate::print::table::with_head;

/// Rejected rows shown; the rest is in the export.
const REJECTS_SHOWN: u64 = 5;

/// Prints what came of every row.
pub(crate) async fn print(
    store: &Store,
    import: &bill_import::Model,
    lang: Lang,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    let mut table = with_head(&[
        "import",
        ">read",
        ">accepted",
        ">updated",
        ">unchanged",
        ">removed",
        ">rejected",
        ">unmatched",
        "state",
    ]);
    let counts = [
        import.rows_read,
        import.rows_accepted,
        import.rows_updated,
        import.rows_unchanged,
        import.rows_removed,
        import.rows_rejected,
        import.rows_unmatched,
    ];
    let mut row = vec![import.file_name.clone()];
    row.extend(counts.map(|count| count.to_string()));
    row.push(import.state.to_string());
    table.add_row(row);
    writeln!(out, "{table}")?;

    if import.mode == ImportMode::ReplaceDry {
        writeln!(out, "Nothing was written: this is what would be.")?;
    }
    let totals = totals(store, import.id).await?;
    if !totals.is_empty() {
        let mut table = with_head(&["currency", ">exact total of the file", ">accepted", ">stored"]);
        for total in totals {
            let stored = money::text(total.stored_micros, total.currency);
            table.add_row([total.currency.to_string(), total.source_total, total.accepted_total, stored]);
        }
        writeln!(out, "{table}")?;
    }
    if let (ImportState::Completed, Some(digest)) = (import.state, &import.digest) {
        writeln!(out, "SHA-256 of the file: {digest}")?;
    }
    if !import.files.0.is_empty() {
        let names: Vec<&str> = import.files.0.iter().map(|file| file.name.as_str()).collect();
        writeln!(out, "Files: {}", names.join(", "))?;
    }
    writeln!(out, "Import: {}", import.id)?;
    if let Some(code) = &import.error_code {
        writeln!(out, "Failed: {code}: {}", import.error_detail.as_deref().unwrap_or_default())?;
    }
    if import.rows_unmatched > 0 {
        let count = import.rows_unmatched;
        writeln!(out, "{count} rows belong to accounts nobody has; they count once the account is linked.")?;
    }
    if import.rows_unclassified > 0 {
        let count = import.rows_unclassified;
        writeln!(
            out,
            "{count} rows name a seller of whom nobody said whether it is the vendor itself. They count once somebody does: \
             partner-center seller list, partner-center seller decide."
        )?;
    }
    print_rejects(store, import, lang, out).await
}

async fn print_rejects(
    store: &Store,
    import: &bill_import::Model,
    lang: Lang,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    if import.rows_rejected == 0 {
        return Ok(());
    }
    let mut table = with_head(&[">line", "code", "message"]);
    for reject in rejects(store, import.id, 0, REJECTS_SHOWN).await? {
        table.add_row([place(import, reject.line_no), reject.code.clone(), message(&reject, lang)]);
    }
    writeln!(out, "{table}")?;
    writeln!(out, "All {} rejected rows: partner-center export rejects {}", import.rows_rejected, import.id)?;
    Ok(())
}

/// Place of a line; of an import of several files with the file's name.
fn place(import: &bill_import::Model, line: i64) -> String {
    let file = import.files.0.iter().rev().find(|file| file.lines_before < line);
    file.map_or_else(|| line.to_string(), |file| format!("{} {}", file.name, line - file.lines_before))
}

/// The message of a rejected row.
pub(crate) fn message(reject: &import_reject::Model, lang: Lang) -> String {
    match RejectCode::from_code(&reject.code) {
        Some(code) => code.message(lang, reject.column_name.as_deref(), &reject.detail),
        None => reject.detail.clone(),
    }
}
