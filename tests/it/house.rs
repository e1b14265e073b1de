//! The rules of the house: arrows between crates and rooms, the map, names, lengths, prose, nothing
//! unfinished.

mod arrows;
mod dependencies;
mod machines;
mod map;
mod named;
mod prose;
mod ranks;
mod sources;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The top directory of the repository.
fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A text file of the repository, with its path from the top.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Lines of code with their numbers, without those that are only a comment.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbered = self.text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
        numbered.filter(|(_, line)| !line.starts_with("//"))
    }
}

/// Every text file that is, or could be, part of the repository.
fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    collect(&top(), &top(), &mut found);
    assert!(found.iter().any(|source| source.path == "tests/it/house.rs"), "the walk finds this file");
    found
}

fn collect(directory: &Path, top: &Path, found: &mut Vec<Source>) {
    const NOT_OURS: &[&str] = &["target", ".git", "node_modules", "build", "demo-data"];
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        if NOT_OURS.contains(&name.as_ref()) {
            continue;
        }
        if path.is_dir() {
            collect(&path, top, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            let path = path.strip_prefix(top).unwrap().to_string_lossy().into_owned();
            found.push(Source { path, text });
        }
    }
}

/// Fails with all findings at once.
fn none(findings: &[String], rule: &str) {
    assert!(findings.is_empty(), "{rule}:\n  {}", findings.join("\n  "));
}
