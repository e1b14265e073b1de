//! The look of files: their names, lengths and marks.

use std::path::Path;

use super::{Source, none, sources};

/// Longest file, in lines: beyond it a file is more than one thing.
const LONGEST: usize = 350;
/// Files that are longer, each with the reason why it is one thing.
const LONG_WITH_REASON: &[(&str, &str)] =
    &[("domain/src/notify/template.rs", "the closed list of letters, each with its texts in two languages")];

/// Names that say nothing about what a file does.
const EMPTY_NAMES: &[&str] =
    &["util", "utils", "common", "helper", "helpers", "manager", "service", "impl", "misc"];

#[test]
fn files_are_named_by_what_they_do() {
    let nameless = |source: &&Source| {
        let path = Path::new(&source.path);
        let parts = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
        source.is_rust() && parts.into_iter().any(|part| EMPTY_NAMES.contains(&part.trim_end_matches(".rs")))
    };
    let findings: Vec<_> = sources().iter().filter(nameless).map(|source| source.path.clone()).collect();
    none(&findings, "names that say nothing");
}

#[test]
fn no_file_is_longer_than_one_thing() {
    let sources = sources();
    let lines = |source: &Source| source.text.lines().count();
    let excused = |path: &str| LONG_WITH_REASON.iter().any(|(long, _)| *long == path);
    let findings: Vec<_> = sources
        .iter()
        .filter(|source| source.is_rust() && lines(source) > LONGEST && !excused(&source.path))
        .map(|source| format!("{}: {} lines", source.path, lines(source)))
        .collect();
    none(&findings, "split these by what they do, or give a reason in LONG_WITH_REASON");

    for (path, _reason) in LONG_WITH_REASON {
        let needed = sources.iter().any(|source| source.path == *path && lines(source) > LONGEST);
        assert!(needed, "{path} needs no reason any more");
    }
}

#[test]
fn nothing_is_left_unfinished() {
    // Put together here, or this file would find itself.
    let marks = [
        concat!("#[ign", "ore"),
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("FIX", "ME"),
        concat!("TO", "DO"),
    ];
    none(&lines_with(&marks, |source| source.is_rust()), "unfinished or switched off");
}

#[test]
fn no_file_knows_a_machine() {
    let marks = [
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("/ro", "ot/"),
        concat!("\"/wo", "rk/"),
        concat!(" /wo", "rk/"),
    ];
    none(&lines_with(&marks, |source| source.path != "LICENSE"), "paths of somebody's machine");
}

#[test]
fn no_file_but_the_lock_names_a_package_registry() {
    let marks =
        [concat!("crates", ".io-index"), concat!("index.", "crates.io"), concat!("static.", "crates.io")];
    none(&lines_with(&marks, |source| source.path != "Cargo.lock"), "hosts of package registries");
}

#[test]
fn every_member_takes_the_lints_of_the_workspace() {
    let without = |source: &&Source| {
        source.path.ends_with("/Cargo.toml") && !source.text.contains("[lints]\nworkspace = true")
    };
    let findings: Vec<_> = sources().iter().filter(without).map(|source| source.path.clone()).collect();
    none(&findings, "manifests without `[lints] workspace = true`");
}

fn lines_with(marks: &[&str], looked_at: impl Fn(&Source) -> bool) -> Vec<String> {
    let mut findings = Vec::new();
    for source in sources().iter().filter(|source| looked_at(source)) {
        for (index, line) in source.text.lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark)) {
                findings.push(format!("{}:{}: {}", source.path, index + 1, line.trim()));
            }
        }
    }
    findings
}
