//! The pages: what they show is run, and what they name exists.

mod demo;
mod example;
mod graphql;
mod limits;
mod mobile;
mod names;
mod pattern;
mod readme;
mod shell;
mod words;

pub(crate) use demo::Demo;

use std::path::Path;

/// A page, by its path from the top.
fn page(path: &str) -> String {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    std::fs::read_to_string(top.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The schema as clients have it.
fn schema() -> String {
    page("schema.graphql")
}
