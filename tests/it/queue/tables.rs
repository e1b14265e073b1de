//! The queue's own tables in SQLite.

use sqlx::SqlitePool;
use tests::db::{Backend, TestDatabase};
use worker::{Bell, QueueConfig, Ringer, queue_down, queue_migrate, queue_status};

#[tokio::test]
async fn the_tables_can_be_taken_down_and_brought_back() {
    let database = TestDatabase::fresh(Backend::Sqlite).await.unwrap();
    let pool = SqlitePool::connect(&database.url).await.unwrap();
    let ringer = Ringer::open(&QueueConfig::sqlite(pool.clone())).unwrap();

    queue_down(&pool).await.unwrap();
    assert!(queue_status(&pool).await.unwrap().iter().all(|step| !step.applied));
    assert!(ringer.ping().await.is_err());
    assert!(ringer.ring(Bell::Tick).await.is_err());

    queue_migrate(&pool).await.unwrap();
    queue_migrate(&pool).await.unwrap();
    assert!(queue_status(&pool).await.unwrap().iter().all(|step| step.applied));
    ringer.ring(Bell::Tick).await.unwrap();
}

#[tokio::test]
async fn migrating_the_queue_leaves_the_pragmas_of_the_product_alone() {
    let directory = tempfile::tempdir().unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(directory.path().join("fresh.db"))
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
        .synchronous(sqlx::sqlite::SqliteSynchronous::Full);
    let pool = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
    queue_migrate(&pool).await.unwrap();
    for (pragma, kept) in [("synchronous", 2_i64), ("foreign_keys", 1)] {
        let statement = sqlx::AssertSqlSafe(format!("PRAGMA {pragma}"));
        let value: i64 = sqlx::query_scalar(statement).fetch_one(&pool).await.unwrap();
        assert_eq!(value, kept, "{pragma}");
    }
}
