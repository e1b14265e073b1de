//! The machine as documents show it: a diagram of the states, and every transition. PURE.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Guard, TABLE, Transition, Why};

const fn guard(guard: Guard) -> &'static str {
    match guard {
        Guard::Joined => "the partner joined PCE",
        Guard::Qualified => "it says everything that qualifies it",
        Guard::Claimed => {
            "claimed by the reviewer, who works in its office or coordinates; administrators need not"
        }
        Guard::OfferingKnown => "an offering of the partner goes with it",
        Guard::Eligible => "the partner can be offered it",
        Guard::NothingPassed => "nothing that it repeats passed already",
        Guard::FirstOfItsKind => "nothing that it repeats passed or comes first; else it gives way",
    }
}

fn why(why: Why) -> Option<String> {
    match why {
        Why::No => None,
        Why::Words => Some("a reason in words".into()),
        Why::OneOf(reasons) => {
            let names: Vec<_> = reasons.iter().map(|reason| reason.name()).collect();
            Some(format!("a reason: {}", names.join(", ")))
        }
        Why::Always(reason) => Some(format!("the reason is {reason}")),
    }
}

fn line(t: &Transition) -> String {
    let by: Vec<_> = t.by.iter().map(|by| by.name()).collect();
    let of: Vec<_> = t.of.iter().map(|of| of.name()).collect();
    let holds: Vec<_> = t.guards.iter().map(|g| guard(*g).to_owned()).chain(why(t.why)).collect();
    format!(
        "| {} | {} | {} | {} | {} | {} |",
        t.operation,
        t.from,
        t.to,
        of.join(", "),
        by.join(", "),
        holds.join("; ")
    )
}

/// The diagram and the table, in Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut text = "```mermaid\nstateDiagram-v2\n".to_owned();
    let arrows: BTreeSet<_> =
        TABLE.iter().map(|t| (t.from.name(), t.to.name(), t.operation.name())).collect();
    for (from, to, operation) in arrows {
        let _ = writeln!(text, "  {from} --> {to}: {operation}");
    }
    text.push_str(
        "```\n\n| operation | from | to | kinds | who | what must hold |\n|---|---|---|---|---|---|\n",
    );
    for t in TABLE {
        text.push_str(&line(t));
        text.push('\n');
    }
    text
}
