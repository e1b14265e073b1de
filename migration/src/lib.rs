//! The history of the schema, one change a file, for SQLite and PostgreSQL.
//!
//! Statements are plain SQL with a few type tokens (see [`dialect`]), so that what an operator finds in
//! the database is what stands here.

pub mod dialect;
mod m0001_programme;
mod m0002_bills;
mod m0003_performance;
mod m0004_settlement;
mod m0005_trail;
mod m0006_speed;
mod m0007_totals;
mod m0008_events;
mod m0009_ledger;
mod m0010_payment;
mod m0011_outbox;
mod m0012_calendar;
mod m0013_files;
mod m0014_review;
mod m0015_payout;
mod m0016_partner_invoice;
mod m0017_entitlement;
mod m0018_market;
mod m0019_indexes;
mod m0020_pce;
mod m0021_opportunity;
mod m0022_pce_claim;
mod m0023_opportunity_search;
mod m0024_duplicate_reason;
mod m0025_task;

pub use sea_orm_migration::prelude::{MigrationTrait, MigratorTrait};

/// Runs the migrations of Partner Center's own tables.
#[derive(Debug)]
pub struct Migrator;

#[sea_orm_migration::async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_programme::Change),
            Box::new(m0002_bills::Change),
            Box::new(m0003_performance::Change),
            Box::new(m0004_settlement::Change),
            Box::new(m0005_trail::Change),
            Box::new(m0006_speed::Change),
            Box::new(m0007_totals::Change),
            Box::new(m0008_events::Change),
            Box::new(m0009_ledger::Change),
            Box::new(m0010_payment::Change),
            Box::new(m0011_outbox::Change),
            Box::new(m0012_calendar::Change),
            Box::new(m0013_files::Change),
            Box::new(m0014_review::Change),
            Box::new(m0016_partner_invoice::Change),
            Box::new(m0017_entitlement::Change),
            Box::new(m0015_payout::Change),
            Box::new(m0018_market::Change),
            Box::new(m0019_indexes::Change),
            Box::new(m0020_pce::Change),
            Box::new(m0021_opportunity::Change),
            Box::new(m0022_pce_claim::Change),
            Box::new(m0023_opportunity_search::Change),
            Box::new(m0024_duplicate_reason::Change),
            Box::new(m0025_task::Change),
        ]
    }
}
