//! How a verb ended, and how a failure is told to a person.

use std::io;
use std::process::ExitCode;

use domain::{Error, Lang};

use crate::config::Problems;

/// How a verb ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// As asked.
    Done,
    /// Not, or what was checked does not hold.
    Failed,
    /// Arguments or configuration are wrong.
    Misused,
    /// Done, but rows were rejected.
    Rejected,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Failed => 1,
            Outcome::Misused => 2,
            Outcome::Rejected => 3,
        })
    }
}

/// The exit and the text for an error that reached the top.
pub(crate) fn explain(error: &anyhow::Error, lang: Lang) -> (Outcome, String) {
    if error.downcast_ref::<Problems>().is_some() {
        return (Outcome::Misused, error.to_string());
    }
    let broken_pipe = |e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe;
    if error.downcast_ref::<io::Error>().is_some_and(broken_pipe) {
        // Whoever read our output has seen enough.
        return (Outcome::Done, String::new());
    }
    let Some(Error::Refused(refusals)) = error.chain().find_map(|cause| cause.downcast_ref()) else {
        return (Outcome::Failed, format!("{error:#}"));
    };
    let lines = refusals.iter().map(|refusal| {
        let cbc = refusal.code.cbc().map(|code| format!(", {code}")).unwrap_or_default();
        format!("{} ({}{cbc})", refusal.code.message(lang, &refusal.detail), refusal.code.name())
    });
    (Outcome::Failed, lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use domain::{Code, Refusal};

    use super::*;

    #[test]
    fn a_refusal_is_told_in_the_language_asked_for() {
        let refused = || anyhow::Error::from(Error::from(Refusal::new(Code::MonthNotOver, "2026-11")));
        let (outcome, text) = explain(&refused(), Lang::En);
        assert_eq!(outcome, Outcome::Failed);
        assert!(text.starts_with("Month 2026-11 has not ended") && text.contains("MONTH_NOT_OVER"), "{text}");
        assert!(explain(&refused(), Lang::ZhCn).1.starts_with("月份 2026-11"));
    }
}
