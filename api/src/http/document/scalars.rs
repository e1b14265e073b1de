//! Rules for values that the schema language does not say: the form of our own scalars, and the places where
//! null has no meaning. PURE.

use async_graphql::Value;

/// Judges a value of a scalar of the schema's own: `Err` says what should have been written. Scalars that it
/// does not know take everything.
pub type ScalarCheck = fn(scalar: &str, value: &Value) -> Result<(), String>;

/// Ending of the names of input types whose fields choose rows. A null there would choose all of them, which
/// is what a client with an empty variable means least.
const FILTER_SUFFIX: &str = "Filter";

/// Whether the fields of the input type `name` compare, so that null in one of them is a mistake.
pub(crate) fn compares(name: &str) -> bool {
    name.ends_with(FILTER_SUFFIX)
}

/// Reason for which null is refused in a field of such a type.
pub(crate) const NULL_COMPARES: &str = "null compares with nothing: leave the field out, or use isNull";
