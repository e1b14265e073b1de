//! Tables for people.

use comfy_table::{Cell, CellAlignment, Table, presets};

/// A table with a head. Columns whose head begins with `>` are aligned to the right.
pub(crate) fn with_head(head: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(head.iter().map(|name| Cell::new(name.trim_start_matches('>'))));
    for (index, name) in head.iter().enumerate() {
        if name.starts_with('>')
            && let Some(column) = table.column_mut(index)
        {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}
