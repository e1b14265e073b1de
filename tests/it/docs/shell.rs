//! Every shell example is run by the shell, with the real `curl`.

use std::io::Write;
use std::process::Command;

use serde_json::Value;
use tests::need;

use super::example::{Example, examples};
use super::pattern::{differences, text_fits};
use super::{Demo, page};

const PAGE: &str = "docs/api/curl.md";
/// Longest time of one example, in seconds: an export is waited for.
const LIMIT_S: &str = "60";

/// Output of an example that ended well.
fn run(demo: &Demo, example: &Example) -> Result<String, String> {
    let directory = tempfile::tempdir().unwrap();
    let persona = example.code.setting("as").unwrap_or("operator");
    let mut command = Command::new("timeout");
    command.args([LIMIT_S, "bash", "-euo", "pipefail", "-c", &example.code.text]);
    command.current_dir(&directory).env("PARTNER_CENTER", &demo.url).env("TOKEN", demo.token(persona));
    // What the machine's proxies would make of a local address is not the example's matter.
    command.env("no_proxy", "*").env("NO_PROXY", "*");
    let ended = command.output().unwrap();
    let out = String::from_utf8(ended.stdout).unwrap().replace('\r', "");
    let err = String::from_utf8_lossy(&ended.stderr).into_owned();
    if ended.status.success() { Ok(out) } else { Err(format!("{}\n{out}{err}", ended.status)) }
}

/// Differences between the output and the one that is shown.
fn wrong(example: &Example, out: &str) -> Vec<String> {
    match &example.answer {
        None if out.trim().is_empty() => vec!["nothing was printed".into()],
        None => Vec::new(),
        Some(fence) if fence.language == "json" => match serde_json::from_str::<Value>(out) {
            Ok(answer) => differences(&serde_json::from_str(&fence.text).unwrap(), &answer),
            Err(error) => vec![format!("{error}: {out}")],
        },
        Some(fence) if text_fits(fence.text.trim(), out.trim()) => Vec::new(),
        Some(fence) => vec![format!("shown:\n{}printed:\n{out}", fence.text)],
    }
}

#[test]
fn every_shell_example_prints_what_its_page_says() {
    if let Some(missing) = ["bash", "curl", "jq", "timeout"].iter().find(|name| need::program(name).is_none())
    {
        // Not eprintln!: the harness would hide it, because the test passes.
        let _ = writeln!(std::io::stderr(), "\nSKIPPED: the examples of {PAGE} need {missing}");
        return;
    }
    let demo = Demo::serve();
    let found = examples(&page(PAGE), "sh");
    assert!(found.len() >= 8, "{PAGE} has {} examples", found.len());
    let mut findings = Vec::new();
    for example in &found {
        let differs = match run(&demo, example) {
            Ok(out) => wrong(example, &out),
            Err(failed) => vec![failed],
        };
        findings.extend(differs.iter().map(|differs| format!("{PAGE}:{} {differs}", example.code.line)));
    }
    assert!(findings.is_empty(), "examples that do not do what their page says:\n{}", findings.join("\n"));
}
