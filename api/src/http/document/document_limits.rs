//! Counts what a document asks for before anything else looks at it: linear in its length, each
//! fragment counted once, however often it is spread. PURE.

use std::collections::HashMap;

use apollo_compiler::ast::{Definition, DirectiveList, Document, FragmentDefinition, Selection};

use crate::http::limits::{
    ALIASES_MAX, DEPTH_MAX, DIRECTIVES_MAX, DIRECTIVES_PER_FIELD_MAX, FIELDS_MAX, NESTING_MAX,
    ROOT_FIELDS_MAX,
};
use crate::http::refusal::{Code, Refusal};

/// Refuses a document that is past a limit.
pub(crate) fn check(document: &Document) -> Result<(), Refusal> {
    let fragments = document.definitions.iter().filter_map(|d| match d {
        Definition::FragmentDefinition(f) => Some((f.name.as_str(), &**f)),
        _ => None,
    });
    let mut counter = Counter { fragments: fragments.collect(), known: HashMap::new(), directives: 0 };
    let mut whole = Tally::default();
    for definition in &document.definitions {
        match definition {
            Definition::OperationDefinition(operation) => {
                counter.see_directives(&operation.directives)?;
                for variable in &operation.variables {
                    counter.see_directives(&variable.directives)?;
                }
                let tally = counter.selections(&operation.selection_set, 0)?;
                limit("root fields", tally.top, ROOT_FIELDS_MAX)?;
                whole = whole.beside(tally);
            }
            Definition::FragmentDefinition(fragment) => {
                // Also the unused ones: the validator walks them too.
                let tally = counter.fragment(fragment, 0)?;
                limit("depth", tally.depth, DEPTH_MAX)?;
                limit("fields", tally.fields, FIELDS_MAX)?;
                limit("nested selections", tally.nesting, NESTING_MAX)?;
            }
            _ => {}
        }
    }
    limit("depth", whole.depth, DEPTH_MAX)?;
    limit("fields", whole.fields, FIELDS_MAX)?;
    limit("nested selections", whole.nesting, NESTING_MAX)?;
    limit("aliases", whole.aliases, ALIASES_MAX)?;
    limit("directives", counter.directives, DIRECTIVES_MAX)
}

fn limit(what: &str, found: u64, max: u64) -> Result<(), Refusal> {
    if found <= max {
        return Ok(());
    }
    Err(Refusal::because(Code::QueryTooComplex, format!("Too many {what}: {found}, at most {max}.")))
}

/// Counts of a selection set with its fragments written out.
#[derive(Clone, Copy, Default)]
struct Tally {
    fields: u64,
    aliases: u64,
    depth: u64,
    /// Selection sets inside each other, fragments included.
    nesting: u64,
    /// Fields directly in it.
    top: u64,
}

impl Tally {
    fn beside(self, other: Self) -> Self {
        Self {
            // Fan-out doubles with each fragment: the sum saturates instead of wrapping.
            fields: self.fields.saturating_add(other.fields),
            aliases: self.aliases.saturating_add(other.aliases),
            depth: self.depth.max(other.depth),
            nesting: self.nesting.max(other.nesting),
            top: self.top.saturating_add(other.top),
        }
    }

    /// This set one level further in.
    fn inside(self) -> Self {
        Self { nesting: self.nesting.saturating_add(1), ..self }
    }

    fn under_a_field(self, aliased: bool) -> Self {
        Self {
            nesting: self.nesting,
            fields: self.fields.saturating_add(1),
            aliases: self.aliases.saturating_add(u64::from(aliased)),
            depth: self.depth.saturating_add(1),
            top: 1,
        }
    }
}

struct Counter<'d> {
    fragments: HashMap<&'d str, &'d FragmentDefinition>,
    /// Finished fragments, and empty tallies of those being counted: a cycle adds nothing and is
    /// reported by the validator.
    known: HashMap<&'d str, Tally>,
    directives: u64,
}

impl<'d> Counter<'d> {
    /// `level` is how deep this set lies on the way that led here: the walk itself must not run out
    /// of stack before the tally is known.
    fn selections(&mut self, selections: &'d [Selection], level: u64) -> Result<Tally, Refusal> {
        limit("nested selections", level, NESTING_MAX)?;
        let mut sum = Tally::default();
        for selection in selections {
            self.see_directives(match selection {
                Selection::Field(field) => &field.directives,
                Selection::InlineFragment(inline) => &inline.directives,
                Selection::FragmentSpread(spread) => &spread.directives,
            })?;
            let tally = match selection {
                Selection::Field(field) => {
                    let aliased = field.alias.is_some();
                    if field.selection_set.is_empty() {
                        Tally::default().under_a_field(aliased)
                    } else {
                        self.selections(&field.selection_set, level + 1)?.inside().under_a_field(aliased)
                    }
                }
                Selection::InlineFragment(inline) => {
                    self.selections(&inline.selection_set, level + 1)?.inside()
                }
                Selection::FragmentSpread(spread) => {
                    match self.fragments.get(spread.fragment_name.as_str()) {
                        Some(&fragment) => self.fragment(fragment, level + 1)?.inside(),
                        None => Tally::default(),
                    }
                }
            };
            sum = sum.beside(tally);
        }
        Ok(sum)
    }

