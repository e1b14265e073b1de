//! Licences, bans and second versions of what we depend on, by the rules of `deny.toml`: no network, nothing to install.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, ParseMode};

use super::{none, sources, top};

fn read(path: &str) -> Value {
    let text = fs::read_to_string(top().join(path)).unwrap();
    toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The answer of `cargo metadata` for this platform.
fn metadata() -> Value {
    let said = Command::new("rustc").arg("-vV").current_dir(top()).output().unwrap().stdout;
    let said = String::from_utf8(said).unwrap();
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let arguments = ["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", host];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(top()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_licence_goes_together_with_ours() {
    let rules = read("deny.toml");
    let allowed: BTreeSet<&str> = list(&rules["licenses"]["allow"]).filter_map(Value::as_str).collect();
    let excepted: BTreeSet<&str> =
        list(&rules["licenses"]["exceptions"]).map(|exception| text(exception, "crate")).collect();
    let metadata = metadata();
    let fits = |package: &Value| {
        let expression = Expression::parse_mode(text(package, "license"), ParseMode::LAX);
        expression.is_ok_and(|expression| {
            expression.evaluate(|needed| allowed.contains(needed.to_string().as_str()))
        })
    };
    let foreign = list(&metadata["packages"]).filter(|package| !package["source"].is_null());
    let refused: Vec<_> = foreign
        .filter(|package| !fits(package) && !excepted.contains(text(package, "name")))
        .map(|package| format!("{} {}", text(package, "name"), package["license"]))
        .collect();
    none(&refused, "licences that deny.toml does not allow");
}

#[test]
fn nothing_that_is_banned_is_built_in() {
    let rules = read("deny.toml");
    let metadata = metadata();
    let banned: BTreeSet<&str> = list(&rules["bans"]["deny"]).map(|ban| text(ban, "crate")).collect();
    let mut found: Vec<String> = list(&metadata["packages"])
        .filter(|package| banned.contains(text(package, "name")))
        .map(|package| text(package, "name").to_owned())
        .collect();
    let names: BTreeMap<&str, &str> =
        list(&metadata["packages"]).map(|package| (text(package, "id"), text(package, "name"))).collect();
    for ban in list(&rules["bans"]["features"]) {
        for node in list(&metadata["resolve"]["nodes"]) {
            let of_it = names.get(text(node, "id")) == Some(&text(ban, "crate"));
            let on = list(&node["features"]).filter(|feature| list(&ban["deny"]).any(|no| no == *feature));
            found
                .extend(on.filter(|_| of_it).map(|feature| format!("{} with {feature}", text(ban, "crate"))));
        }
    }
    for (member, name, wanted) in wanted() {
        let version = wanted.as_str().or_else(|| wanted["version"].as_str());
        if version == Some("*") {
            found.push(format!("{member} wants any version of {name}"));
        }
    }
    none(&found, "banned by deny.toml");
}

#[test]
fn a_second_version_of_a_crate_has_its_reason() {
    let (rules, lock) = (read("deny.toml"), read("Cargo.lock"));
    let skipped: BTreeSet<&str> = list(&rules["bans"]["skip"]).map(|skip| text(skip, "crate")).collect();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in list(&lock["package"]) {
        versions.entry(text(package, "name")).or_default().push(text(package, "version"));
    }
    versions.retain(|_, versions| versions.len() > 1);
    let known: BTreeSet<String> = versions
        .iter()
        .flat_map(|(name, versions)| versions.iter().map(move |version| format!("{name}@{version}")))
        .collect();
    let mut found: Vec<String> = Vec::new();
    for (name, versions) in &versions {
        let new = versions.iter().filter(|version| !skipped.contains(format!("{name}@{version}").as_str()));
        if new.clone().count() > 1 {
            found.push(format!("{name}: {}", new.copied().collect::<Vec<_>>().join(", ")));
        }
    }
    found.extend(
        skipped
            .iter()
            .filter(|skip| !known.contains(**skip))
            .map(|skip| format!("{skip} is skipped, but no second version of it is there")),
    );
    none(&found, "one version of each crate, or a line in `skip` of deny.toml");
}

/// The dependencies of the members' manifests: member, crate and how.
fn wanted() -> Vec<(String, String, Value)> {
    let workspace = read("Cargo.toml");
    let mut wanted = Vec::new();
    for member in list(&workspace["workspace"]["members"]).filter_map(Value::as_str) {
        let manifest = read(&format!("{member}/Cargo.toml"));
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            for (name, how) in manifest[section].as_object().into_iter().flatten() {
                let how = if how["workspace"] == true {
                    &workspace["workspace"]["dependencies"][name]
                } else {
                    how
                };
                wanted.push((member.to_owned(), name.clone(), how.clone()));
            }
        }
    }
    wanted
}

#[test]
fn what_a_manifest_asks_for_stands_in_the_code() {
    let sources = sources();
    let unused: Vec<String> = wanted()
        .into_iter()
        .filter(|(member, name, _)| {
            let word = name.replace('-', "_");
            let mine = sources.iter().filter(|source| source.is_rust());
            let mut mine = mine.filter(|source| source.path.starts_with(&format!("{member}/")));
            let named = |text: &str| {
                text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|found| found == word)
            };
            !mine.any(|source| source.code().any(|(_, line)| named(line)))
        })
        .map(|(member, name, _)| format!("{member} does not use {name}"))
        .collect();
    none(&unused, "dependencies nobody uses");
}
