//! PURE. Why a transition is not made, and what is possible instead.

use super::table::{Machine, Transition, Why, find, from};
use super::word::{Word, listed};
use crate::kernel::error::{Code, Refusal};

/// Longest reason, in characters: a person reads it in a list.
pub const REASON_LIMIT: usize = 1_000;

/// The transition that `operation` makes, for machines each of whose operations is a call of its own: a refusal names
/// the state, at `field`.
pub fn next<M: Machine>(
    field: &str,
    sort: M::Sort,
    state: M::State,
    operation: M::Operation,
) -> Result<&'static Transition<M>, Refusal> {
    find(sort, state, operation).ok_or_else(|| Refusal::at(field, Code::WrongState, state.word()))
}

/// Refuses an operation that does not lead on from where a row stands.
pub(super) fn wrong_state<M: Machine>(sort: M::Sort, state: M::State, operation: M::Operation) -> Refusal {
    Refusal::at("operation", Code::WrongState, possible::<M>(sort, state, operation))
}

/// Says what is possible instead: where the operation belongs, and what can be done now, by whom.
fn possible<M: Machine>(sort: M::Sort, state: M::State, operation: M::Operation) -> String {
    let or_none = |list: Vec<String>| if list.is_empty() { "-".to_owned() } else { list.join(", ") };
    let belongs = M::TABLE.iter().filter(|t| t.operation == operation && M::includes(t.of, sort));
    let belongs = belongs.map(|t| t.from.word().to_owned());
    let now = from::<M>(sort, state).map(|t| format!("{} ({})", t.operation.word(), listed(t.by, "/")));
    format!(
        "{state}; {}: {}; {state}: {}",
        operation.word(),
        or_none(belongs.collect()),
        or_none(now.collect()),
        state = state.word()
    )
}

/// Refuses somebody who is none of the parties that make a transition.
pub(super) fn not_allowed<M: Machine>(transition: &Transition<M>) -> Refusal {
    let detail = format!("{}: {}", transition.operation.word(), listed(transition.by, ", "));
    Refusal::at("operation", Code::NotAllowed, detail)
}

/// The words of a reason, if there are any.
#[must_use]
pub fn worded(reason: Option<&str>) -> Option<&str> {
    reason.map(str::trim).filter(|reason| !reason.is_empty())
}

/// The reason of a move as its transition wants it.
pub(super) fn reason<M: Machine>(
    transition: &Transition<M>,
    code: Option<M::Reason>,
    words: Option<&str>,
) -> Result<Option<M::Reason>, Refusal> {
    let length = words.map_or(0, |words| words.trim().chars().count());
    if length > REASON_LIMIT {
        let detail = format!("a reason has at most {REASON_LIMIT} characters");
        return Err(Refusal::at("reason", Code::Invalid, detail));
    }
    let operation = transition.operation.word();
    let missing = |field| Err(Refusal::at(field, Code::ReasonRequired, operation));
    match (transition.why, code) {
        (Why::Always(code), _) => Ok(Some(code)),
        (Why::No, None) => Ok(None),
        (Why::Words, None) if length > 0 => Ok(None),
        (Why::Words, None) => missing("reason"),
        (Why::OneOf { .. }, None) => missing("reasonCode"),
        (Why::OneOf { reasons, but_with_words }, Some(code)) if reasons.contains(&code) => {
            if code == but_with_words && length == 0 { missing("reason") } else { Ok(Some(code)) }
        }
        (Why::OneOf { reasons, .. }, Some(code)) => {
            let detail = format!("{operation}: {}; {}", code.word(), listed(reasons, ", "));
            Err(Refusal::at("reasonCode", Code::Invalid, detail))
        }
        (Why::No | Why::Words, Some(code)) => {
            Err(Refusal::at("reasonCode", Code::Invalid, format!("{operation}: {}", code.word())))
        }
    }
}
