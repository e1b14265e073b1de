//! The ranks between the rooms of `domain`, and no circles inside other crates.

use std::collections::{BTreeMap, BTreeSet};

use super::named::{Named, Renamed, named, renamed};
use super::{Source, none, sources};

/// The rooms of `domain`, lowest first: each may use those before it, none may use one behind it. There are no
/// exceptions; what two rooms need belongs to the lower one.
const ROOMS: &[&str] = &[
    "kernel",
    "source",
    "programme",
    "performance",
    "settlement",
    "opportunity",
    "money",
    "notify",
    "reading",
    "operate",
];

/// Folders whose entries must not use each other in a circle. Of `api` only the top: the types of a schema name each
/// other as the schema does. `domain/src/opportunity` and `domain/src/settlement` are not here yet: the driver of a
/// transition and its guards call each other, and so do a run, its phases and the fence they share.
const WITHOUT_CIRCLES: &[&str] = &[
    "entity/src",
    "api/src",
    "worker/src",
    "cli/src",
    "cli/src/config",
    "cli/src/demo",
    "domain/src/kernel",
    "domain/src/source",
    "domain/src/programme",
    "domain/src/performance",
    "domain/src/money",
    "domain/src/notify",
    "domain/src/reading",
    "domain/src/operate",
];

/// Everything that the Rust sources of a crate name of it, by source.
fn names<'s>(sources: &'s [Source], krate: &str) -> Vec<(&'s Source, Vec<Named>)> {
    let root = format!("{krate}/lib.rs");
    let lib = sources.iter().find(|source| source.path == root);
    let renamed = lib.map_or_else(Renamed::new, |source| renamed(&source.text));
    let inside = |source: &&Source| source.is_rust() && source.path.starts_with(&format!("{krate}/"));
    sources.iter().filter(inside).map(|source| (source, named(source, krate, &renamed))).collect()
}

/// The entry of `folder` that a path from the top leads into: a file or a folder, without `.rs`.
fn entry<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(folder)?.strip_prefix('/')?;
    let entry = rest.split('/').next()?.trim_end_matches(".rs");
    (!["lib", "main", "mod"].contains(&entry)).then_some(entry)
}

/// Every name in `domain` that points to a room of higher rank.
fn against_the_ranks(sources: &[Source]) -> Vec<String> {
    let rank = |room: &str| ROOMS.iter().position(|known| *known == room);
    let mut findings = Vec::new();
    for (source, named) in names(sources, "domain/src") {
        let Some(room) = entry(&source.path, "domain/src") else { continue };
        for Named { line, path } in named {
            let Some(used) = path.first() else { continue };
            if rank(used).is_some() && rank(used) > rank(room) {
                findings.push(format!("{}:{line}: {room} uses {}", source.path, path.join("::")));
            }
        }
    }
    findings
}

/// The entries of a folder that each entry uses, with one place where it does.
type Uses = BTreeMap<String, BTreeMap<String, String>>;

fn uses(sources: &[Source], folder: &str) -> Uses {
    let src = folder.find("/src").map_or(folder.len(), |at| at + "/src".len());
    let krate = &folder[..src];
    let mut uses = Uses::new();
    for (source, named) in names(sources, krate) {
        let Some(from) = entry(&source.path, folder) else { continue };
        let entries = uses.entry(from.to_owned()).or_default();
        for Named { line, path } in named {
            let whole = format!("{krate}/{}", path.join("/"));
            if let Some(to) = entry(&whole, folder).filter(|to| *to != from) {
                entries.entry(to.to_owned()).or_insert_with(|| format!("{}:{line}", source.path));
            }
        }
    }
    // What is no entry is an item of the folder's own `mod.rs`.
    let known: BTreeSet<String> = uses.keys().cloned().collect();
    for entries in uses.values_mut() {
        entries.retain(|to, _| known.contains(to));
    }
    uses
}

