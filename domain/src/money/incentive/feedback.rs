//! Feedback: a partner says what is wrong with a bill, or with one line of it, and the vendor answers
//! (docs/domain.md, "Feedback").

pub mod close;
pub mod create;
pub mod hold;

use entity::{
    BillFeedbackId, BillState, EventTopic, FeedbackState, IncentiveBillId, Month, MonthState, PartnerId,
};
use serde_json::json;

use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::store::Store;
use crate::kernel::write::Write;

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

/// How feedback ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The vendor says that the partner is right.
    Accept,
    /// The vendor says that the bill is right.
    Reject,
    /// The partner takes it back.
    Withdraw,
}

/// The state after its end, if feedback of `state` can end so. PURE.
#[must_use]
pub const fn ended(state: FeedbackState, end: End) -> Option<FeedbackState> {
    match (state, end) {
        (FeedbackState::Open, End::Accept) => Some(FeedbackState::Accepted),
        (FeedbackState::Open, End::Reject) => Some(FeedbackState::Rejected),
        (FeedbackState::Open, End::Withdraw) => Some(FeedbackState::Withdrawn),
        (FeedbackState::Accepted | FeedbackState::Rejected | FeedbackState::Withdrawn, _) => None,
    }
}

/// Tells what happened to feedback.
async fn tell(write: &Write, store: &Store, kind: &str, row: Concerns) -> Result<()> {
    let detail =
        json!({ "month": row.month.to_string(), "bill": row.bill_id.to_string(), "state": row.state.name() });
    let event = NewEvent {
        topic: EventTopic::Feedback,
        kind,
        entity: row.id.to_string(),
        partner_id: Some(row.partner_id),
        detail,
    };
    emit(write.tx(), store, write.now, event).await?;
    Ok(())
}

/// What an event of feedback names.
struct Concerns {
    id: BillFeedbackId,
    partner_id: PartnerId,
    month: Month,
    bill_id: IncentiveBillId,
    state: FeedbackState,
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
