//! The nouns of the API are words of the glossary.

use std::collections::BTreeSet;

use super::{page, schema};

const PAGE: &str = "docs/domain.md";
/// Words of a type's name beside its noun. The shape of every list brings the first ones.
const NOISE: [&str; 14] = [
    "payload",
    "connection",
    "edge",
    "field",
    "page",
    "info",
    "state",
    "kind",
    "code",
    "result",
    "row",
    "text",
    "format",
    "what",
];

/// Nouns behind which a type stands: objects, interfaces, unions and enums. Roots and orders of lists have none.
fn types(schema: &str) -> Vec<&str> {
    let named = schema.lines().filter_map(|line| {
        let keyword =
            ["type ", "interface ", "union ", "enum "].iter().find_map(|word| line.strip_prefix(word))?;
        keyword.split(|c: char| !c.is_alphanumeric()).next()
    });
    named
        .filter(|name| !["Query", "Mutation", "Subscription"].contains(name))
        .filter(|name| !name.ends_with("OrderField") && !name.ends_with("Payload"))
        .collect()
}

/// `PaymentRequestMove` as the words it is written of, in small letters.
fn words_of(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    for (index, letter) in letters.iter().enumerate() {
        let after_small = index > 0 && !letters[index - 1].is_uppercase();
        let before_small = letters.get(index + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (after_small || before_small) || words.is_empty() {
            words.push(String::new());
        }
        words.last_mut().expect("a word").extend(letter.to_lowercase());
    }
    words
}

/// The entries of the table of words, in small letters; one row may have several.
fn glossary(page: &str) -> Vec<String> {
    let table = page.split("\n## ").find(|part| part.starts_with("Words\n")).expect("a section Words");
    let rows = table.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    let entries = rows.filter(|row| !row.starts_with("**") && *row != "word").flat_map(|row| row.split(", "));
    entries.map(|entry| entry.to_lowercase().replace('-', " ")).collect()
}

/// Whether `words`, from the first to the last, are entries, with or without a plural, or noise.
fn made_of(words: &[String], known: &BTreeSet<String>) -> bool {
    let is_known = |words: &[String]| {
        let term = words.join(" ");
        let noise = words.len() == 1 && NOISE.contains(&term.as_str());
        noise || known.contains(&term) || term.strip_suffix('s').is_some_and(|one| known.contains(one))
    };
    words.is_empty() || (1..=words.len()).any(|n| is_known(&words[..n]) && made_of(&words[n..], known))
}

/// Names of types that the glossary does not explain.
fn unexplained<'s>(schema: &'s str, page: &str) -> Vec<&'s str> {
    let known = glossary(page).into_iter().collect();
    let noun = |name: &&str| words_of(name).iter().any(|word| !NOISE.contains(&word.as_str()));
    types(schema).into_iter().filter(noun).filter(|name| !made_of(&words_of(name), &known)).collect()
}

#[test]
fn every_noun_of_the_api_is_a_word_of_the_glossary() {
    let (schema, page) = (schema(), page(PAGE));
    assert!(types(&schema).len() > 150, "the types are found");
    assert_eq!(unexplained(&schema, &page), Vec::<&str>::new(), "{PAGE}, Words, does not say what these are");
}

#[test]
fn no_word_is_explained_twice() {
    let mut entries = glossary(&page(PAGE));
    entries.sort();
    let twice: Vec<_> = entries.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn a_noun_that_is_not_explained_is_found() {
    let page = "# A\n\n## Words\n| word | meaning |\n|---|---|\n| **money** | |\n| payment request, request | what is paid |\n\
                | bill-out | bills |\n\n## Other\n| ghost | nothing |\n";
    let schema = "type PaymentRequestConnection {\ntype RequestState {\nenum BillOutKind {\nunion Requests = A\n\
                  type PceRequest implements Node {\ninterface Ghost {\ntype Query {\nenum GhostOrderField {\n";
    assert_eq!(unexplained(schema, page), ["PceRequest", "Ghost"]);
    assert_eq!(words_of("PCEClaimOut"), ["pce", "claim", "out"]);
}
