//! Files that an import reads: files, directories, patterns and manifests become a list.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde_json::Value;

/// Endings of files of bills, to be found in directories.
const ENDINGS: &[&str] = &[".csv", ".csv.gz", ".gz", ".parquet", ".parq"];
/// Ending of manifests: JSON that names the files of an export.
const MANIFEST: &str = ".json";
/// Names under which manifests of exports list their files.
const LISTS: &[&str] = &["dataFiles", "files", "blobs", "reportKeys", "manifest", "entries"];
/// Names under which an entry of such a list says which file it is.
const NAMES: &[&str] = &["blobName", "fileName", "path", "key", "name", "url", "uri"];

/// The files behind what was named on the command line, each once, in the order of their names within what named them.
pub(crate) fn all(named: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in named {
        for file in behind(path)? {
            if !files.contains(&file) {
                files.push(file);
            }
        }
    }
    Ok(files)
}

fn behind(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let text = path.to_string_lossy();
    let mut found = if path.is_dir() {
        entries(path)?.into_iter().filter(|file| ends_like_a_bill(file)).collect()
    } else if !path.exists() && text.contains(['*', '?']) {
        let pattern = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let directory = parent.unwrap_or(Path::new("."));
        let fits =
            |file: &PathBuf| matches(&pattern, &file.file_name().unwrap_or_default().to_string_lossy());
        entries(directory)?.into_iter().filter(fits).collect()
    } else if text.to_ascii_lowercase().ends_with(MANIFEST) {
        return listed(path);
    } else {
        vec![path.to_owned()]
    };
    if found.is_empty() {
        bail!("{text} names no file of a bill.");
    }
    found.sort_unstable();
    Ok(found)
}

fn entries(directory: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let unreadable = || format!("{} cannot be read", directory.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(directory).with_context(unreadable)? {
        let path = entry.with_context(unreadable)?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    Ok(files)
}

fn ends_like_a_bill(file: &Path) -> bool {
    let name = file.to_string_lossy().to_ascii_lowercase();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// `*` is any text, `?` any character.
fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n, mut star) = (0, 0, None);
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(c) if *c == '?' || *c == name[n] => (p, n) = (p + 1, n + 1),
            _ => match star {
                Some((at, taken)) => {
                    star = Some((at, taken + 1));
                    (p, n) = (at + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// The files that a manifest lists, beside it: where a name leads into somebody's store, the file of that name.
fn listed(manifest: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let text = std::fs::read_to_string(manifest)
        .with_context(|| format!("{} cannot be read", manifest.display()))?;
    let json: Value =
        serde_json::from_str(&text).with_context(|| format!("{} is no JSON", manifest.display()))?;
    let list = match &json {
        Value::Array(list) => Some(list),
        Value::Object(fields) => LISTS.iter().find_map(|name| fields.get(*name)?.as_array()),
        _ => None,
    };
    let Some(list) = list.filter(|list| !list.is_empty()) else {
        bail!("{} lists no files ({}).", manifest.display(), LISTS.join(", "));
    };
    let beside = manifest.parent().unwrap_or(Path::new(""));
    list.iter()
        .map(|entry| {
            let name = entry
                .as_str()
                .or_else(|| NAMES.iter().find_map(|name| entry.get(*name)?.as_str()))
                .with_context(|| format!("{} lists something without a name", manifest.display()))?;
            let last = name.rsplit('/').next().unwrap_or(name);
            let candidates = [beside.join(name), beside.join(last)];
            let found = candidates.into_iter().find(|file| file.is_file());
            found.with_context(|| format!("{name}, which {} lists, is not beside it", manifest.display()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory() -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        for name in ["b.csv", "a.csv.gz", "c.parquet", "notes.txt"] {
            std::fs::write(directory.path().join(name), "x").unwrap();
        }
        directory
    }

    fn names(files: &[PathBuf]) -> Vec<String> {
        files.iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_directory_and_a_pattern_name_their_bills_in_order_and_each_once() {
        let directory = directory();
        let of = |name: &str| directory.path().join(name);
        assert_eq!(names(&all(&[directory.path().to_owned()]).unwrap()), ["a.csv.gz", "b.csv", "c.parquet"]);
        assert_eq!(names(&all(&[of("b.csv"), of("*.csv*")]).unwrap()), ["b.csv", "a.csv.gz"]);
        assert!(all(&[of("*.xlsx")]).is_err());
        assert!(matches("part-?-*.csv", "part-1-of-2.csv") && !matches("part-?.csv", "part-10.csv"));
    }

    #[test]
    fn a_manifest_names_the_files_beside_it() {
        let directory = directory();
        let of = |name: &str| directory.path().join(name);
        for (name, json) in [
            ("one.json", r#"{"dataFiles": ["s3://bucket/export/b.csv", "a.csv.gz"]}"#),
            ("two.json", r#"{"blobs": [{"blobName": "x/y/b.csv"}, {"blobName": "a.csv.gz"}]}"#),
            ("three.json", r#"["b.csv", "a.csv.gz"]"#),
        ] {
            std::fs::write(of(name), json).unwrap();
            assert_eq!(names(&all(&[of(name)]).unwrap()), ["b.csv", "a.csv.gz"], "{name}");
        }
        std::fs::write(of("gone.json"), r#"{"files": ["gone.csv"]}"#).unwrap();
        assert!(all(&[of("gone.json")]).unwrap_err().to_string().contains("gone.csv"));
    }
}
