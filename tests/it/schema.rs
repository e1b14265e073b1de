//! The schema of both databases: it comes whole, goes whole and comes back the same, and each table has a file.

use std::collections::BTreeMap;
use std::path::Path;

use migration::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use tests::on_both_databases;

/// Tables, indexes and triggers as SQLite keeps them.
const SQLITE: &str = "SELECT type || ' ' || name AS name, COALESCE(sql, '') AS text FROM sqlite_schema";

/// The same of PostgreSQL, with constraints and functions; what belongs to an extension is left out.
const POSTGRES: &str = "\
SELECT 'table ' || table_name AS name, \
  STRING_AGG(CONCAT_WS(' ', column_name, data_type, is_nullable, column_default), ', ' ORDER BY ordinal_position) AS text \
  FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name \
UNION ALL SELECT 'check ' || conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid) FROM pg_constraint \
  WHERE conrelid <> 0 AND connamespace = 'public'::regnamespace \
UNION ALL SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' \
UNION ALL SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal \
UNION ALL SELECT 'function ' || proname, prosrc FROM pg_proc p WHERE pronamespace = 'public'::regnamespace \
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')";

/// What the database holds, by kind and name.
async fn objects(connection: &DatabaseConnection) -> BTreeMap<String, String> {
    let backend = connection.get_database_backend();
    let sql = if backend == DbBackend::Sqlite { SQLITE } else { POSTGRES };
    let rows = connection.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
    let get = |row: &sea_orm::QueryResult, column: &str| row.try_get::<String>("", column).unwrap();
    rows.iter().map(|row| (get(row, "name"), get(row, "text"))).collect()
}

/// The tables that the files of nouns make, with the file of each.
fn by_noun() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migration/src/first");
    let mut tables = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let noun = path.file_stem().unwrap().to_string_lossy().into_owned();
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let made = line.split_once("CREATE TABLE ").or_else(|| line.split_once("CREATE VIRTUAL TABLE "));
            let name = made.and_then(|(_, rest)| rest.split_whitespace().next());
            tables.extend(name.map(|name| (name.to_owned(), noun.clone())));
        }
    }
    tables.sort();
    tables.dedup(); // One table may be made in two ways, a line for each database.
    tables
}

on_both_databases!(the_schema_goes_without_a_trace_and_comes_back_the_same, |db| async move {
    let connection = db.connect().await;
    let before = objects(&connection).await;
    Migrator::down(&connection, None).await.unwrap();
    let left = objects(&connection).await;
    Migrator::up(&connection, None).await.unwrap();
    assert_eq!(objects(&connection).await, before);

    let ours = by_noun();
    let mut names: Vec<_> = ours.iter().map(|(table, _)| table.clone()).collect();
    names.dedup();
    assert_eq!(names.len(), ours.len(), "a table is made by two files: {ours:?}");
    let known = |object: &str| {
        let name = object.split_whitespace().nth(1).unwrap_or_default();
        // A full-text index keeps its pieces in tables that are named after it.
        names.iter().any(|table| table == name || name.starts_with(&format!("{table}_")))
    };
    let stays: Vec<_> = left.keys().filter(|object| known(object)).collect();
    assert!(stays.is_empty(), "still there: {stays:?}");
    let gone: Vec<_> = before.keys().filter(|object| !left.contains_key(*object)).collect();
    let tables = gone.iter().filter(|object| object.starts_with("table "));
    let strays: Vec<_> = tables.filter(|object| !known(object)).collect();
    assert!(strays.is_empty(), "of no noun's file: {strays:?}");
});
