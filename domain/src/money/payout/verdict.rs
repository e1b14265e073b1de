//! PURE. What an answer of the gateway means for an order and its request.

use entity::timestamp::{HOUR, MINUTE, SECOND};
use entity::{PaymentOperation, PayoutOrderState, PayoutStep};

use super::gateway::Answer;
use crate::kernel::backoff::doubled;

/// Attempts without an answer after which a creation is given up, and an alert raised for a payment: some 20 minutes.
pub const ATTEMPTS_LIMIT: i32 = 8;
/// How often a payment that the gateway has is asked for, in microseconds: banks need hours, lost messages happen.
pub const POLL_EVERY: i64 = 10 * MINUTE;
/// Wait after the first attempt without an answer, in microseconds; it doubles each time.
const BACKOFF_FIRST: i64 = 10 * SECOND;
/// Longest wait, in microseconds: an operator who looks hourly sees it move.
const BACKOFF_LONGEST: i64 = HOUR;

/// What becomes of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Its state.
    pub(super) state: PayoutOrderState,
    /// What it does to the request.
    pub(super) operation: Option<PaymentOperation>,
    /// Its attempts.
    pub(super) attempts: i32,
    /// How long it waits, in microseconds.
    pub(super) wait: i64,
    /// Somebody should look.
    pub(super) alert: bool,
    /// Why, as a code.
    pub(super) code: Option<String>,
    /// Why.
    pub(super) message: Option<String>,
}

impl Verdict {
    /// The reason as the request shows it.
    pub(super) fn reason(&self) -> Option<String> {
        match (&self.code, &self.message) {
            (Some(code), Some(message)) if !message.is_empty() => Some(format!("{code}: {message}")),
            (code, _) => code.clone(),
        }
    }
}

/// How long to wait after so many attempts without an answer, in microseconds.
#[must_use]
pub fn backoff(attempts: i32) -> i64 {
    doubled(BACKOFF_FIRST, attempts, BACKOFF_LONGEST)
}

/// What `answer` means for an order in `state` after `attempts`.
pub(super) fn judge(step: PayoutStep, state: PayoutOrderState, attempts: i32, answer: &Answer) -> Verdict {
    use PaymentOperation as Op;
    let end = |state, operation| Verdict {
        state,
        operation: Some(operation),
        attempts,
        wait: 0,
        alert: false,
        code: None,
        message: None,
    };
    let (done, failed) = match step {
        PayoutStep::Create => (Op::CreatePayout, Op::FailPayoutCreation),
        PayoutStep::Issue => (Op::IssueDirectly, Op::FailIssue),
        PayoutStep::Pay => (Op::SettlePayment, Op::FailPayment),
    };
    let unsure = |why: &str| {
        let given_up = step == PayoutStep::Create && attempts >= ATTEMPTS_LIMIT;
        Verdict {
            state: if given_up { PayoutOrderState::GivenUp } else { state },
            operation: given_up.then_some(failed),
            attempts,
            wait: backoff(attempts),
            // What may have been paid is never given up: it is asked for until the gateway knows.
            alert: !given_up && attempts == ATTEMPTS_LIMIT,
            code: Some("NO_ANSWER".into()),
            message: Some(why.to_owned()),
        }
    };
    match answer {
        Answer::Done(None) if step == PayoutStep::Create => unsure("no payout number / 缺少付款单号"),
        Answer::Done(_) => end(PayoutOrderState::Done, done),
        Answer::Accepted if step != PayoutStep::Create => Verdict {
            state: PayoutOrderState::Sent,
            operation: None,
            attempts: 0,
            wait: POLL_EVERY,
            alert: false,
            code: None,
            message: None,
        },
        Answer::Refused { code, message } => Verdict {
            code: Some(code.clone()),
            message: Some(message.clone()),
            ..end(PayoutOrderState::Failed, failed)
        },
        Answer::Unsure(why) => unsure(why),
        Answer::Accepted | Answer::NotKnown => unsure("not understood / 无法识别的应答"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour() {
        let seconds: Vec<i64> = (1..=12).map(|n| backoff(n) / SECOND).collect();
        assert_eq!(seconds, [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600]);
        assert_eq!((backoff(0), backoff(i32::MAX)), (BACKOFF_FIRST, BACKOFF_LONGEST));
    }

    #[test]
    fn only_a_creation_is_given_up_and_only_at_the_limit() {
        let no_answer = Answer::Unsure("timeout".into());
        for step in PayoutStep::ALL {
            for attempts in [1, ATTEMPTS_LIMIT - 1, ATTEMPTS_LIMIT, ATTEMPTS_LIMIT + 1, 1_000] {
                let verdict = judge(*step, PayoutOrderState::Pending, attempts, &no_answer);
                let given_up = *step == PayoutStep::Create && attempts >= ATTEMPTS_LIMIT;
                assert_eq!(verdict.state == PayoutOrderState::GivenUp, given_up, "{step} {attempts}");
                assert_eq!(verdict.operation.is_some(), given_up, "{step} {attempts}");
                assert_eq!(verdict.alert, *step != PayoutStep::Create && attempts == ATTEMPTS_LIMIT);
            }
        }
    }

    #[test]
    fn every_answer_moves_every_step_as_the_table_says() {
        use PaymentOperation as Op;
        let refused = Answer::Refused { code: "NO".into(), message: "never".into() };
        let number = Answer::Done(Some("P1".into()));
        for (step, answer, operation) in [
            (PayoutStep::Create, &number, Some(Op::CreatePayout)),
            (PayoutStep::Create, &Answer::Done(None), None),
            (PayoutStep::Create, &refused, Some(Op::FailPayoutCreation)),
            (PayoutStep::Create, &Answer::Accepted, None),
            (PayoutStep::Issue, &Answer::Done(None), Some(Op::IssueDirectly)),
            (PayoutStep::Issue, &refused, Some(Op::FailIssue)),
            (PayoutStep::Issue, &Answer::Accepted, None),
            (PayoutStep::Pay, &Answer::Done(None), Some(Op::SettlePayment)),
            (PayoutStep::Pay, &refused, Some(Op::FailPayment)),
            (PayoutStep::Pay, &Answer::Accepted, None),
            (PayoutStep::Pay, &Answer::NotKnown, None),
        ] {
            let verdict = judge(step, PayoutOrderState::Pending, 1, answer);
            assert_eq!(verdict.operation, operation, "{step} {answer:?}");
            assert_eq!(verdict.reason().is_some_and(|r| r == "NO: never"), *answer == refused);
        }
    }
}
