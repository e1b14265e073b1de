//! Everything a party can reach, found by walking over the schema as introspection tells it: lists, lists below a row,
//! whatever has an id, filters by an id.

mod expected;
mod moved;
mod schema;
mod walk;
