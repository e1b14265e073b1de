//! PURE. Where rows of a CSV text stand, for whoever must mend one; and what a spreadsheet takes for more than text.

/// Signs with which a text begins that a spreadsheet would take for a formula; those of full width are read as their narrow
/// counterparts in Chinese and Japanese.
pub const FORMULAS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The line a record stands on: the reader says where the one before ended, and skips what is empty after that.
#[must_use]
pub fn line(text: &str, end: &csv::Position) -> u64 {
    let rest = usize::try_from(end.byte()).ok().and_then(|at| text.as_bytes().get(at..)).unwrap_or_default();
    let empty = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    end.line() + empty.filter(|byte| **byte == b'\n').count() as u64
}