/// Everything that can be reached from `from`, step by step.
fn reached(uses: &Uses, from: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from.to_owned()];
    while let Some(at) = open.pop() {
        for to in uses.get(&at).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(to.clone()) {
                open.push(to.clone());
            }
        }
    }
    reached
}

/// The arrows of every circle.
fn circles(uses: &Uses) -> Vec<String> {
    let reached: BTreeMap<_, _> = uses.keys().map(|entry| (entry, reached(uses, entry))).collect();
    let mut arrows = Vec::new();
    for (from, entries) in uses {
        for (to, place) in entries {
            if reached.get(to).is_some_and(|back| back.contains(from)) {
                arrows.push(format!("{from} → {to} ({place})"));
            }
        }
    }
    arrows
}

#[test]
fn no_room_of_the_domain_uses_one_of_higher_rank() {
    none(&against_the_ranks(&sources()), "arrows that point up (see docs/architecture.md, \"Ranks\")");
}

#[test]
fn every_room_of_the_domain_has_a_rank() {
    let sources = sources();
    let rooms: BTreeSet<_> = sources.iter().filter_map(|source| entry(&source.path, "domain/src")).collect();
    assert_eq!(rooms, ROOMS.iter().copied().collect());
}

#[test]
fn modules_do_not_use_each_other_in_a_circle() {
    let sources = sources();
    for folder in WITHOUT_CIRCLES {
        let uses = uses(&sources, folder);
        assert!(uses.len() > 1, "{folder} has entries");
        none(
            &circles(&uses),
            &format!("circles in {folder}: move what both sides need to a place below both"),
        );
    }
}

fn example(files: &[(&str, &str)]) -> Vec<Source> {
    files.iter().map(|(path, text)| Source { path: (*path).into(), text: (*text).into() }).collect()
}

#[test]
fn an_arrow_that_points_up_is_found_however_it_is_written() {
    let sources = example(&[
        ("domain/src/lib.rs", "pub mod kernel;\npub use reading::Listing;\npub use kernel::Store;\n"),
        ("domain/src/kernel/a.rs", "use crate::kernel::b;\nuse crate::{Listing, Store};\n"),
        ("domain/src/money/mod.rs", "use crate::opportunity::a;\nuse super::operate;\n"),
        ("domain/src/money/b/c.rs", "// crate::notify\nfn f() -> crate::notify::N { crate::kernel::g() }\n"),
        ("domain/src/operate/d.rs", "use crate::{money::{b, c}, reading};\n"),
    ]);
    assert_eq!(
        against_the_ranks(&sources),
        [
            "domain/src/kernel/a.rs:2: kernel uses reading::Listing",
            "domain/src/money/mod.rs:2: money uses operate",
            "domain/src/money/b/c.rs:2: money uses notify::N",
        ]
    );
}

#[test]
fn a_circle_is_found_and_a_line_is_not() {
    let sources = example(&[
        ("cli/src/lib.rs", "mod a;\nuse a::x;\n"),
        ("cli/src/a.rs", "use crate::b::item;\n"),
        ("cli/src/b/mod.rs", "mod inner;\nuse crate::d;\n"),
        ("cli/src/b/inner.rs", "use super::super::c;\nuse super::item;\n"),
        ("cli/src/c.rs", "fn f() { crate::a::x() }\n"),
        ("cli/src/d.rs", ""),
    ]);
    let arrows = ["a → b (cli/src/a.rs:1)", "b → c (cli/src/b/inner.rs:1)", "c → a (cli/src/c.rs:1)"];
    assert_eq!(circles(&uses(&sources, "cli/src")), arrows);
    let line = example(&[
        ("cli/src/a.rs", "use crate::b;\nuse crate::c;\n"),
        ("cli/src/b.rs", "use crate::c;\n"),
        ("cli/src/c.rs", ""),
    ]);
    assert_eq!(circles(&uses(&line, "cli/src")), Vec::<String>::new());
}
