//! The end of a verb, and the words for a failure that a person reads.

use std::io;
use std::process::ExitCode;

use domain::{Error, Lang};

use crate::config::Problems;

/// End of a verb; the exit code follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was done as asked.
    Done,
    /// Not, or what was checked does not hold.
    Failed,
    /// Arguments or configuration are wrong.
    Misused,
    /// Done, but rows were rejected.
    Rejected,
    /// Asked to stop before its end; the same command goes on.
    Stopped,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Failed => 1,
            Outcome::Misused => 2,
            Outcome::Rejected => 3,
            Outcome::Stopped => 4,
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
    if error.chain().any(|cause| matches!(cause.downcast_ref(), Some(Error::Stopping))) {
        let text = match lang {
            Lang::En => "Stopped before the end. What is done is kept; the same command goes on from there.",
            Lang::ZhCn => "已在结束前停止。已完成的部分已保存，再次执行同一命令即可继续。",
        };
        return (Outcome::Stopped, text.to_owned());
    }
    if let Some(reason) = error.chain().find_map(full_disk) {
        let text = match lang {
            Lang::En => format!(
                "The disk is full ({reason}). Nothing is half done. Free space where the database, temporary files \
                 and the output are, then run the same command again."
            ),
            Lang::ZhCn => format!(
                "磁盘空间不足（{reason}）。没有只完成一半的数据。请为数据库、临时文件和输出所在磁盘释放空间，然后再次执行同一命令。"
            ),
        };
        return (Outcome::Failed, text);
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

/// The words of a full disk, if that is what `cause` is.
fn full_disk(cause: &(dyn std::error::Error + 'static)) -> Option<String> {
    if let Some(Error::StorageFull(reason)) = cause.downcast_ref() {
        return Some(reason.clone());
    }
    let full = |e: &&io::Error| matches!(e.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    cause.downcast_ref::<io::Error>().filter(full).map(ToString::to_string)
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
