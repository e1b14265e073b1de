//! The GraphQL schema: a room for each noun, with what is shown of it and what may be changed, over the machinery of
//! `schema`, which turns these tables into the types and the answers of the API.
//!
//! Who may use a root field is the permission table's matter ([`domain::kernel::permission`]), which rows it then sees
//! the scope's ([`domain::Scope`]); both are applied in one place each.

// The types of the schema are public by nature; whether Rust code reaches them does not matter.
#![allow(unreachable_pub)]

mod customer;
mod feed;
mod files;
mod imports;
mod labels;
mod market;
mod membership;
mod money;
mod node;
mod nouns;
mod office;
mod operations;
mod opportunity;
mod partner;
mod payment;
mod performance;
mod programme;
mod ring;
mod scalar_check;
pub(crate) mod schema;
mod search;
mod settlement;

use std::sync::Arc;

use async_graphql::{SDLExportOptions, ValidationMode};
use domain::Store;
use domain::money::payout::Gateway;

pub use ring::{Ring, Ringer};
pub use scalar_check::check_scalar;
pub use schema::caller::{Caller, attach};
use schema::change::Changes;
use schema::list::Queries;
use schema::root::Root;

use crate::http::{CostTable, Execute};

/// How the schema behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// Let the executor validate documents too. Off behind the HTTP front, which has validated already.
    pub validate: bool,
    /// Where this deployment's payouts go.
    pub payouts: Gateway,
}

/// Progress as it happens.
#[derive(async_graphql::MergedSubscription, Default)]
pub struct Subscription(operations::progress::ProgressSubscription, operations::change::ChangeSubscription);

type Schema = async_graphql::Schema<Root<Queries>, Root<Changes>, Subscription>;

/// The schema over `store`, ready to execute. `ringer` is told of work that should begin at once.
#[must_use]
pub fn build(store: Store, ringer: Ringer, options: Options) -> Arc<dyn Execute> {
    let mode = if options.validate { ValidationMode::Strict } else { ValidationMode::Fast };
    let feed = feed::Feed::new(store.clone());
    Arc::new(schema::executor::ByTurns(
        builder().data(options.payouts).data(store).data(ringer).data(feed).validation_mode(mode).finish(),
    ))
}

/// The JSON of a value that the schema answered.
#[must_use]
pub fn json(value: &async_graphql::Value) -> Vec<u8> {
    let mut json = crate::json::Json::default();
    json.executed(value);
    json.into_bytes()
}

/// The schema in the schema language, sorted: what `schema.graphql` holds.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .use_space_ident();
    let text = builder().finish().sdl_with_options(options);
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines.join("\n") + "\n"
}

/// Fields that cost more than their shape says: a search asks for every kind of thing, the recipients of an opportunity are worked out among all partners, a preview
/// prices a range of partners for a page, and all of them for its totals.
#[must_use]
pub fn costs() -> CostTable {
    CostTable::default()
        .with("Query", "settlementPreview", 100)
        .with("Query", "search", 50)
        .with("Opportunity", "recipients", 100)
        .with("SettlementPreviewConnection", "totals", 500)
        .with("SettlementPreviewConnection", "totalCount", 500)
}

fn builder() -> async_graphql::SchemaBuilder<Root<Queries>, Root<Changes>, Subscription> {
    Schema::build(Root::default(), Root::default(), Subscription::default())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_is_valid_to_another_implementation() {
        apollo_compiler::Schema::parse_and_validate(super::sdl(), "schema.graphql").unwrap();
    }
}
