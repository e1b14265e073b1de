//! Places for values in statements that name many.

use sea_orm::{ConnectionTrait, DbBackend};

/// The join that begins at a short list of keys and looks each up: SQLite would otherwise read the large table
/// and look every row up in the list.
#[must_use]
pub fn join_from_keys<C: ConnectionTrait>(connection: &C) -> &'static str {
    if connection.get_database_backend() == DbBackend::Sqlite { "CROSS JOIN" } else { "JOIN" }
}

/// `($1,$2),($3,$4)` for 2 rows of width 2: short lists beside other placeholders.
#[must_use]
pub fn placeholders(rows: usize, width: usize) -> String {
    rows_of(rows, width, |n| format!("${n}"))
}

/// `($4,$5)` for 2 values behind three others.
#[must_use]
pub fn placeholders_behind(before: usize, count: usize) -> String {
    let names: Vec<String> = (before + 1..=before + count).map(|n| format!("${n}")).collect();
    format!("({})", names.join(","))
}

/// [`placeholders`] for many values at the front of a statement. SQLite searches its list of numbered names for every
/// value that is bound, so there they have no names; further placeholders go on with the next number.
#[must_use]
pub fn many_placeholders<C: ConnectionTrait>(connection: &C, rows: usize, width: usize) -> String {
    if connection.get_database_backend() == DbBackend::Sqlite {
        return rows_of(rows, width, |_| "?".to_owned());
    }
    placeholders(rows, width)
}

fn rows_of(rows: usize, width: usize, name: impl Fn(usize) -> String) -> String {
    let row = |r: usize| {
        let names: Vec<String> = (1..=width).map(|c| name(r * width + c)).collect();
        format!("({})", names.join(","))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(",")
}
