//! The machine as documents show it: a diagram of the states, and every transition. PURE.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Effect, For, Guard, Incentive, Marketplace, TABLE, Transition};

const fn guard(guard: Guard) -> &'static str {
    match guard {
        Guard::Certified => "business information certified",
        Guard::ApproversFound => "an approver who did not make or start it",
        Guard::AllAgreed => "all approvers of the round agreed",
        Guard::InvoicesComplete => "invoices signed for, their total the amount to the smallest unit",
        Guard::AnotherPerson => "another person than who approved",
        Guard::NotLapsed => "nothing of it lapsed before it was ever submitted",
    }
}

const fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::None => "",
        Effect::Reserve => "payable and what is owed → in payout",
        Effect::Unreserve => "in payout → payable, what was set off is owed again",
        Effect::Release => "its items are free",
        Effect::Void => "not earned any more; its items are free",
        Effect::OpenRound => "a round begins",
        Effect::Pay => "in payout → paid",
    }
}

const fn of(of: For) -> &'static str {
    match of {
        For::Kind(Marketplace) => "marketplace",
        For::Kind(Incentive) => "incentive",
        For::Invoiced => "with invoice",
        For::Direct => "without invoice",
    }
}

fn line(t: &Transition) -> String {
    let by: Vec<_> = t.by.iter().map(|by| by.name()).collect();
    let mut holds: Vec<_> = t.guards.iter().map(|g| guard(*g)).collect();
    if t.reason {
        holds.push("a reason");
    }
    format!(
        "| {} | {} | {} | {} | {} | {} | {} | {} |",
        t.operation,
        t.from,
        t.to,
        of(t.of),
        by.join(", "),
        holds.join("; "),
        effect(t.effect),
        if t.public { "public pages" } else { "closes the machine" }
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
    text.push_str("```\n\n| operation | from | to | requests | who | what must hold | money | source |\n");
    text.push_str("|---|---|---|---|---|---|---|---|\n");
    for t in TABLE {
        text.push_str(&line(t));
        text.push('\n');
    }
    text
}
