//! The history of the schema for SQLite and PostgreSQL: the first release, then one change a file.
//!
//! Statements are plain SQL with a few type tokens (see [`dialect`]), so that what an operator finds in
//! the database is what stands here.

pub mod dialect;
mod first;

pub use sea_orm_migration::prelude::{MigrationTrait, MigratorTrait};

/// Runs the migrations of Partner Center's own tables.
#[derive(Debug)]
pub struct Migrator;

#[sea_orm_migration::async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(first::Change)]
    }
}
