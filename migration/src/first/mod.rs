//! The schema of the first release, a file a noun: its tables with their indexes, triggers and first rows.

use sea_orm_migration::async_trait::async_trait;
use sea_orm_migration::prelude::{DbErr, MigrationName, MigrationTrait, SchemaManager};

use crate::dialect::{run, undo};

mod calendar;
mod consumption;
mod customer;
mod event;
mod file;
mod import;
mod incentive;
mod ledger;
mod market;
mod office;
mod opportunity;
mod partner;
mod payment;
mod payout;
mod pce;
mod pce_claim;
mod performance;
mod product;
mod programme;
mod settlement;
mod trail;

/// In an order that foreign keys and triggers allow: who is referred to comes first.
const NOUNS: &[&str] = &[
    programme::TABLES,
    trail::TABLES,
    event::TABLES,
    partner::TABLES,
    office::TABLES,
    customer::TABLES,
    product::TABLES,
    calendar::TABLES,
    file::TABLES,
    import::TABLES,
    consumption::TABLES,
    performance::TABLES,
    settlement::TABLES,
    market::TABLES,
    pce::TABLES,
    opportunity::TABLES,
    pce_claim::TABLES,
    incentive::TABLES,
    payment::TABLES,
    payout::TABLES,
    ledger::TABLES,
];

/// Makes every table of the first release, or takes all of them away.
pub(crate) struct Change;

impl MigrationName for Change {
    fn name(&self) -> &str {
        "m0001_first"
    }
}

#[async_trait]
impl MigrationTrait for Change {
    // Whole or not at all, also on SQLite: half of it could be neither repeated nor undone.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &NOUNS.concat()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &undo(&NOUNS.concat())).await
    }
}
