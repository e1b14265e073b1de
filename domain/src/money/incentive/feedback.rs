//! Feedback: a partner says what is wrong with a bill, or with one line of it, and the vendor answers
//! (docs/domain.md, "Feedback").

pub mod close;
pub mod create;
pub mod hold;
pub mod machine;

use entity::{BillState, MonthState};

use crate::kernel::error::{Code, Refusal};

/// Longest text of feedback or answer, in characters: a page.
pub const TEXT_LIMIT: usize = 2_000;

/// Whether feedback can be given on a bill in this state, of a month that stands there. PURE.
#[must_use]
pub const fn may_open(bill: BillState, month: MonthState, month_closed: bool) -> bool {
    match bill {
        BillState::Estimated => matches!(month, MonthState::Draft) && !month_closed,
        BillState::PendingConfirm => true,
        BillState::Parked | BillState::Issuing | BillState::Issued => false,
    }
}

/// Checks a text that one side writes to the other: paragraphs, nothing else that controls.
fn check_text(field: &str, text: &str) -> Result<(), Refusal> {
    let controls = text.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t');
    if text.trim().is_empty() || text.chars().count() > TEXT_LIMIT || controls {
        let detail = format!("a text of 1 to {TEXT_LIMIT} characters without control characters");
        return Err(Refusal::at(field, Code::Invalid, detail));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_at_most_its_limit_of_characters() {
        let long = "长".repeat(TEXT_LIMIT);
        for (text, good) in [
            ("", false),
            (" \n", false),
            ("a\nb\r\n\tc", true),
            ("a\u{7}", false),
            (&long, true),
            (&format!("{long}x"), false),
        ] {
            assert_eq!(check_text("text", text).is_ok(), good, "{} bytes", text.len());
        }
    }
}
