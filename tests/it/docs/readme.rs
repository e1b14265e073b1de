//! The first month of one's own, as the README tells it.

use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::symlink;
use std::process::{Command, Output};

use tests::need;
use tests::world::FOCUS_HEADER;

use super::example::examples;
use super::page;

/// Address that the README serves on.
const ADDRESS: &str = "127.0.0.1:8080";
/// Longest time of all of it, in seconds.
const LIMIT_S: &str = "300";
/// Ends what the commands left running, as closing the terminal does.
const AT_THE_END: &str = "trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n";

/// A bill of one account: 1,000 CNY were paid in August.
fn bill() -> String {
    let row = "1000,CNY,Usage,,2026-08-10 00:00:00,Compute,Compute,100,Example Cloud,Example Cloud,Example Cloud,,Usage";
    format!("{FOCUS_HEADER}\n{row}\n")
}

/// Runs `commands` as somebody would who has the program on the path and a bill at hand.
fn run(commands: &str) -> Output {
    let directory = tempfile::tempdir().unwrap();
    let bin = directory.path().join("bin");
    std::fs::create_dir(&bin).unwrap();
    symlink(env!("CARGO_BIN_EXE_partner-center-under-test"), bin.join("partner-center")).unwrap();
    std::fs::write(directory.path().join("bill.csv"), bill()).unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let commands = commands.replace(ADDRESS, &format!("127.0.0.1:{port}"));
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new("timeout");
    command.args([LIMIT_S, "bash", "-euo", "pipefail", "-c", &format!("{AT_THE_END}{commands}")]);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PARTNER_CENTER_") {
            command.env_remove(name);
        }
    }
    command.env("PATH", path).env("no_proxy", "*").current_dir(&directory).output().unwrap()
}

#[test]
fn the_first_month_goes_as_the_readme_tells_it() {
    if let Some(missing) = ["bash", "curl", "timeout"].iter().find(|name| need::program(name).is_none()) {
        // Not eprintln!: the harness would hide it, because the test passes.
        let _ = writeln!(std::io::stderr(), "\nSKIPPED: the commands of the README need {missing}");
        return;
    }
    let readme = page("README.md");
    let [month] = &examples(&readme, "sh")[..] else { panic!("the README has one block of commands") };
    let ended = run(&month.code.text);
    let (out, err) = (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    assert!(ended.status.success(), "{}\n{out}\n{err}", ended.status);
    assert_eq!(out.matches("\"userErrors\":[]").count(), 5, "every change is taken: {out}");
    assert!(!out.contains("\"errors\""), "{out}");
    for shown in ["unmatched", "50.00", "identities hold"] {
        assert!(out.contains(shown), "{shown} is not among\n{out}");
    }
}
