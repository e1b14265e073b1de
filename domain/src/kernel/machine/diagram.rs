//! PURE. A machine as documents show it: a diagram of its states, and every transition.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::table::{Machine, Transition, Why};
use super::word::{Word, listed};

/// Words that documents have for the marks of a table.
pub trait Described: Machine {
    /// For which rows a transition is; empty where all are alike.
    fn of(of: Self::Of) -> &'static str;

    /// Words for a guard.
    fn guard(guard: Self::Guard) -> &'static str;

    /// Words for an effect; empty for one that needs none.
    fn effect(effect: Self::Effect) -> &'static str;
}

/// The states and what leads from one to another, for Mermaid.
#[must_use]
pub fn diagram<M: Machine>() -> String {
    let arrows: BTreeSet<_> =
        M::TABLE.iter().map(|t| (t.from.word(), t.to.word(), t.operation.word())).collect();
    let mut text = "```mermaid\nstateDiagram-v2\n".to_owned();
    for (from, to, operation) in arrows {
        let _ = writeln!(text, "  {from} --> {to}: {operation}");
    }
    text.push_str("```\n");
    text
}

/// The diagram, and every transition behind it: what documents hold between their marks.
#[must_use]
pub fn document<M: Described>() -> String {
    format!("{}\n{}", diagram::<M>(), table::<M>())
}

/// Columns of the table, with what they say of a transition.
type Column<M> = (&'static str, fn(&Transition<M>) -> String);

/// Every transition, in Markdown. A column that says nothing of any transition is left out.
#[must_use]
pub fn table<M: Described>() -> String {
    let columns: [Column<M>; 8] = [
        ("operation", |t| t.operation.word().to_owned()),
        ("from", |t| t.from.word().to_owned()),
        ("to", |t| t.to.word().to_owned()),
        ("for", |t| M::of(t.of).to_owned()),
        ("who", |t| listed(t.by, ", ")),
        ("what must hold", |t| {
            let guards = t.guards.iter().map(|guard| M::guard(*guard).to_owned());
            guards.chain(why(t.why)).collect::<Vec<_>>().join("; ")
        }),
        ("what follows", |t| {
            let effects = t.effects.iter().map(|effect| M::effect(*effect));
            effects.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
        }),
        ("source", |t| (if t.own { "closes the machine" } else { "public pages" }).to_owned()),
    ];
    let has_source = M::TABLE.iter().any(|t| t.own);
    let shown: Vec<_> = columns
        .iter()
        .filter(
            |(head, cell)| {
                if *head == "source" { has_source } else { M::TABLE.iter().any(|t| !cell(t).is_empty()) }
            },
        )
        .collect();
    let heads: Vec<_> = shown.iter().map(|(head, _)| *head).collect();
    let mut text = format!("| {} |\n|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
    for t in M::TABLE {
        let cells: Vec<_> = shown.iter().map(|(_, cell)| cell(t)).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

fn why<R: Word>(why: Why<R>) -> Option<String> {
    match why {
        Why::No => None,
        Why::Words => Some("a reason in words".into()),
        Why::OneOf { reasons, .. } => Some(format!("a reason: {}", listed(reasons, ", "))),
        Why::Always(reason) => Some(format!("the reason is {}", reason.word())),
    }
}
