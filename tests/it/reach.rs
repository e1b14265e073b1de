//! Everything a party can reach, found by walking over the schema as introspection tells it: every list, every list below a row,
//! every id, every filter by an id.

mod expected;
mod moved;
mod schema;
mod walk;
