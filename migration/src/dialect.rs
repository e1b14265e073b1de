//! One SQL text for two databases.
//!
//! Tokens: `I64 I32 I16 BOOL BYTES` are column types; `STRICT` ends a table that SQLite must type-check;
//! `CLUSTERED` ends a table that SQLite stores in primary-key order. A line that begins with `@sqlite `
//! or `@postgres ` belongs to that database only. Statements end with `;;`.

use sea_orm_migration::prelude::{DbErr, SchemaManager};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

fn render(sql: &str, backend: DbBackend) -> String {
    let (mine, types): (&str, [(&str, &str); 7]) = if backend == DbBackend::Sqlite {
        (
            "@sqlite ",
            [
                ("I64", "INTEGER"),
                ("I32", "INTEGER"),
                ("I16", "INTEGER"),
                ("BOOL", "INTEGER"),
                ("BYTES", "BLOB"),
                ("CLUSTERED", "STRICT, WITHOUT ROWID"),
                ("STRICT", "STRICT"),
            ],
        )
    } else {
        (
            "@postgres ",
            [
                ("I64", "BIGINT"),
                ("I32", "INTEGER"),
                ("I16", "SMALLINT"),
                ("BOOL", "BOOLEAN"),
                ("BYTES", "BYTEA"),
                ("CLUSTERED", ""),
                ("STRICT", ""),
            ],
        )
    };
    let mut text = String::with_capacity(sql.len());
    for line in sql.lines() {
        let line = line.trim_start();
        let line = match line.strip_prefix(mine) {
            Some(rest) => rest,
            None if line.starts_with('@') => continue,
            None => line,
        };
        let mut word = String::new();
        for c in line.chars().chain(std::iter::once('\n')) {
            if c.is_ascii_alphanumeric() || c == '_' {
                word.push(c);
                continue;
            }
            text.push_str(types.iter().find(|(token, _)| *token == word).map_or(&word, |(_, t)| t));
            text.push(c);
            word.clear();
        }
    }
    text
}

/// Runs every statement of `sql` in order.
pub async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    for statement in render(sql, manager.get_database_backend()).split(";;") {
        if !statement.trim().is_empty() {
            connection.execute_unprepared(statement).await?;
        }
    }
    Ok(())
}

/// The statements that take back what `sql` makes: its tables from the last to the first, then its functions, on which
/// triggers of the tables rest. Indexes and triggers go with their table.
pub fn undo(sql: &str) -> String {
    let (mut tables, mut functions) = (Vec::new(), Vec::new());
    for line in sql.lines() {
        let mut words = line.split_whitespace().peekable();
        let only = words.next_if(|word| word.starts_with('@')).unwrap_or_default();
        if words.next() != Some("CREATE") {
            continue;
        }
        let _ = words.next_if_eq(&"VIRTUAL");
        match (words.next(), words.next()) {
            (Some("TABLE"), Some(name)) => tables.push(format!("{only} DROP TABLE {name};;\n")),
            (Some("FUNCTION"), Some(name)) => functions.push(format!("{only} DROP FUNCTION {name};;\n")),
            _ => {}
        }
    }
    tables.into_iter().rev().chain(functions).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_reads_as_two_dialects() {
        let sql = "CREATE TABLE t (a I64, b BOOL) CLUSTERED;;\n@sqlite CREATE X;;\n@postgres CREATE Y;;";
        assert_eq!(
            render(sql, DbBackend::Sqlite),
            "CREATE TABLE t (a INTEGER, b INTEGER) STRICT, WITHOUT ROWID;;\nCREATE X;;\n"
        );
        assert_eq!(render(sql, DbBackend::Postgres), "CREATE TABLE t (a BIGINT, b BOOLEAN) ;;\nCREATE Y;;\n");
    }

    #[test]
    fn the_way_down_is_read_off_the_way_up() {
        let sql = "CREATE TABLE a (\n  id I64\n) STRICT;;\nCREATE INDEX a_by_id ON a (id);;\n\
            @postgres CREATE FUNCTION f() RETURNS trigger;;\n@sqlite CREATE VIRTUAL TABLE b USING fts5(x);;\n\
            INSERT INTO a VALUES (1);;";
        assert_eq!(undo(sql), "@sqlite DROP TABLE b;;\n DROP TABLE a;;\n@postgres DROP FUNCTION f();;\n");
    }
}
