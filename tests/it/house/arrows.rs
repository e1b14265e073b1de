//! The arrows between crates: who may need whom.

use super::{Source, none, sources};

/// A crate of ours: its directory, the name others use it by, and which of ours it may need.
struct Member {
    directory: &'static str,
    name: &'static str,
    may_need: &'static [&'static str],
}

/// `entity ← domain ← api | worker ← cli`; `migration` stands alone; `tests` and `bench` see everything, `oracle`
/// nothing: it judges the others.
const MEMBERS: &[Member] = &[
    Member { directory: "entity", name: "entity", may_need: &["entity-columns"] },
    Member { directory: "entity/columns", name: "entity-columns", may_need: &[] },
    Member { directory: "migration", name: "migration", may_need: &[] },
    Member { directory: "domain", name: "domain", may_need: &["entity"] },
    Member { directory: "api", name: "api", may_need: &["domain", "entity"] },
    Member { directory: "worker", name: "worker", may_need: &["domain", "entity"] },
    Member {
        directory: "cli",
        name: "partner-center",
        may_need: &["api", "worker", "domain", "entity", "migration"],
    },
    Member {
        directory: "tests",
        name: "tests",
        may_need: &["partner-center", "oracle", "api", "worker", "domain", "entity", "migration"],
    },
    Member { directory: "tests/oracle", name: "oracle", may_need: &[] },
    Member {
        directory: "bench",
        name: "bench",
        may_need: &["tests", "partner-center", "api", "worker", "domain", "entity", "migration"],
    },
];

/// Crates of others that would bring a concern where it does not belong. Prefixes of names.
const STRANGERS: &[(&str, &[&str], &str)] = &[
    ("entity", &["axum", "hyper", "tower", "async-graphql", "apalis", "redis", "tokio"], "tables are types"),
    (
        "domain",
        &["axum", "hyper", "tower", "async-graphql", "apalis", "redis", "reqwest"],
        "no HTTP, GraphQL or queue",
    ),
    ("api", &["apalis"], "the API knows no queue type"),
    ("worker", &["axum", "hyper", "async-graphql"], "the worker serves nobody"),
];

/// The names under `[dependencies]`, `[dev-dependencies]` and `[build-dependencies]` of a manifest.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line.trim_matches(['[', ']']).ends_with("dependencies");
        } else if inside && !line.is_empty() && !line.starts_with('#') {
            let name: String =
                line.chars().take_while(|c| c.is_alphanumeric() || "-_".contains(*c)).collect();
            names.push(name);
        }
    }
    names
}

/// Every arrow of this manifest that the map does not have.
fn wrong_arrows(member: &Member, manifest: &str) -> Vec<String> {
    let ours = |name: &str| MEMBERS.iter().any(|member| member.name == name);
    let strangers = STRANGERS.iter().find(|(name, ..)| *name == member.name);
    let wrong = |name: &String| {
        let forbidden =
            strangers.is_some_and(|(_, prefixes, _)| prefixes.iter().any(|prefix| name.starts_with(prefix)));
        forbidden || (ours(name) && !member.may_need.contains(&name.as_str()))
    };
    dependencies(manifest).into_iter().filter(wrong).map(|name| format!("{} → {name}", member.name)).collect()
}

fn manifest<'a>(sources: &'a [Source], member: &Member) -> &'a str {
    let path = format!("{}/Cargo.toml", member.directory);
    &sources.iter().find(|source| source.path == path).unwrap_or_else(|| panic!("{path} is missing")).text
}

#[test]
fn crates_need_only_what_the_map_lets_them() {
    let sources = sources();
    let findings: Vec<_> =
        MEMBERS.iter().flat_map(|member| wrong_arrows(member, manifest(&sources, member))).collect();
    none(&findings, "arrows that turn round (see docs/architecture.md)");
}

#[test]
fn the_history_of_the_schema_needs_nothing_but_its_tool() {
    let sources = sources();
    let migration = MEMBERS.iter().find(|member| member.name == "migration").unwrap();
    let needed = dependencies(manifest(&sources, migration));
    assert_eq!(needed, ["sea-orm-migration"]);
}

#[test]
fn every_member_of_the_workspace_is_on_the_map() {
    let sources = sources();
    let workspace = &sources.iter().find(|source| source.path == "Cargo.toml").unwrap().text;
    let members = workspace.lines().find_map(|line| line.strip_prefix("members = ")).unwrap();
    let named: Vec<_> = members.split('"').skip(1).step_by(2).collect();
    let mapped: Vec<_> = MEMBERS.iter().map(|member| member.directory).collect();
    let mut sorted = (named.clone(), mapped.clone());
    sorted.0.sort_unstable();
    sorted.1.sort_unstable();
    assert_eq!(sorted.0, sorted.1);
}

#[test]
fn use_lines_follow_the_same_arrows() {
    let sources = sources();
    let mut findings = Vec::new();
    for member in MEMBERS.iter().filter(|member| !["cli", "tests", "bench"].contains(&member.directory)) {
        let foreign: Vec<String> = MEMBERS
            .iter()
            .filter(|other| other.name != member.name && !member.may_need.contains(&other.name))
            .flat_map(|other| [format!("use {}::", other.name), format!("pub use {}::", other.name)])
            .collect();
        let inside =
            |source: &&Source| source.is_rust() && source.path.starts_with(&format!("{}/", member.directory));
        for source in sources.iter().filter(inside) {
            for (number, line) in source.code() {
                // `use tests::…` inside a crate is its own test module.
                if foreign.iter().any(|name| line.starts_with(name.as_str()) && !line.contains("tests::")) {
                    findings.push(format!("{}:{number}: {line}", source.path));
                }
            }
        }
    }
    none(&findings, "use lines against the arrows");
}

#[test]
fn apalis_is_named_only_where_the_queue_is() {
    let may = |path: &str| path.starts_with("worker/src/queue") || path.starts_with("tests/it/house");
    let findings: Vec<_> = sources()
        .iter()
        .filter(|source| source.is_rust() && !may(&source.path))
        .flat_map(|source| {
            let named = source.code().filter(|(_, line)| line.contains("apalis"));
            named.map(|(number, line)| format!("{}:{number}: {line}", source.path)).collect::<Vec<_>>()
        })
        .collect();
    none(&findings, "apalis outside worker/src/queue*.rs");
}

#[test]
fn an_arrow_that_turns_round_is_found() {
    let member = |name: &str| MEMBERS.iter().find(|member| member.name == name).unwrap();
    let manifest = "[package]\nname = \"x\"\n\n[dependencies]\nentity.workspace = true\nworker = { path = \"../worker\" }\n\n[dev-dependencies]\napalis-sqlite = \"1\"\n[lints]\nworkspace = true\n";
    assert_eq!(wrong_arrows(member("api"), manifest), ["api → worker", "api → apalis-sqlite"]);
    assert_eq!(wrong_arrows(member("partner-center"), manifest), Vec::<String>::new());
    assert_eq!(
        wrong_arrows(member("entity"), manifest),
        ["entity → entity", "entity → worker", "entity → apalis-sqlite"]
    );
}
