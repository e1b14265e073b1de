//! The public contract.

use std::path::Path;

use crate::api::walk::{Type, types};

#[test]
fn the_committed_schema_is_the_schema() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema.graphql");
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    let now = api::graphql::sdl();
    let differs = committed.lines().zip(now.lines()).position(|(a, b)| a != b);
    assert!(
        committed == now,
        "schema.graphql differs from line {differs:?} on; run `make schema` and commit it"
    );
}

#[tokio::test]
async fn everything_has_a_description() {
    let mut silent = Vec::new();
    for Type { name, description, members } in types().await {
        if description.is_none() && name != "ID" {
            silent.push(name.clone());
        }
        silent.extend(
            members.into_iter().filter(|m| m.description.is_none()).map(|m| format!("{name}.{}", m.name)),
        );
    }
    assert!(silent.is_empty(), "without a description: {silent:?}");
}
