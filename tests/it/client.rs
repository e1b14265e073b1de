//! The TypeScript client: made from this schema, and at work against this program. Needs Node and npm.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tests::need;

/// Directory of the package.
fn package() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("clients/typescript")
}

fn skip(reason: &str) {
    // Not eprintln!: the harness would hide it, because the test passes.
    let _ = writeln!(std::io::stderr(), "\nSKIPPED: the TypeScript client was not tested: {reason}");
}

fn npm(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    Command::new("npm")
        .args(arguments)
        .current_dir(package())
        .envs(environment.iter().copied())
        .output()
        .unwrap()
}

fn text(ended: &Output) -> String {
    format!("{}\n{}", String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr))
}

/// Runs a script of the package, which must succeed.
fn script(name: &str, environment: &[(&str, &str)]) {
    let ended = npm(&["run", "--silent", name], environment);
    assert!(ended.status.success(), "npm run {name}: {}", text(&ended));
}

/// Whether the packages that the lock file names are installed, or could be.
fn installed() -> bool {
    let age = |file: &str| package().join(file).metadata().and_then(|file| file.modified()).ok();
    if age("node_modules/.package-lock.json").is_some_and(|there| age("package-lock.json") <= Some(there)) {
        return true;
    }
    let ended = npm(&["ci"], &[]);
    if !ended.status.success() {
        skip(&format!("npm ci failed, perhaps without a network: {}", text(&ended)));
    }
    ended.status.success()
}

#[test]
fn the_typescript_client_is_made_from_the_schema_and_works_against_the_program() {
    if need::program("node").is_none() || need::program("npm").is_none() {
        return skip("node and npm are not on the path");
    }
    if !installed() {
        return;
    }
    let fresh = tempfile::tempdir().unwrap();
    script("generate", &[("GENERATED", fresh.path().to_str().unwrap())]);
    let read = |path: PathBuf| std::fs::read_to_string(path).unwrap();
    let (made, kept) = (read(fresh.path().join("api.ts")), read(package().join("src/generated/api.ts")));
    assert!(
        made == kept,
        "clients/typescript/src/generated is not of this schema: `make client` makes it anew"
    );
    script("build", &[]);
    script("test", &[("PARTNER_CENTER_PROGRAM", env!("CARGO_BIN_EXE_partner-center-under-test"))]);
}

#[test]
fn the_lock_file_names_versions_and_no_place_they_come_from() {
    let lock: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(package().join("package-lock.json")).unwrap()).unwrap();
    let packages = lock["packages"].as_object().unwrap();
    assert!(packages.len() > 50);
    let placed: Vec<_> = packages.iter().filter(|(_, package)| package.get("resolved").is_some()).collect();
    assert!(placed.is_empty(), "{placed:?}");
    let unproved = |(name, package): &(&String, &serde_json::Value)| {
        !name.is_empty() && package.get("integrity").is_none()
    };
    let unproved: Vec<_> = packages.iter().filter(unproved).map(|(name, _)| name).collect();
    assert!(unproved.is_empty(), "without a checksum: {unproved:?}");
}
