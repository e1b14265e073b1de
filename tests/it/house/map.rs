//! The pages that say where things are are held against where they are.

use std::collections::BTreeSet;

use super::named::module_of;
use super::{Source, none, sources};

/// The page on which every module is.
const PAGE: &str = "docs/architecture.md";
/// Pages that name the files behind what they say.
const PAGES: &[&str] = &[
    PAGE,
    "docs/domain.md",
    "docs/settlement.md",
    "docs/opportunities.md",
    "docs/recipes.md",
    "CONTRIBUTING.md",
];
/// Crates whose top-level modules must all be on the page.
const MAPPED: &[&str] = &["domain/src", "api/src", "worker/src", "cli/src"];

/// The words between backticks, with their lines.
fn quoted(page: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = page.lines().enumerate().map(|(index, line)| (index + 1, line));
    lines.flat_map(|(number, line)| line.split('`').skip(1).step_by(2).map(move |text| (number, text)))
}

/// A path that the page names, and the item of that file if it names one: `kernel/store.rs::begin`.
fn path_of(quoted: &str) -> Option<(&str, Option<&str>)> {
    let (path, item) = match quoted.split_once("::") {
        Some((path, rest)) => (path, rest.rsplit("::").next()),
        None => (quoted, None),
    };
    let is_path = path.contains('/') || path.ends_with(".rs");
    let plain = path.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    // What begins with a capital, such as `ACCOUNT/YYYY-MM`, is made of placeholders.
    let from_here = path.starts_with(|c: char| c.is_ascii_lowercase());
    (is_path && plain && from_here).then_some((path, item))
}

/// Every path of the page called `name` that leads nowhere, from the top or from `domain/src`.
fn lost(name: &str, page: &str, sources: &[Source]) -> Vec<String> {
    let file = |path: &str| sources.iter().find(|source| source.path == path);
    let folder = |path: &str| sources.iter().any(|source| source.path.starts_with(&format!("{path}/")));
    let mut findings = Vec::new();
    for (line, text) in quoted(page) {
        let Some((path, item)) = path_of(text) else { continue };
        let path = path.trim_end_matches('/');
        let places = [path.to_owned(), format!("domain/src/{path}")];
        let found = places.iter().find_map(|place| file(place));
        let there = match (found, item) {
            (Some(source), Some(item)) => source.text.contains(item),
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => places.iter().any(|place| folder(place)),
        };
        if !there {
            findings.push(format!("{name}:{line}: {text}"));
        }
    }
    findings
}

/// Top-level modules of a crate: its files and folders.
fn modules(sources: &[Source], krate: &str) -> BTreeSet<String> {
    let inside = |source: &&Source| source.is_rust();
    let files = sources.iter().filter(inside).filter_map(|source| source.path.strip_prefix(krate));
    files.filter_map(|file| module_of(file.trim_start_matches('/')).into_iter().next()).collect()
}

/// The top-level modules of a crate that the page does not name, neither alone nor as part of a path.
fn unmapped(page: &str, sources: &[Source], krate: &str) -> Vec<String> {
    let room_paths = krate == "domain/src";
    let named: BTreeSet<String> = quoted(page)
        .filter_map(|(_, text)| {
            let text = text.split("::").next().unwrap_or(text);
            let inside = text.strip_prefix(krate).map(|rest| rest.trim_start_matches('/'));
            let path = inside.or((room_paths || !text.contains('/')).then_some(text))?;
            module_of(path.trim_end_matches('/')).into_iter().next()
        })
        .collect();
    modules(sources, krate)
        .into_iter()
        .filter(|module| !named.contains(module))
        .map(|module| format!("{krate}: {module}"))
        .collect()
}

fn page<'s>(name: &str, sources: &'s [Source]) -> &'s str {
    &sources.iter().find(|source| source.path == name).unwrap_or_else(|| panic!("{name} is missing")).text
}

#[test]
fn every_path_that_a_page_names_exists() {
    let sources = sources();
    let findings: Vec<_> = PAGES.iter().flat_map(|name| lost(name, page(name, &sources), &sources)).collect();
    none(&findings, "paths that lead nowhere");
}

#[test]
fn every_module_is_on_the_page_of_the_architecture() {
    let sources = sources();
    let page = page(PAGE, &sources);
    let findings: Vec<_> = MAPPED.iter().flat_map(|krate| unmapped(page, &sources, krate)).collect();
    none(&findings, "modules that docs/architecture.md does not name: say where they belong");
}

fn example() -> Vec<Source> {
    let files = [
        ("domain/src/lib.rs", ""),
        ("domain/src/kernel/store.rs", "pub async fn begin() {}"),
        ("domain/src/money/mod.rs", ""),
        ("cli/src/lib.rs", ""),
        ("cli/src/serve.rs", ""),
        ("cli/src/demo/mod.rs", ""),
    ];
    files.map(|(path, text)| Source { path: path.into(), text: text.into() }).into()
}

#[test]
fn a_path_that_leads_nowhere_is_found() {
    let page = "`kernel/store.rs::begin`, `kernel/`, `cli/src/serve.rs`, `cargo test`, `https://x/y`, `KEY/YYYY`\n\
                `kernel/gone.rs`, `kernel/store.rs::gone`, `money/gone/`, `store.rs`\n";
    let lost = lost(PAGE, page, &example());
    let line = |text: &str| format!("{PAGE}:2: {text}");
    assert_eq!(
        lost,
        [line("kernel/gone.rs"), line("kernel/store.rs::gone"), line("money/gone/"), line("store.rs")]
    );
}

#[test]
fn a_module_that_is_not_on_the_page_is_found() {
    let page = "`kernel/store.rs` and `serve`, and the word money";
    assert_eq!(unmapped(page, &example(), "domain/src"), ["domain/src: money"]);
    assert_eq!(unmapped(page, &example(), "cli/src"), ["cli/src: demo"]);
}
