//! Public clients and audits against the front: the 61 checks of `graphql-http`, `graphql-ws` and
//! `graphql-sse`. Needs `node` and `npm`; where they are missing it says loudly that it was skipped.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use api::http::FrontConfig;

use super::kit::{TestFront, token};

/// A directory with the scripts and their packages, or why there is none.
fn scripts(test: &str) -> Result<PathBuf, String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    std::fs::create_dir_all(&directory).unwrap();
    for file in ["package.json", "package-lock.json", "run.mjs"] {
        std::fs::copy(source.join(file), directory.join(file)).unwrap();
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--prefer-offline"]);
    let installed = npm.current_dir(&directory).stdin(Stdio::null()).output();
    match installed {
        Ok(output) if output.status.success() => Ok(directory),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Runs the scripts against `front`.
async fn run(front: &TestFront, more: &'static [&'static str], test: &'static str) {
    let directory = match tokio::task::spawn_blocking(move || scripts(test)).await.unwrap() {
        Ok(directory) => directory,
        Err(reason) => return eprintln!("SKIPPED {test}: {reason}"),
    };
    let (origin, token) = (front.url(""), token());
    let run = move || {
        let mut node = Command::new("node");
        node.args(["run.mjs", &origin, &token]).args(more).current_dir(directory);
        node.stdin(Stdio::null()).output()
    };
    let Output { status, stdout, stderr } = tokio::task::spawn_blocking(run).await.unwrap().unwrap();
    let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{stdout}\n{stderr}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn public_clients_and_audits_are_satisfied() {
    let front = TestFront::start().await;
    run(&front, &[], "public_clients_and_audits_are_satisfied").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_audits_are_satisfied_in_production_too() {
    let front = TestFront::with(FrontConfig::production()).await;
    run(&front, &["audits"], "all_audits_are_satisfied_in_production_too").await;
}
