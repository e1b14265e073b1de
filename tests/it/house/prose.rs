//! Doc comments are sentences: those that are none are counted by folder, and their number only goes down.

use std::collections::BTreeMap;

use super::{Source, sources};

/// Words that begin a question where a reader wants its answer: "Who asked." says less than "Subject of the token".
const QUESTIONS: &[&str] = &["What", "Who", "How", "Which", "Where", "When", "Why", "Whose"];
/// Fewest words of a doc comment: with fewer it repeats the name of its item.
const FEWEST_WORDS: usize = 3;
/// A folder may have this many fewer than [`LEFT`] says, so that not every comment that is mended changes this file.
const SLACK: usize = 10;

/// Doc comments that begin with a question or are too short, by folder. A number is lowered, never raised; a folder
/// without a line has none.
const LEFT: &[(&str, usize)] = &[
    ("api/src", 14),
    ("api/src/auth", 16),
    ("api/src/files", 1),
    ("api/src/graphql", 242),
    ("api/tests", 6),
    ("cli/src", 2),
    ("domain/src", 1),
    ("domain/src/kernel", 9),
    ("domain/src/money", 215),
    ("domain/src/operate", 27),
    ("domain/src/opportunity", 20),
    ("domain/src/performance", 155),
    ("domain/src/programme", 27),
    ("domain/src/reading", 116),
    ("domain/src/settlement", 73),
    ("domain/src/source", 51),
    ("tests/it", 77),
    ("tests/src", 29),
];

#[test]
fn no_folder_gains_a_doc_comment_that_is_no_sentence() {
    let found = found();
    let left = |folder: &str| LEFT.iter().find(|(name, _)| *name == folder).map_or(0, |(_, left)| *left);
    let mut gained = String::new();
    for (folder, places) in &found {
        if places.len() > left(folder) {
            gained += &format!("\n{folder}: {} now, {} were left", places.len(), left(folder));
            gained += &format!("\n  {}", places.join("\n  "));
        }
    }
    assert!(
        gained.is_empty(),
        "doc comments that begin with {QUESTIONS:?} or have fewer than {FEWEST_WORDS} words. Write of the new ones \
         what the item is, its unit, when there is none and who sets it; if the name of a private item says all of \
         that, drop the comment.{gained}"
    );
    for (folder, left) in LEFT {
        let count = found.get(*folder).map_or(0, Vec::len);
        assert!(count + SLACK >= *left, "{folder}: only {count} are left; write that number into LEFT");
    }
}

#[test]
fn a_question_and_a_word_or_two_are_no_sentence() {
    for text in ["Who asked for it.", "When.", "Key.", "What: a name of the list.", "The partner."] {
        assert!(is_no_sentence(text), "{text}");
    }
    for text in ["Subject of the token.", "Whatever a partner sells.", "Whenever it is asked for."] {
        assert!(!is_no_sentence(text), "{text}");
    }
    let text = "//! A file.\n\n/// The first\n/// of two.\npub a: i64,\n    /// Why.\n    pub b: i64,\n//// A line.\n";
    let expected = [(1, "A file."), (3, "The first of two."), (6, "Why.")];
    assert_eq!(doc_comments(text), expected.map(|(line, text)| (line, text.to_owned())));
    for (path, expected) in [
        ("domain/src/money/payout/mod.rs", "domain/src/money"),
        ("api/src/http/router.rs", "api/src/http"),
        ("domain/src/lib.rs", "domain/src"),
        ("entity/src/tables/payouts/enums.rs", "entity/src"),
        ("tests/it/house/prose.rs", "tests/it"),
    ] {
        assert_eq!(folder(path), expected);
    }
}

/// The doc comments that are no sentences, with their places, by folder.
fn found() -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources().iter().filter(|source| source.is_rust()) {
        found.entry(folder(&source.path)).or_default().extend(in_file(source));
    }
    found
}

/// The folder with which a file is counted: a room of the domain, a half of the API, else the sources of a crate.
fn folder(path: &str) -> String {
    let parts: Vec<_> = path.split('/').collect();
    let depth = match parts.as_slice() {
        ["domain" | "api", "src", _, _, ..] => 3,
        _ => 2,
    };
    let above = parts.len().saturating_sub(1);
    parts.into_iter().take(depth.min(above)).collect::<Vec<_>>().join("/")
}

fn in_file(source: &Source) -> Vec<String> {
    let wrong = doc_comments(&source.text).into_iter().filter(|(_, text)| is_no_sentence(text));
    wrong.map(|(line, text)| format!("{}:{line}: {text}", source.path)).collect()
}

/// Doc comments with the number of their first line; the lines of one are joined.
fn doc_comments(text: &str) -> Vec<(usize, String)> {
    let mut comments: Vec<(usize, String)> = vec![];
    let mut before = None;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_start();
        let mark =
            ["///", "//!"].into_iter().find(|mark| line.starts_with(mark) && !line.starts_with("////"));
        if let Some(mark) = mark {
            let words = line[mark.len()..].trim();
            match comments.last_mut().filter(|_| before == Some(mark)) {
                Some((_, text)) => {
                    text.push(' ');
                    text.push_str(words);
                }
                None => comments.push((index + 1, words.to_owned())),
            }
        }
        before = mark;
    }
    comments
}

fn is_no_sentence(text: &str) -> bool {
    let words: Vec<_> = text.split_whitespace().collect();
    let first = words.first().map_or("", |word| word.trim_end_matches(|c: char| !c.is_alphanumeric()));
    QUESTIONS.contains(&first) || words.len() < FEWEST_WORDS
}