    fn fragment(&mut self, fragment: &'d FragmentDefinition, level: u64) -> Result<Tally, Refusal> {
        if let Some(tally) = self.known.get(fragment.name.as_str()) {
            return Ok(*tally);
        }
        self.known.insert(&fragment.name, Tally::default());
        self.see_directives(&fragment.directives)?;
        let tally = self.selections(&fragment.selection_set, level)?;
        self.known.insert(&fragment.name, tally);
        Ok(tally)
    }

    fn see_directives(&mut self, directives: &DirectiveList) -> Result<(), Refusal> {
        let here = directives.len() as u64;
        self.directives = self.directives.saturating_add(here);
        limit("directives at one place", here, DIRECTIVES_PER_FIELD_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;
    use std::time::Instant;

    fn refused(text: &str) -> Option<String> {
        let document = Document::parse(text, "d").unwrap();
        check(&document).err().map(|r| r.details[0].message.clone())
    }

    /// At the limit the document passes, one past it the reason is named.
    fn assert_limit(name: &str, max: u64, document: impl Fn(u64) -> String) {
        assert_eq!(refused(&document(max)), None, "{name} at the limit");
        let reason = refused(&document(max + 1)).unwrap_or_default();
        assert!(reason.contains(name), "{name} one past: {reason:?}");
    }

    fn nested(depth: u64) -> String {
        format!("{}a{}", "{a".repeat(depth as usize - 1) + "{", "}".repeat(depth as usize))
    }

    #[test]
    fn each_limit_holds_at_the_limit_and_one_past_it() {
        assert_limit("depth", DEPTH_MAX, nested);
        assert_limit("root fields", ROOT_FIELDS_MAX, |n| format!("{{{}}}", "a ".repeat(n as usize)));
        assert_limit("fields", FIELDS_MAX, |n| format!("{{a{{{}}}}}", "b ".repeat(n as usize - 1)));
        assert_limit("aliases", ALIASES_MAX, |n| format!("{{a{{{}}}}}", "x:b ".repeat(n as usize)));
        assert_limit("directives at one place", DIRECTIVES_PER_FIELD_MAX, |n| {
            format!("{{a {}}}", "@d ".repeat(n as usize))
        });
        assert_limit("directives", DIRECTIVES_MAX, |n| format!("{{a{{{}}}}}", "b@d ".repeat(n as usize)));
    }

    #[test]
    fn fragments_count_as_often_as_they_are_spread() {
        assert_limit("root fields", ROOT_FIELDS_MAX, |n| {
            format!("{{...F {}}} fragment F on Q{{a b}}", "a ".repeat(n as usize - 2))
        });
        assert_limit("aliases", ALIASES_MAX, |n| {
            format!("{{a{{...F ...F {}}}}} fragment F on Q{{x:b}}", "x:b ".repeat(n as usize - 2))
        });
        assert_limit("depth", DEPTH_MAX, |n| format!("{{...F}} fragment F on Q {}", nested(n)));
    }

    #[test]
    fn nesting_counts_fragments_in_whatever_order_they_are_written() {
        let inline = |n: u64| format!("{{{}a{}}}", "...{".repeat(n as usize), "}".repeat(n as usize));
        assert_limit("nested selections", NESTING_MAX, inline);
        let link = |i: u64, n: u64| {
            let next = if i == n { "a".to_owned() } else { format!("...F{}", i + 1) };
            format!("fragment F{i} on Q{{{next}}}")
        };
        assert_limit("nested selections", NESTING_MAX, |n| {
            (1..=n).map(|i| link(i, n)).collect::<String>() + "{...F1}"
        });
        assert_limit("nested selections", NESTING_MAX, |n| {
            (1..=n).rev().map(|i| link(i, n)).collect::<String>() + "{...F1}"
        });
    }

    #[test]
    fn several_operations_share_the_limits() {
        let operation = |n: usize| format!("query Q{n}{{a{{{}}}}}", "b ".repeat(999));
        assert_eq!(refused(&(operation(1) + &operation(2))), None);
        assert!(refused(&(operation(1) + &operation(2) + "query R{a}")).is_some());
    }

    #[test]
    fn a_fan_out_of_fragments_is_refused_at_once() {
        let mut text = "{...F0}".to_owned();
        for n in 0..60 {
            write!(text, "fragment F{n} on Q{{...F{0} ...F{0} ...F{0}}}", n + 1).unwrap();
        }
        text += "fragment F60 on Q{a}";
        let start = Instant::now();
        assert!(refused(&text).is_some());
        assert!(start.elapsed().as_millis() < 100);
    }

    #[test]
    fn a_cycle_of_fragments_ends() {
        assert_eq!(refused("{...A} fragment A on Q{a ...B} fragment B on Q{a ...A}"), None);
    }
}
