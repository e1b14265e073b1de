//! Giving feedback on bills, answering it, and taking it back.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::money::incentive::feedback::close::{self, Answer, Withdraw};
use domain::money::incentive::feedback::create::{self, NewFeedback};

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::feedback::BillFeedback;
use super::user_error::payload;

/// What is wrong, and with what.
#[derive(InputObject)]
pub struct BillFeedbackCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The bill.
    bill_id: ID,
    /// The number of the line as the bill shows it now; not given for the whole bill.
    line_no: Option<i32>,
    /// What is wrong, 1 to 2000 characters.
    text: String,
}

/// The vendor's answer.
#[derive(InputObject)]
pub struct BillFeedbackAnswerInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The feedback.
    feedback_id: ID,
    /// The version you saw.
    expected_version: i32,
    /// True if the partner is right, false if the bill is.
    accept: bool,
    /// What you say to it, 1 to 2000 characters.
    answer: String,
    /// The id of what mended it, if the partner is right: an association, import, invoice or product.
    correction_entity: Option<ID>,
}

/// Which feedback to take back.
#[derive(InputObject)]
pub struct BillFeedbackWithdrawInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The feedback.
    feedback_id: ID,
    /// The version you saw.
    expected_version: i32,
}

payload! {
    /// What came of it.
    BillFeedbackCreatePayload {
        /// The feedback.
        bill_feedback: BillFeedback
    }
}
payload! {
    /// What came of it.
    BillFeedbackAnswerPayload {
        /// The feedback as it is now.
        bill_feedback: BillFeedback
    }
}
payload! {
    /// What came of it.
    BillFeedbackWithdrawPayload {
        /// The feedback as it is now.
        bill_feedback: BillFeedback
    }
}

/// Changes of feedback.
#[derive(Default)]
pub struct FeedbackMutation;

#[Object(guard = "root(\"Mutation\")")]
impl FeedbackMutation {
    /// Says what is wrong with a bill of one's own, or with one of its lines: while its month is a draft, or the bill
    /// waits to be confirmed. Until it is answered or taken back the bill is not confirmed.
    async fn bill_feedback_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is wrong.")] input: BillFeedbackCreateInput,
    ) -> Result<BillFeedbackCreatePayload> {
        let mut checks = Checks::default();
        let bill_id = checks.id("billId", &input.bill_id);
        let new = NewFeedback { bill_id, line_no: input.line_no, text: input.text };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                create::create(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new).await
            }
        };
        BillFeedbackCreatePayload::of(ctx, result, None).await
    }

    /// Answers feedback. What was right is mended as any fact is, by a corrected association, an import, an invoice or
    /// a product policy; what comes of it stands on this bill or, once its month is final, on a later one.
    async fn bill_feedback_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answer.")] input: BillFeedbackAnswerInput,
    ) -> Result<BillFeedbackAnswerPayload> {
        let mut checks = Checks::default();
        let new = Answer {
            feedback_id: checks.id("feedbackId", &input.feedback_id),
            expected_version: input.expected_version,
            accept: input.accept,
            answer: input.answer,
            correction_entity: input.correction_entity.map(|id| id.0),
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                close::answer(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new).await
            }
        };
        BillFeedbackAnswerPayload::of(ctx, result, Some(&input.feedback_id)).await
    }

    /// Takes one's own feedback back.
    async fn bill_feedback_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which feedback.")] input: BillFeedbackWithdrawInput,
    ) -> Result<BillFeedbackWithdrawPayload> {
        let mut checks = Checks::default();
        let feedback_id = checks.id("feedbackId", &input.feedback_id);
        let new = Withdraw { feedback_id, expected_version: input.expected_version };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                close::withdraw(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new).await
            }
        };
        BillFeedbackWithdrawPayload::of(ctx, result, Some(&input.feedback_id)).await
    }
}
