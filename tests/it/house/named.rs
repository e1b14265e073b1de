//! The modules of its own crate that a source names: its `use` lines, and paths inside its code.

use std::collections::BTreeMap;

use super::Source;

/// A module or item that a source names, from the root of its crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The line on which it is named.
    pub(super) line: usize,
    /// The path without `crate`, e.g. `["money", "payment", "apply", "step"]`.
    pub(super) path: Vec<String>,
}

/// The names that the root of a crate gives to other things: the last part of `pub use a::b::C;` stands for
/// all of it.
pub(super) type Renamed = BTreeMap<String, Vec<String>>;

/// Reads the `pub use` lines of a crate's root.
pub(super) fn renamed(root: &str) -> Renamed {
    let code = without_comments(root);
    let mut found = Vec::new();
    for (start, _) in code.match_indices("pub use ") {
        tree(&code[start + "pub use ".len()..], &[], &mut found);
    }
    found.into_iter().filter_map(|path| Some((path.last()?.clone(), path))).collect()
}

/// The module that a file of a crate is: `a/mod.rs` and `a.rs` are both `a`, the root is empty.
pub(super) fn module_of(path: &str) -> Vec<String> {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').filter(|part| !["lib", "main"].contains(part)).map(str::to_owned).collect()
}

/// Everything of its own crate that `source` names; `within` is the directory of the crate's root.
pub(super) fn named(source: &Source, within: &str, renamed: &Renamed) -> Vec<Named> {
    let file = source.path.strip_prefix(within).unwrap_or(&source.path).trim_start_matches('/');
    named_in(&source.text, &module_of(file), renamed)
}

/// The same of a text that is the module `me`.
pub(super) fn named_in(text: &str, me: &[String], renamed: &Renamed) -> Vec<Named> {
    let code = without_comments(text);
    let tests = code.find("\nmod tests {").unwrap_or(code.len());
    let inner = [me, &["tests".to_owned()]].concat();
    let mut found = Vec::new();
    for word in ["crate", "self", "super"] {
        for (start, _) in code.match_indices(word) {
            let before = code[..start].chars().next_back();
            let is_path = code[start + word.len()..].starts_with("::");
            if !is_path || before.is_some_and(|c| c.is_alphanumeric() || "_:$".contains(c)) {
                continue;
            }
            let mut paths = Vec::new();
            tree(&code[start..], &[], &mut paths);
            let line = code[..start].matches('\n').count() + 1;
            let at = if start > tests { &inner } else { me };
            let absolute = paths.into_iter().filter_map(|path| absolute(&path, at, renamed));
            found.extend(absolute.map(|path| Named { line, path }));
        }
    }
    found
}

/// Code with its comments blanked out, line by line. An address in a text is no comment.
fn without_comments(text: &str) -> String {
    let plain = |line: &str| {
        let comment = line.match_indices("//").find(|(at, _)| !line[..*at].ends_with(':'));
        comment.map_or(line, |(at, _)| &line[..at]).to_owned()
    };
    text.lines().map(|line| plain(line) + "\n").collect()
}

/// A path from the root of the crate; nothing if it is only `self` or `super` of something else.
fn absolute(path: &[String], me: &[String], renamed: &Renamed) -> Option<Vec<String>> {
    let (first, rest) = path.split_first()?;
    let base = match first.as_str() {
        "crate" => vec![],
        "self" => me.to_vec(),
        "super" => me.split_last()?.1.to_vec(),
        _ => return None,
    };
    if rest.first().is_some_and(|next| next == "super") {
        return absolute(rest, &base, renamed);
    }
    let whole = [base.as_slice(), rest].concat();
    match whole.first().and_then(|name| renamed.get(name)) {
        Some(known) if first == "crate" => Some([known.as_slice(), &whole[1..]].concat()),
        _ => Some(whole),
    }
}

/// Reads `a::b::{c, d::e}` from the beginning of `text` into the paths it stands for; returns what follows.
fn tree<'t>(text: &'t str, before: &[String], found: &mut Vec<Vec<String>>) -> &'t str {
    let text = text.trim_start();
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let mut path = before.to_vec();
    // `a::{self}` is `a`, `a::*` is whatever `a` has.
    if !name.is_empty() && (name != "self" || before.is_empty()) {
        path.push(name.to_owned());
    }
    let Some(inside) = rest.strip_prefix("::") else {
        found.push(path);
        return rest;
    };
    let Some(mut list) = inside.strip_prefix('{') else { return tree(inside, &path, found) };
    loop {
        list = tree(list, &path, found);
        // Skips `as another`, which changes nothing about what is named.
        let Some(next) = list.find([',', '}']) else { return "" };
        let closes = list[next..].starts_with('}') || list[next + 1..].trim_start().starts_with('}');
        if closes {
            return list[next..].trim_start_matches([',', ' ', '\n']).strip_prefix('}').unwrap_or_default();
        }
        list = &list[next + 1..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str, me: &[&str]) -> Vec<String> {
        let renamed = renamed("pub use kernel::{actor::Actor, store::{Store, Tx}};\n");
        let me: Vec<String> = me.iter().map(|part| (*part).to_owned()).collect();
        let mut found: Vec<_> =
            named_in(text, &me, &renamed).into_iter().map(|named| named.path.join("::")).collect();
        found.sort();
        found
    }

    #[test]
    fn every_way_to_name_a_module_is_found() {
        let me = ["money", "payment", "apply"];
        let cases: &[(&str, &[&str])] = &[
            ("use crate::kernel::store::Store;", &["kernel::store::Store"]),
            (
                "use crate::kernel::{\n    error::{Error, Result as R},\n    write::{self, *},\n};\nuse std::fmt;",
                &["kernel::error::Error", "kernel::error::Result", "kernel::write", "kernel::write"],
            ),
            (
                "use super::guard;\nuse super::super::ledger::post;",
                &["money::ledger::post", "money::payment::guard"],
            ),
            ("pub use self::part::Part;", &["money::payment::apply::part::Part"]),
            ("fn f() { crate::reading::list::page(1) }", &["reading::list::page"]),
            ("x!(a, crate::notify::tell(b), super::c());", &["money::payment::c", "notify::tell"]),
            ("use crate::{Actor, Tx};", &["kernel::actor::Actor", "kernel::store::Tx"]),
            ("// crate::a\n/// [`crate::b`]\nlet url = \"https://host\"; crate::c(); // crate::d", &["c"]),
            ("use other::supers::b; my_crate::x; $crate::y;", &[]),
            (
                "mod a;\n#[cfg(test)]\nmod tests {\n    use super::*;\n    use super::super::guard;\n}",
                &["money::payment::apply", "money::payment::guard"],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(paths(text, &me), *expected, "{text}");
        }
    }

    #[test]
    fn a_file_is_the_module_of_its_path() {
        for (file, module) in [
            ("lib.rs", ""),
            ("money/mod.rs", "money"),
            ("money.rs", "money"),
            ("money/payment/apply.rs", "money::payment::apply"),
        ] {
            assert_eq!(module_of(file).join("::"), module, "{file}");
        }
    }

    #[test]
    fn a_name_has_the_line_it_stands_on() {
        let found = named_in("\n// a line\nuse crate::b;\n", &[], &Renamed::new());
        assert_eq!(found, [Named { line: 3, path: vec!["b".into()] }]);
    }
}
