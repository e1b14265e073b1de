//! Code that is not compiled here names operations and inputs; they exist.

use super::example::{examples, fences};
use super::{page, schema};

const PAGE: &str = "docs/api/mobile.md";
/// Endings of generated classes of operations, with the keyword of such an operation.
const KINDS: [(&str, &str); 3] =
    [("Query", "query"), ("Mutation", "mutation"), ("Subscription", "subscription")];

/// Capitalised names that are called in `code`: `BillsQuery(…)`.
fn called(code: &str) -> Vec<&str> {
    let calls = code.match_indices('(').map(|(at, _)| &code[..at]);
    let names = calls.map(|before| {
        let start = before.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + 1);
        &before[start..]
    });
    names.filter(|name| name.starts_with(|c: char| c.is_uppercase())).collect()
}

/// Names of operations and inputs in `code` that neither the page nor the schema knows.
fn unknown(code: &str, operations: &str, schema: &str) -> Vec<String> {
    let strange = |name: &&str| {
        if name.ends_with("Input") {
            return !schema.contains(&format!("\ninput {name} {{"));
        }
        let kind = KINDS.iter().find_map(|(end, word)| Some((name.strip_suffix(end)?, word)));
        kind.is_some_and(|(operation, word)| {
            let begins = |behind: char| operations.contains(&format!("{word} {operation}{behind}"));
            !operation.is_empty() && !begins('(') && !begins(' ')
        })
    };
    called(code).into_iter().filter(strange).map(str::to_owned).collect()
}

#[test]
fn swift_and_kotlin_name_operations_of_their_page_and_inputs_of_the_schema() {
    let (page, schema) = (page(PAGE), schema());
    let operations: String = examples(&page, "graphql").iter().map(|e| e.code.text.as_str()).collect();
    for language in ["swift", "kotlin"] {
        let code: String = examples(&page, language).iter().map(|e| e.code.text.as_str()).collect();
        let named: Vec<_> = called(&code).into_iter().filter(|name| name.ends_with("Mutation")).collect();
        assert!(!named.is_empty(), "{language}: no operation is used");
        assert_eq!(unknown(&code, &operations, &schema), Vec::<String>::new(), "{language}");
    }
}

#[test]
fn every_json_of_the_page_is_json() {
    for fence in fences(&page(PAGE)).iter().filter(|fence| fence.language == "json") {
        assert!(serde_json::from_str::<serde_json::Value>(&fence.text).is_ok(), "{PAGE}:{}", fence.line);
    }
}

#[test]
fn a_name_that_does_not_exist_is_found() {
    let code = "fetch(BillsQuery(after: 1)); run(GoneMutation()); OpportunityCreateInput(a); GoneInput(b); x.query()";
    let schema = "\ninput OpportunityCreateInput {\n";
    assert_eq!(unknown(code, "query Bills($a: Int) {", schema), ["GoneMutation", "GoneInput"]);
}
