//! Rows out of the database as pieces of text. Blocks; memory does not grow with the rows.

use std::io::Write as _;

use entity::{ExportFormat, ExportWhat};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::bill_lines::BillLines;
use super::bills::Bills;
use super::cells::{Cells, Syntax};
use super::filter::ExportFilter;
use super::lines::Lines;
use super::opportunities::Opportunities;
use super::payment_requests::PaymentRequests;
use super::payments::Payments;
use super::sheet::Sheet;
use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::stream::Reader;

/// Bytes of a piece, before compression: large enough that handing it over costs nothing.
const PIECE_BYTES: usize = 256 * 1024;

/// A piece of the output.
#[derive(Debug)]
pub enum Piece {
    /// So many rows will come.
    Total(i64),
    /// Text, and how many rows were written with it.
    Bytes(Vec<u8>, i64),
}

/// Writes the rows of `what` that `scope` and `filter` let through, as of the instant of `reader`.
pub fn write_rows(
    reader: &mut Reader,
    (what, format): (ExportWhat, ExportFormat),
    scope: Scope,
    filter: &ExportFilter,
    mut give: impl FnMut(Piece) -> Result<()>,
) -> Result<()> {
    match what {
        ExportWhat::PerformanceLines => write::<Lines>(reader, format, scope, filter, &mut give),
        ExportWhat::Payments => write::<Payments>(reader, format, scope, filter, &mut give),
        ExportWhat::IncentiveBills => write::<Bills>(reader, format, scope, filter, &mut give),
        ExportWhat::IncentiveBillLines => write::<BillLines>(reader, format, scope, filter, &mut give),
        ExportWhat::PaymentRequests => write::<PaymentRequests>(reader, format, scope, filter, &mut give),
        ExportWhat::Opportunities => write::<Opportunities>(reader, format, scope, filter, &mut give),
    }
}

fn write<S: Sheet>(
    reader: &mut Reader,
    format: ExportFormat,
    scope: Scope,
    filter: &ExportFilter,
    give: &mut impl FnMut(Piece) -> Result<()>,
) -> Result<()> {
    let select = S::select(scope, filter)?;
    if let Some((count, numbers)) = &select.count {
        let mut total = 0;
        reader.each(count, numbers, |row| {
            total = row.int()?;
            Ok(())
        })?;
        give(Piece::Total(total))?;
    }
    let mut sheet = S::open(reader, scope)?;
    let syntax = if format == ExportFormat::Ndjson { Syntax::Ndjson } else { Syntax::Csv };
    let mut cells = Cells::new(syntax, S::COLUMNS);
    let mut pack = Pack::new(format);
    let mut rows = 0;
    reader.each(&select.sql, &select.numbers, |row| {
        sheet.row(row, &mut cells)?;
        cells.end_row();
        rows += 1;
        if cells.waiting() >= PIECE_BYTES {
            give(Piece::Bytes(pack.add(cells.take(PIECE_BYTES + PIECE_BYTES / 8))?, rows))?;
            rows = 0;
        }
        Ok(())
    })?;
    give(Piece::Bytes(pack.add(cells.take(0))?, rows))?;
    give(Piece::Bytes(pack.end()?, 0))
}

/// Compression, where the format asks for it.
struct Pack(Option<GzEncoder<Vec<u8>>>);

impl Pack {
    fn new(format: ExportFormat) -> Self {
        let gzip = format == ExportFormat::CsvGzip;
        Self(gzip.then(|| GzEncoder::new(Vec::new(), Compression::fast())))
    }

    fn add(&mut self, bytes: Vec<u8>) -> Result<Vec<u8>> {
        let Some(encoder) = &mut self.0 else { return Ok(bytes) };
        encoder.write_all(&bytes)?;
        Ok(std::mem::take(encoder.get_mut()))
    }

    fn end(self) -> Result<Vec<u8>> {
        self.0.map_or_else(|| Ok(Vec::new()), |encoder| Ok(encoder.finish()?))
    }
}
