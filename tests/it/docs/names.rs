//! Names in the running text of the pages of the API exist: in the schema, or in what the front says.

use super::{page, schema};

const PAGES: [&str; 4] = ["docs/api.md", "docs/api/curl.md", "docs/api/mobile.md", "docs/api/web.md"];
/// Files with the codes of the front and the settings.
const BESIDE: [&str; 2] = ["api/src/http/refusal.rs", "docs/configuration.md"];
/// Members of requests and of extensions of errors; the tests of the front know these names.
const FRONT: [&str; 4] = ["documentId", "persistedQuery", "requestId", "retryAfterSeconds"];
/// Names of other programs.
const OTHERS: [&str; 3] = ["autoPersistQueries", "createPersistedQueryLink", "UNKNOWN__"];

/// Names of ours between backticks, outside of examples: `camelCase` or `UPPER_CASE`.
fn names(page: &str) -> Vec<&str> {
    let prose = page.split("```").step_by(2);
    let quoted = prose.flat_map(|text| text.split('`').skip(1).step_by(2));
    let camel = |name: &str| {
        name.starts_with(|c: char| c.is_lowercase()) && name.contains(|c: char| c.is_uppercase())
    };
    let upper = |name: &str| name.contains('_') && name.chars().all(|c| c.is_uppercase() || c == '_');
    let plain = |name: &str| name.chars().all(|c| c.is_alphanumeric() || c == '_');
    quoted.filter(|name| plain(name) && (camel(name) || upper(name))).collect()
}

/// Whether `name` stands in `text` as a word of its own.
fn stands_in(text: &str, name: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(name)
        .any(|(at, _)| !part(text[..at].chars().next_back()) && !part(text[at + name.len()..].chars().next()))
}

#[test]
fn every_name_that_the_pages_of_the_api_write_exists() {
    let known = BESIDE.iter().fold(schema(), |known, file| known + &page(file));
    let mut strange = Vec::new();
    let mut count = 0;
    for path in PAGES {
        let page = page(path);
        for name in names(&page) {
            count += 1;
            if !stands_in(&known, name) && !FRONT.contains(&name) && !OTHERS.contains(&name) {
                strange.push(format!("{path}: {name}"));
            }
        }
    }
    assert!(count > 30, "names are found");
    assert!(strange.is_empty(), "names of nothing: {strange:?}");
}

#[test]
fn a_name_is_a_word_of_its_own() {
    assert_eq!(
        names("a `userErrors`, `code`, `A_B`, `x-y`\n```\n`noName`\n```\n`lastName`"),
        ["userErrors", "A_B", "lastName"]
    );
    assert!(stands_in("a userErrors: b", "userErrors") && !stands_in("myuserErrors", "userErrors"));
}
