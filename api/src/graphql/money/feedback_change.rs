//! Giving feedback on bills, answering it, and taking it back.

use async_graphql::{ID, InputObject};
use domain::money::incentive::feedback::close::{self, Answer, Withdraw};
use domain::money::incentive::feedback::create::{self, NewFeedback};
use entity::BillFeedbackId;

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;

/// What is wrong, and with what.
#[derive(InputObject)]
pub(crate) struct BillFeedbackCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The bill.
    bill_id: ID,
    /// The number of the line as the bill shows it now; not given for the whole bill.
    line_no: Option<i32>,
    /// What is wrong, 1 to 2000 characters.
    text: String,
}

impl Change for BillFeedbackCreateInput {
    type Gives = BillFeedbackId;
    const NAME: &'static str = "billFeedbackCreate";
    const DOC: &'static str = "Says what is wrong with a bill of one's own, or with one of its lines: while its month is a draft, or the bill waits to be confirmed. Until it is answered or taken back the bill is not confirmed.";
    const INPUT: &'static str = "What is wrong.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("billFeedback", "The feedback.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let bill_id = checks.id("billId", &self.bill_id);
        let new = NewFeedback { bill_id, line_no: self.line_no, text: self.text };
        checks.done()?;
        create::create(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// The vendor's answer.
#[derive(InputObject)]
pub(crate) struct BillFeedbackAnswerInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The feedback.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// True if the partner is right, false if the bill is.
    accept: bool,
    /// What you say to it, 1 to 2000 characters.
    answer: String,
    /// The id of what mended it, if the partner is right: an association, import, invoice or product.
    correction_entity_id: Option<ID>,
}

impl Change for BillFeedbackAnswerInput {
    type Gives = BillFeedbackId;
    const NAME: &'static str = "billFeedbackAnswer";
    const DOC: &'static str = "Answers feedback. What was right is mended as any fact is, by a corrected association, an import, an invoice or a product policy; what comes of it stands on this bill or, once its month is final, on a later one.";
    const INPUT: &'static str = "The answer.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("billFeedback", "The feedback as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let new = Answer {
            feedback_id: checks.id("id", &self.id),
            expected_version: self.expected_version,
            accept: self.accept,
            answer: self.answer,
            correction_entity: self.correction_entity_id.map(|id| id.0),
        };
        checks.done()?;
        close::answer(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// Which feedback to take back.
#[derive(InputObject)]
pub(crate) struct BillFeedbackWithdrawInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The feedback.
    id: ID,
    /// The version you saw.
    expected_version: i32,
}

impl Change for BillFeedbackWithdrawInput {
    type Gives = BillFeedbackId;
    const NAME: &'static str = "billFeedbackWithdraw";
    const DOC: &'static str = "Takes one's own feedback back.";
    const INPUT: &'static str = "Which feedback.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("billFeedback", "The feedback as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let feedback_id = checks.id("id", &self.id);
        let new = Withdraw { feedback_id, expected_version: self.expected_version };
        checks.done()?;
        close::withdraw(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// Adds the changes.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<BillFeedbackCreateInput>()
        .change::<BillFeedbackAnswerInput>()
        .change::<BillFeedbackWithdrawInput>()
}
