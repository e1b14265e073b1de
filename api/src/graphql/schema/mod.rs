//! How the API is described and answered: types as tables, read column by column.
//!
//! A type of the schema is one [`object::Object`]: name, description and fields. From it come the type's entry in the
//! registry of async-graphql (which keeps validation, introspection and subscriptions), and its answers: a selection
//! is compiled once for a list ([`selection`]), each field that needs the database is read once for all rows of the
//! list ([`read`]), and the rows are then written as JSON without a future a field ([`render`]). A statement for each
//! row cannot be written, because no function of a table ever gets to see a single row of a list and the database.

pub(crate) mod args;
pub(crate) mod batch;
pub(crate) mod caller;
pub(crate) mod change;
pub(crate) mod checks;
pub(crate) mod choice;
pub(crate) mod comparators;
pub(crate) mod connection;
pub(crate) mod describe;
pub(crate) mod enums;
pub(crate) mod env;
pub(crate) mod errors;
pub(crate) mod executor;
pub(crate) mod failure;
pub(crate) mod filter;
pub(crate) mod kept;
pub(crate) mod leaf;
pub(crate) mod list;
pub(crate) mod loaders;
pub(crate) mod many;
pub(crate) mod money;
pub(crate) mod node;
pub(crate) mod object;
pub(crate) mod order;
pub(crate) mod paging;
pub(crate) mod place;
pub(crate) mod quarter;
pub(crate) mod read;
pub(crate) mod relation;
pub(crate) mod render;
pub(crate) mod root;
pub(crate) mod rows;
pub(crate) mod scalars;
pub(crate) mod selection;
pub(crate) mod table;
pub(crate) mod user_error;
pub(crate) mod wrong;

#[cfg(test)]
mod tests;
